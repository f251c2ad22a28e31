package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.util.List;

/**
 * A NAS that may ask.
 *
 * @param tenantId the tenant whose subscribers it serves when a user name has no realm
 * @param address source addresses; the longest prefix that holds a datagram's source wins
 * @param vendor name of the reply profile, config/reply/&lt;vendor&gt;.yaml
 * @param secrets one or two live shared secrets, the current one first: during a rotation both are tried
 * @param limitProxyState refuse Proxy-State without Message-Authenticator (CVE-2024-3596)
 * @param option82Trusted whether its circuit-id and remote-id come from equipment of ours
 * @param option82Policy what a mismatch does, unless plan or service say otherwise
 * @param commonPassword what it sends as password for every line; null when none is set
 * @param portTemplate name of the template in config/line-templates.yaml that reads VLANs from its NAS-Port-Id, NAS-Port
 *     or circuit-id; null when they are not compared
 * @param rejectDelayMillis how long an Access-Reject waits, 0 to 5000
 * @param radsecName the name by which its certificate is known (RFC 6614 section 2.4): a DNS name of the subject alternative
 *     names or, without those, the common name; null when it does not come over TLS
 */
public record NasClient(
        long id,
        String name,
        long tenantId,
        IpPrefix address,
        String vendor,
        List<NasSecret> secrets,
        MessageAuthenticatorMode messageAuthenticator,
        boolean limitProxyState,
        boolean option82Trusted,
        Option82Policy option82Policy,
        LineAuthentication lineAuthentication,
        Octets commonPassword,
        DenialPolicy unknownPolicy,
        DenialPolicy suspendedPolicy,
        DenialPolicy expiredPolicy,
        String portTemplate,
        int rejectDelayMillis,
        DynamicAuthorization dynamicAuthorization,
        String radsecName) {
    /** No row of the ledger has this id. */
    private static final NasSecret TLS_SECRET = new NasSecret(0, Octets.ofText("radsec"));

    /** @param id which of the NAS's secrets this is: last use is recorded under it */
    public record NasSecret(long id, Octets value) {
        @Override
        public String toString() {
            return "NasSecret[" + id + "]";
        }
    }

    /**
     * The same NAS as it is over TLS: the secret is {@code radsec} for everybody (RFC 6614 section 2.3), and what protects
     * datagrams from forgers is not asked for.
     */
    public NasClient overTls() {
        return new NasClient(
                id,
                name,
                tenantId,
                address,
                vendor,
                List.of(TLS_SECRET),
                MessageAuthenticatorMode.OFF,
                false,
                option82Trusted,
                option82Policy,
                lineAuthentication,
                commonPassword,
                unknownPolicy,
                suspendedPolicy,
                expiredPolicy,
                portTemplate,
                rejectDelayMillis,
                dynamicAuthorization,
                radsecName);
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "NasClient[" + id + " " + name + " " + address + " " + vendor + "]";
    }
}
