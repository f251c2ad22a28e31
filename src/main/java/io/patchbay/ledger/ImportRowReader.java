package io.patchbay.ledger;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one record of a subscriber import field by field; what cannot be is refused with the column and the value. */
final class ImportRowReader {
    private static final int MOST_USER_NAME_BYTES = 253;
    private static final Set<String> MODES = Set.of("none", "slaac", "stateful", "pd", "dual_stack");
    private static final Set<String> KINDS = Set.of("internet", "voice", "video", "wholesale");

    /** Why a row is refused; its stack is nobody's interest, and a file may hold a million of them. */
    static final class Refused extends RuntimeException {
        Refused(String reason) {
            super(reason, null, false, false);
        }
    }

    private final Map<ImportColumn, Integer> positions;
    private final ImportNames names;
    private final Credentials credentials;

    ImportRowReader(Map<ImportColumn, Integer> positions, ImportNames names, Credentials credentials) {
        this.positions = positions;
        this.names = names;
        this.credentials = credentials;
    }

    /** @throws Refused with the reason */
    ImportRow read(int line, List<String> record) {
        if (record.size() != positions.size()) {
            throw new Refused("the row has " + record.size() + " fields, the header " + positions.size());
        }
        Fields fields = new Fields(record);
        Tenant tenant = names.tenant(fields.text(ImportColumn.TENANT));
        String rawName = fields.text(ImportColumn.USERNAME);
        String userName = rawName == null ? null : userName(tenant, rawName);
        Credential credential = credential(userName, fields.raw(ImportColumn.PASSWORD));
        Octets circuitId = fields.octets(ImportColumn.CIRCUIT_ID);
        Octets remoteId = fields.octets(ImportColumn.REMOTE_ID);
        Octets nasPortId = fields.octets(ImportColumn.NAS_PORT_ID);
        Octets mac = fields.mac();
        String onuSerial = fields.text(ImportColumn.ONU_SERIAL);
        boolean hasLine =
                circuitId != null || remoteId != null || nasPortId != null || mac != null || onuSerial != null;
        if (userName == null && !hasLine) {
            throw new Refused("username, circuit_id, remote_id, nas_port_id, mac: the row needs one of them");
        }
        Integer sVlan = fields.number(ImportColumn.S_VLAN, 1, 4094);
        Integer cVlan = fields.number(ImportColumn.C_VLAN, 1, 4094);
        if (cVlan != null && sVlan == null) {
            throw new Refused("c_vlan: '" + cVlan + "' needs an s_vlan too");
        }
        IpPrefix ipv4 = fields.prefix(ImportColumn.IPV4, false);
        Integer netmask = fields.netmask();
        if (ipv4 != null && ipv4.length() < 32) {
            netmask = netmask == null ? Integer.valueOf(ipv4.length()) : netmask;
            ipv4 = new IpPrefix(false, 0, ipv4.low(), 32);
        }
        if (netmask != null && ipv4 == null) {
            throw new Refused("ipv4_netmask: '" + fields.text(ImportColumn.IPV4_NETMASK) + "' needs an ipv4 too");
        }
        IpPrefix wanAddress = fields.prefix(ImportColumn.IPV6_WAN_ADDRESS, true);
        if (wanAddress != null && wanAddress.length() != 128) {
            throw fields.refused(ImportColumn.IPV6_WAN_ADDRESS, "is not a single address");
        }
        IpPrefix wanPrefix = fields.network(ImportColumn.IPV6_WAN_PREFIX, true);
        IpPrefix delegated = fields.network(ImportColumn.IPV6_DELEGATED_PREFIX, true);
        List<IpPrefix> routes = fields.networks(ImportColumn.IPV4_ROUTES);
        String mode = fields.oneOf(ImportColumn.MODE, MODES);
        if ("none".equals(mode) && (wanAddress != null || wanPrefix != null || delegated != null)) {
            throw fields.refused(ImportColumn.MODE, "contradicts the IPv6 addresses of the row");
        }
        String externalId = fields.text(ImportColumn.EXTERNAL_ID);
        ImportNames.Node node = hasLine
                ? names.accessNode(
                        fields.text(ImportColumn.ACCESS_NODE),
                        fields.text(ImportColumn.NAS),
                        fields.text(ImportColumn.TEMPLATE))
                : null;
        Long domain = sVlan == null ? null : names.vlanDomain(fields.text(ImportColumn.VLAN_DOMAIN));
        return new ImportRow(
                line,
                tenant.id(),
                userName,
                credential == null ? null : Credentials.word(credential.scheme()),
                credential == null ? null : Octets.of(credentials.seal(tenant.id(), userName, credential)),
                externalId != null ? externalId : firstName(userName, circuitId, remoteId, nasPortId, mac, onuSerial),
                node == null ? null : Long.valueOf(node.id()),
                node == null || circuitId == null ? null : names.canonicalKey(node, circuitId),
                circuitId,
                remoteId,
                nasPortId,
                mac,
                onuSerial,
                fields.number(ImportColumn.UNI, 1, 65_535),
                domain,
                sVlan,
                cVlan,
                names.plan(tenant, fields.text(ImportColumn.PLAN)),
                fields.orElse(fields.oneOf(ImportColumn.KIND, KINDS), "internet"),
                fields.orElse(fields.word(ImportColumn.STATE, ServiceState.class), "active"),
                fields.moment(),
                fields.word(ImportColumn.OPTION82_POLICY, Option82Policy.class),
                fields.numberOrZero(ImportColumn.SESSION_TIMEOUT_S),
                fields.text(ImportColumn.CPE_ID),
                mode,
                ipv4,
                netmask,
                routes,
                wanPrefix,
                wanAddress,
                delegated);
    }

