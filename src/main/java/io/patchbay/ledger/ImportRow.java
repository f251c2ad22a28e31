package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.util.List;
import java.util.stream.Collectors;

/** One row of an import, read and valid in itself; a null is an absent value. The order is that of the staging table. */
record ImportRow(
        int line,
        long tenantId,
        String userName,
        String scheme,
        Octets sealed,
        String externalId,
        Long accessNodeId,
        String canonicalCircuitId,
        Octets circuitId,
        Octets remoteId,
        Octets nasPortId,
        Octets mac,
        String onuSerial,
        Integer uni,
        Long vlanDomainId,
        Integer sVlan,
        Integer cVlan,
        long planId,
        String kind,
        String state,
        String expiresAt,
        String option82Policy,
        int sessionTimeoutSeconds,
        String cpeId,
        String ipv6Mode,
        IpPrefix ipv4,
        Integer ipv4NetmaskLength,
        List<IpPrefix> ipv4Routes,
        IpPrefix ipv6WanPrefix,
        IpPrefix ipv6WanAddress,
        IpPrefix ipv6Delegated) {

    static final String COPY =
            "copy import_row (line, tenant_id, user_name, scheme, sealed, external_id, access_node_id,"
                    + " canonical, circuit_id, remote_id, nas_port_id, mac, onu_serial, uni, vlan_domain_id, s_vlan, c_vlan, plan_id,"
                    + " kind, state, expires_at, option82_policy, session_timeout_s, cpe_id, ipv6_mode, ipv4, ipv4_netmask,"
                    + " ipv4_routes, ipv6_wan_prefix, ipv6_wan_address, ipv6_delegated) from stdin";

    /** Appends the row in PostgreSQL's COPY text format. */
    void appendTo(StringBuilder out) {
        Object[] values = {
            line,
            tenantId,
            userName,
            scheme,
            sealed,
            externalId,
            accessNodeId,
            canonicalCircuitId,
            circuitId,
            remoteId,
            nasPortId,
            mac,
            onuSerial,
            uni,
            vlanDomainId,
            sVlan,
            cVlan,
            planId,
            kind,
            state,
            expiresAt,
            option82Policy,
            sessionTimeoutSeconds,
            cpeId,
            ipv6Mode,
            ipv4,
            ipv4NetmaskLength,
            ipv4Routes,
            ipv6WanPrefix,
            ipv6WanAddress,
            ipv6Delegated
        };
        for (int i = 0; i < values.length; i++) {
            append(out, values[i]);
            out.append(i == values.length - 1 ? '\n' : '\t');
        }
    }

    private static void append(StringBuilder out, Object value) {
        if (value == null) {
            out.append("\\N");
        } else if (value instanceof Octets bytes) {
            out.append("\\\\x").append(bytes.hex());
        } else if (value instanceof List<?> prefixes) {
            out.append(prefixes.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}")));
        } else {
            appendEscaped(out, value.toString());
        }
    }

    private static void appendEscaped(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c);
            }
        }
    }

    /** The sealed bytes are no news, and the rest is a subscriber's. */
    @Override
    public String toString() {
        return "ImportRow[line " + line + "]";
    }
}
