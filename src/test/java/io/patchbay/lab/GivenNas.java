package io.patchbay.lab;

import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.util.List;

/**
 * A NAS as the ledger would know it: trusted for Option 82, answered by line, everything enforced, everybody else rejected at
 * once, unless told otherwise.
 */
public final class GivenNas {
    public static final String SECRET = "a-secret-of-the-lab";

    private final String address;
    private MessageAuthenticatorMode messageAuthenticator = MessageAuthenticatorMode.AUTO;
    private Option82Policy option82 = Option82Policy.ENFORCE;
    private DenialPolicy unknown = DenialPolicy.REJECT;
    private DenialPolicy suspended = DenialPolicy.REJECT;
    private boolean trusted = true;
    private String portTemplate;
    private String radsecName;
    private int rejectDelayMillis;

    /** @param address in 127.0.0.0/8; also what the NAS is named after */
    public GivenNas(String address) {
        this.address = address;
    }

    public String address() {
        return address;
    }

    public GivenNas messageAuthenticator(MessageAuthenticatorMode mode) {
        messageAuthenticator = mode;
        return this;
    }

    public GivenNas option82(Option82Policy policy) {
        option82 = policy;
        return this;
    }

    public GivenNas unknown(DenialPolicy policy) {
        unknown = policy;
        return this;
    }

    public GivenNas suspended(DenialPolicy policy) {
        suspended = policy;
        return this;
    }

    public GivenNas untrusted() {
        trusted = false;
        return this;
    }

    public GivenNas portTemplate(String name) {
        portTemplate = name;
        return this;
    }

    public GivenNas radsecName(String name) {
        radsecName = name;
        return this;
    }

    public GivenNas rejectDelayMillis(int millis) {
        rejectDelayMillis = millis;
        return this;
    }

    public NasClient of(long tenantId) {
        return new NasClient(
                0,
                "nas-" + address,
                tenantId,
                IpPrefix.parse(address),
                "generic",
                List.of(new NasSecret(0, Octets.ofText(SECRET))),
                messageAuthenticator,
                true,
                trusted,
                option82,
                LineAuthentication.IGNORE_PASSWORD,
                null,
                unknown,
                suspended,
                DenialPolicy.REJECT,
                portTemplate,
                rejectDelayMillis,
                DynamicAuthorization.USUAL,
                radsecName);
    }
}