    /** RADIUS carries no longer one (RFC 2865 section 5: an attribute's value has at most 253 bytes). */
    private static String userName(Tenant tenant, String rawName) {
        String name = UserNames.normalise(tenant, rawName);
        int bytes = Octets.ofText(name).length();
        if (bytes > MOST_USER_NAME_BYTES) {
            throw new Refused(
                    "username: has " + bytes + " bytes, and RADIUS carries no more than " + MOST_USER_NAME_BYTES);
        }
        return name;
    }

    private static Credential credential(String userName, String password) {
        if (userName == null && password == null) {
            return null;
        }
        if (password == null) {
            throw new Refused("password: the user '" + userName + "' needs one");
        }
        if (userName == null) {
            throw new Refused("username: a password needs one");
        }
        try {
            return Credentials.parse(password);
        } catch (IllegalArgumentException badHash) {
            throw new Refused("password: " + badHash.getMessage());
        }
    }

    private static String firstName(Object... candidates) {
        for (Object candidate : candidates) {
            if (candidate != null) {
                return candidate.toString();
            }
        }
        throw new AssertionError("a row has a user name or a line");
    }

    /** The record's fields by column. */
    private final class Fields {
        private final List<String> record;

        Fields(List<String> record) {
            this.record = record;
        }

        /** As it stands there; null when empty. A password may begin or end with a space. */
        String raw(ImportColumn column) {
            Integer position = positions.get(column);
            String text = position == null ? "" : record.get(position);
            if (text.isEmpty()) {
                return null;
            }
            if (text.indexOf('\0') >= 0) {
                throw new Refused(column.header() + ": holds a NUL character");
            }
            return text;
        }

        String text(ImportColumn column) {
            String text = raw(column);
            return text == null || text.isBlank() ? null : text.strip();
        }

        Refused refused(ImportColumn column, String problem) {
            return new Refused(column.header() + ": '" + text(column) + "' " + problem);
        }

        String orElse(String value, String otherwise) {
            return value == null ? otherwise : value;
        }

        Integer number(ImportColumn column, int least, int most) {
            String text = text(column);
            if (text == null) {
                return null;
            }
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // told below
            }
            throw refused(column, "is not a number from " + least + " to " + most);
        }

        int numberOrZero(ImportColumn column) {
            Integer number = number(column, 0, Integer.MAX_VALUE);
            return number == null ? 0 : number;
        }

