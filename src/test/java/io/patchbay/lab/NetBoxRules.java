package io.patchbay.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.ObjectType;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/** NetBox's clean() of each model, and what is free within a parent. */
final class NetBoxRules {
    private static final Set<String> SHAREABLE_ROLES = Set.of("anycast", "vip", "vrrp", "hsrp", "glbp", "carp");

    private final NetBoxData data;
    private final int minor;

    NetBoxRules(NetBoxData data, int minor) {
        this.data = data;
        this.minor = minor;
    }

    void check(ObjectType type, ObjectNode fields, long id) {
        NetBoxRow row = new NetBoxRow(type, id, fields, null, null);
        uniqueCustomFields(row);
        switch (type) {
            case PREFIX -> prefix(row);
            case IP_ADDRESS -> address(row);
            case VLAN -> vlan(row);
            case CUSTOM_FIELD -> customField(row);
            case IP_RANGE, VLAN_GROUP, VRF, ROLE, TENANT, TAG, OBJECT_CHANGE -> {
                // nothing but what the constraints say
            }
        }
        String broken = data.brokenConstraint(type, fields, id);
        if (broken != null) {
            throw NetBoxRefusal.field(
                    broken.contains(" and ") ? "__all__" : broken,
                    type.model() + " with this " + broken + " already exists.");
        }
    }

    private void uniqueCustomFields(NetBoxRow row) {
        row.fields().path("custom_fields").properties().forEach(field -> {
            NetBoxRow definition = data.customField(row.type(), field.getKey());
            JsonNode value = field.getValue();
            if (definition != null
                    && definition.flag("unique")
                    && !value.isNull()
                    && !value.asText().isEmpty()) {
                Set<Long> holders = data.withCustomValue(row.type(), field.getKey(), value.asText());
                if (holders.stream().anyMatch(holder -> holder != row.id())) {
                    throw NetBoxRefusal.field(
                            "__all__", "Custom field '" + field.getKey() + "' must have a unique value.");
                }
            }
        });
    }

    private void prefix(NetBoxRow row) {
        NetBoxAddress prefix = row.address("prefix");
        if (prefix.mask() == 0) {
            throw NetBoxRefusal.field("prefix", "Cannot create prefix with /0 mask.");
        }
        if (isUnique(row) && data.prefixes.exactly(row.vrf(), prefix).stream().anyMatch(other -> other != row.id())) {
            throw NetBoxRefusal.field("prefix", "Duplicate prefix found in " + table(row) + ": " + prefix);
        }
    }

    private void address(NetBoxRow row) {
        NetBoxAddress address = row.address("address");
        List<NetBoxRow> same = data.addresses.host(row.vrf(), address).stream()
                .filter(other -> other != row.id())
                .map(other -> data.row(ObjectType.IP_ADDRESS, other))
                .toList();
        boolean shareable = isShareable(row) && same.stream().allMatch(NetBoxRules::isShareable);
        if (isUnique(row) && !same.isEmpty() && !shareable) {
            throw NetBoxRefusal.field(
                    "address",
                    "Duplicate IP address found in " + table(row) + ": "
                            + same.getFirst().text("address"));
        }
        if (row.id() == 0 && minor >= 3) {
            for (NetBoxRow range : data.all(ObjectType.IP_RANGE)) {
                if (range.vrf() == row.vrf() && range.flag("mark_populated") && within(range, address)) {
                    throw NetBoxRefusal.field(
                            "address",
                            "Cannot create IP address " + address + " inside range " + range.display() + ".");
                }
            }
        }
        if ("slaac".equals(row.text("status")) && address.family() != 6) {
            throw NetBoxRefusal.field("status", "Only IPv6 addresses can be assigned SLAAC status");
        }
    }

