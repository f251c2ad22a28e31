package io.patchbay.binding;

import io.patchbay.ledger.Credential;
import io.patchbay.ledger.Credentials;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.ServiceState;
import io.patchbay.ledger.UnreadableSecrets;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.ipv6.Ipv6Grant;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.line.VlanTags;
import io.patchbay.vault.UnsealException;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Makes bindings of the rows of {@link LedgerQueries}; what repeats is held once. For one thread. */
final class LedgerRows {
    private static final HexFormat HEX = HexFormat.of();

    private final Directory directory;
    private final Credentials credentials;
    private final UnreadableSecrets unreadable;
    private final VlanTags[] sharedVlans = new VlanTags[VlanTags.HIGHEST + 1];
    private final Map<String, String> kinds = new HashMap<>();

    LedgerRows(Directory directory, Credentials credentials, UnreadableSecrets unreadable) {
        this.directory = directory;
        this.credentials = credentials;
        this.unreadable = unreadable;
    }

    /**
     * The binding of the row at which {@code row} stands, without its credential when that does not open; null when its plan
     * or access node is not in the directory yet.
     */
    Binding read(ResultSet row) throws SQLException {
        Plan plan = directory.plan(row.getLong("plan_id"));
        long accessNodeId = row.getLong("access_node_id");
        if (plan == null || (accessNodeId != 0 && directory.accessNode(accessNodeId) == null)) {
            return null;
        }
        long tenantId = row.getLong("tenant_id");
        String userName = row.getString("user_name");
        Ipv6Grant ipv6 = Ipv6Grant.of(row.getString("ipv6_mode"), row.getString("ipv6_state"));
        Prefixes prefixes = new Prefixes(row.getString("prefixes"), ipv6);
        return new Binding(
                row.getLong("id"),
                row.getLong("subscriber_id"),
                tenantId,
                userName,
                userName == null ? null : credential(row, tenantId, userName),
                kinds.computeIfAbsent(row.getString("kind"), kind -> kind),
                Words.parse(ServiceState.class, row.getString("state")),
                row.getLong("expires_at"),
                Words.parse(Option82Policy.class, row.getString("option82_policy")),
                plan,
                row.getLong("line_id"),
                accessNodeId,
                identifiers(accessNodeId, row.getString("identifiers")),
                row.getString("canonical_circuit_id"),
                vlans(row.getInt("s_vlan"), row.getInt("c_vlan")),
                row.getBoolean("dedicated"),
                prefixes.ipv4Address,
                List.copyOf(prefixes.ipv4Routes),
                prefixes.ipv6WanPrefix,
                prefixes.ipv6WanAddress,
                prefixes.ipv6DelegatedPrefix,
                List.copyOf(prefixes.ipv6Routes),
                row.getInt("session_timeout_s"),
                ipv6.givesWan(),
                ipv6.gives(AddressKind.IPV6_DELEGATED_PREFIX));
    }

    private Credential credential(ResultSet row, long tenantId, String userName) throws SQLException {
        long serviceId = row.getLong("id");
        try {
            Credential opened = credentials.open(tenantId, userName, row.getString("scheme"), row.getBytes("sealed"));
            if (!unreadable.isEmpty()) {
                unreadable.forget(owner(serviceId));
            }
            return opened;
        } catch (UnsealException | IllegalArgumentException strange) {
            unreadable.note(owner(serviceId), strange.getMessage(), "It cannot log in until it is given a new one.");
            return null;
        }
    }

    static String owner(long serviceId) {
        return "Credential of service " + serviceId;
    }

    private VlanTags vlans(int sVlan, int cVlan) {
        if (cVlan != 0) {
            return new VlanTags(sVlan, cVlan);
        }
        if (sharedVlans[sVlan] == null) {
            sharedVlans[sVlan] = sVlan == 0 ? VlanTags.NONE : new VlanTags(sVlan, 0);
        }
        return sharedVlans[sVlan];
    }

    /** {@code kind:hex kind:hex ...} */
    private static List<LineIdentifier> identifiers(long accessNodeId, String packed) {
        if (packed == null) {
            return List.of();
        }
        List<LineIdentifier> identifiers = new ArrayList<>(4);
        for (String identifier : packed.split(" ")) {
            int colon = identifier.indexOf(':');
            identifiers.add(new LineIdentifier(
                    accessNodeId,
                    Words.parse(IdentifierKind.class, identifier.substring(0, colon)),
                    Octets.of(HEX.parseHex(identifier, colon + 1, identifier.length()))));
        }
        return PackedIdentifiers.of(identifiers);
    }

    /** {@code kind:wire form in hex:netmask length kind:...}, the wire form as PostgreSQL sends a cidr. */
    private static final class Prefixes {
        private static final int ADDRESS_OFFSET = 4;

        private IpPrefix ipv4Address;
        private final List<IpPrefix> ipv4Routes = new ArrayList<>(0);
        private IpPrefix ipv6WanPrefix;
        private IpPrefix ipv6WanAddress;
        private IpPrefix ipv6DelegatedPrefix;
        private final List<IpPrefix> ipv6Routes = new ArrayList<>(0);

        private Prefixes(String packed, Ipv6Grant ipv6) {
            if (packed == null) {
                return;
            }
            for (String entry : packed.split(" ")) {
                String[] parts = entry.split(":");
                byte[] wire = HEX.parseHex(parts[1]);
                byte[] address = new byte[wire.length - ADDRESS_OFFSET];
                System.arraycopy(wire, ADDRESS_OFFSET, address, 0, address.length);
                IpPrefix prefix = IpPrefix.of(address, wire[1] & 0xff);
                switch (parts[0]) {
                    case "ipv4-address" -> {
                        int netmask = Integer.parseInt(parts[2]);
                        ipv4Address = netmask == 0 ? prefix : IpPrefix.of(address, netmask);
                    }
                    case "ipv4-route" -> ipv4Routes.add(prefix);
                    case "ipv6-wan-prefix" -> ipv6WanPrefix = ipv6.given(AddressKind.IPV6_WAN_PREFIX, prefix);
                    case "ipv6-wan-address" -> ipv6WanAddress = ipv6.given(AddressKind.IPV6_WAN_ADDRESS, prefix);
                    case "ipv6-delegated-prefix" ->
                        ipv6DelegatedPrefix = ipv6.given(AddressKind.IPV6_DELEGATED_PREFIX, prefix);
                    case "ipv6-route" -> {
                        if (ipv6.gives(AddressKind.IPV6_ROUTE)) {
                            ipv6Routes.add(prefix);
                        }
                    }
                    default -> throw new IllegalStateException("'" + parts[0] + "' is no kind of service_prefix");
                }
            }
        }
    }
}