        String oneOf(ImportColumn column, Set<String> words) {
            String text = text(column);
            if (text != null && !words.contains(text)) {
                throw refused(
                        column,
                        "is none of "
                                + String.join(", ", words.stream().sorted().toList()));
            }
            return text;
        }

        <E extends Enum<E>> String word(ImportColumn column, Class<E> type) {
            try {
                return Words.of(Words.parse(type, text(column)));
            } catch (IllegalArgumentException unknown) {
                throw new Refused(column.header() + ": " + unknown.getMessage());
            }
        }

        Octets octets(ImportColumn column) {
            String text = raw(column);
            if (text == null) {
                return null;
            }
            Octets octets;
            try {
                octets = text.startsWith("0x") ? Octets.ofHex(text) : Octets.ofText(text);
            } catch (IllegalArgumentException notHex) {
                throw refused(column, "is not an even number of hexadecimal digits after 0x");
            }
            if (octets.isEmpty() || octets.length() > 255) {
                throw refused(column, "has " + octets.length() + " bytes, not 1 to 255");
            }
            return octets;
        }

        Octets mac() {
            String text = text(ImportColumn.MAC);
            if (text == null) {
                return null;
            }
            StringBuilder digits = new StringBuilder(12);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != ':' && c != '-' && c != '.') {
                    digits.append(c);
                }
            }
            try {
                if (digits.length() == 12) {
                    return Octets.ofHex(digits.toString());
                }
            } catch (IllegalArgumentException notHex) {
                // told below
            }
            throw refused(ImportColumn.MAC, "is not a MAC address of six bytes");
        }

        String moment() {
            String text = text(ImportColumn.EXPIRES_AT);
            if (text == null) {
                return null;
            }
            try {
                return text.length() == 10
                        ? LocalDate.parse(text)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()
                                .toString()
                        : Instant.parse(text).toString();
            } catch (DateTimeException notAMoment) {
                throw refused(ImportColumn.EXPIRES_AT, "is not a date or moment such as 2026-12-31T23:59:59Z");
            }
        }

        Integer netmask() {
            String text = text(ImportColumn.IPV4_NETMASK);
            if (text == null) {
                return null;
            }
            if (text.indexOf('.') < 0) {
                return number(ImportColumn.IPV4_NETMASK, 1, 32);
            }
            int mask = (int) prefix(ImportColumn.IPV4_NETMASK, false).low();
            int length = Integer.bitCount(mask);
            if (length == 0 || mask != -1 << (32 - length)) {
                throw refused(ImportColumn.IPV4_NETMASK, "is not a netmask");
            }
            return length;
        }

        IpPrefix prefix(ImportColumn column, boolean v6) {
            String text = text(column);
            return text == null ? null : prefix(column, text, v6);
        }

        IpPrefix network(ImportColumn column, boolean v6) {
            String text = text(column);
            return text == null ? null : network(column, text, v6);
        }

        List<IpPrefix> networks(ImportColumn column) {
            String text = text(column);
            if (text == null) {
                return null;
            }
            List<IpPrefix> networks = new ArrayList<>();
            for (String one : text.split(";")) {
                networks.add(network(column, one.strip(), false));
            }
            return networks;
        }

        private IpPrefix network(ImportColumn column, String text, boolean v6) {
            IpPrefix prefix = prefix(column, text, v6);
            if (!Prefixes.isNetwork(prefix)) {
                throw new Refused(column.header() + ": '" + text + "' has bits set behind its length");
            }
            return prefix;
        }

        private IpPrefix prefix(ImportColumn column, String text, boolean v6) {
            try {
                IpPrefix prefix = IpPrefix.parse(text);
                if (prefix.v6() == v6) {
                    return prefix;
                }
            } catch (IllegalArgumentException notAPrefix) {
                // told below
            }
            throw new Refused(column.header() + ": '" + text + "' is not an IPv" + (v6 ? 6 : 4) + " address or prefix");
        }
    }
}