    private void vlan(NetBoxRow row) {
        Long vid = row.number("vid");
        if (vid < 1 || vid > 4094) {
            throw NetBoxRefusal.field("vid", "Ensure this value is between 1 and 4094.");
        }
        Long group = row.number("group");
        if (group != null && !isIn(data.row(ObjectType.VLAN_GROUP, group), vid)) {
            throw NetBoxRefusal.field(
                    "vid",
                    "VID must be in ranges for VLANs in group "
                            + data.row(ObjectType.VLAN_GROUP, group).display());
        }
        boolean customer = "cvlan".equals(row.text("qinq_role"));
        if (row.number("qinq_svlan") != null && !customer) {
            throw NetBoxRefusal.field("qinq_svlan", "Only Q-in-Q customer VLANs maybe assigned to a service VLAN.");
        }
        if (customer && row.number("qinq_svlan") == null) {
            throw NetBoxRefusal.field("qinq_role", "A Q-in-Q customer VLAN must be assigned to a service VLAN.");
        }
    }

    private static void customField(NetBoxRow row) {
        if (!row.text("name").matches("[a-z0-9_]+") || row.text("name").contains("__")) {
            throw NetBoxRefusal.field("name", "Only alphanumeric characters and underscores are allowed.");
        }
    }

    /** The first free address of a prefix or range; null when there is none. */
    NetBoxAddress freeAddress(NetBoxRow parent) {
        boolean range = parent.type() == ObjectType.IP_RANGE;
        NetBoxAddress like = parent.address(range ? "start_address" : "prefix");
        BigInteger first = like.number();
        BigInteger last = range ? parent.address("end_address").number() : like.last();
        if (range && minor >= 3 && parent.flag("mark_populated")) {
            return null;
        }
        if (!range) {
            if (minor < 6 && parent.flag("mark_utilized")) {
                return null;
            }
            boolean whole = parent.flag("is_pool") || like.bits() - like.mask() <= 1;
            first = whole ? first : first.add(BigInteger.ONE);
            last = whole || like.family() == 6 ? last : last.subtract(BigInteger.ONE);
        }
        BigInteger free = first;
        while (true) {
            free = data.addresses.firstFree(parent.vrf(), like, free, last);
            NetBoxRow blocking = free == null || range ? null : blocking(parent.vrf(), like.at(free, like.mask()));
            if (blocking == null) {
                return free == null ? null : like.at(free, like.mask());
            }
            free = blocking.address("end_address").number().add(BigInteger.ONE);
        }
    }

    private NetBoxRow blocking(long vrf, NetBoxAddress address) {
        for (NetBoxRow range : data.all(ObjectType.IP_RANGE)) {
            if (range.vrf() == vrf && (minor < 3 || range.flag("mark_populated")) && within(range, address)) {
                return range;
            }
        }
        return null;
    }

    NetBoxAddress freePrefix(NetBoxRow parent, int length) {
        return data.prefixes.firstFreeBlock(parent.vrf(), parent.address("prefix"), length);
    }

    /** The first free VLAN of a group; null when there is none. */
    Long freeVlan(NetBoxRow group) {
        for (JsonNode range : group.fields().path("vid_ranges")) {
            for (long vid = range.path(0).asLong(); vid <= range.path(1).asLong(); vid++) {
                ObjectNode fields = group.fields().objectNode();
                fields.put("group", group.id()).put("vid", vid);
                if (data.brokenConstraint(ObjectType.VLAN, fields, 0) == null) {
                    return vid;
                }
            }
        }
        return null;
    }

    private static boolean isIn(NetBoxRow group, long vid) {
        for (JsonNode range : group.fields().path("vid_ranges")) {
            if (vid >= range.path(0).asLong() && vid <= range.path(1).asLong()) {
                return true;
            }
        }
        return false;
    }

    private static boolean within(NetBoxRow range, NetBoxAddress address) {
        NetBoxAddress start = range.address("start_address");
        return start.family() == address.family()
                && start.number().compareTo(address.number()) <= 0
                && range.address("end_address").number().compareTo(address.number()) >= 0;
    }

    private boolean isUnique(NetBoxRow row) {
        return row.vrf() == 0 || data.row(ObjectType.VRF, row.vrf()).flag("enforce_unique");
    }

    private static boolean isShareable(NetBoxRow row) {
        return row.text("role") != null && SHAREABLE_ROLES.contains(row.text("role"));
    }

    private String table(NetBoxRow row) {
        return row.vrf() == 0
                ? "global table"
                : "VRF " + data.row(ObjectType.VRF, row.vrf()).display();
    }
}
