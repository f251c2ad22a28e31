package io.patchbay.lab;

import io.patchbay.netbox.ObjectType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of NetBox's objects, as far as the hub has to do with them. */
final class NetBoxSchema {
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        CHOICE,
        RELATION,
        ADDRESS,
        NETWORK,
        VLAN_RANGES,
        MODELS,
        ANY
    }

    /**
     * @param to of a relation
     * @param initial when it is not given; null for null
     * @param choices none: any
     */
    record Field(Kind kind, boolean required, ObjectType to, Object initial, Set<String> choices) {}

    private static final Map<ObjectType, Map<String, Field>> FIELDS = fields();

    private NetBoxSchema() {}

    static Map<String, Field> of(ObjectType type) {
        return FIELDS.get(type);
    }

    private static Map<ObjectType, Map<String, Field>> fields() {
        List<String> usual = List.of("active", "reserved", "deprecated");
        return Map.ofEntries(
                Map.entry(
                        ObjectType.PREFIX,
                        new Builder()
                                .required("prefix", Kind.NETWORK)
                                .relation("vrf", ObjectType.VRF)
                                .relation("tenant", ObjectType.TENANT)
                                .relation("vlan", ObjectType.VLAN)
                                .choice("status", "active", "container", "active", "reserved", "deprecated")
                                .relation("role", ObjectType.ROLE)
                                .flags("is_pool", "mark_utilized")
                                .texts("description", "comments")
                                .fields),
                Map.entry(
                        ObjectType.IP_ADDRESS,
                        new Builder()
                                .required("address", Kind.ADDRESS)
                                .relation("vrf", ObjectType.VRF)
                                .relation("tenant", ObjectType.TENANT)
                                .choice("status", "active", "active", "reserved", "deprecated", "dhcp", "slaac")
                                .choice(
                                        "role",
                                        null,
                                        "loopback",
                                        "secondary",
                                        "anycast",
                                        "vip",
                                        "vrrp",
                                        "hsrp",
                                        "glbp",
                                        "carp")
                                .texts("dns_name", "description", "comments")
                                .fields),
                Map.entry(
                        ObjectType.IP_RANGE,
                        new Builder()
                                .required("start_address", Kind.ADDRESS)
                                .required("end_address", Kind.ADDRESS)
                                .relation("vrf", ObjectType.VRF)
                                .relation("tenant", ObjectType.TENANT)
                                .choice("status", "active", usual.toArray(String[]::new))
                                .relation("role", ObjectType.ROLE)
                                .flags("mark_populated", "mark_utilized")
                                .texts("description", "comments")
                                .fields),
                Map.entry(
                        ObjectType.VLAN,
                        new Builder()
                                .relation("group", ObjectType.VLAN_GROUP)
                                .required("vid", Kind.NUMBER)
                                .required("name", Kind.TEXT)
                                .relation("tenant", ObjectType.TENANT)
                                .choice("status", "active", usual.toArray(String[]::new))
                                .relation("role", ObjectType.ROLE)
                                .choice("qinq_role", null, "svlan", "cvlan")
                                .relation("qinq_svlan", ObjectType.VLAN)
                                .texts("description", "comments")
                                .fields),
                Map.entry(
                        ObjectType.VLAN_GROUP,
                        new Builder()
                                .required("name", Kind.TEXT)
                                .required("slug", Kind.TEXT)
                                .add("vid_ranges", new Field(Kind.VLAN_RANGES, false, null, null, Set.of()))
                                .texts("description")
                                .fields),
                Map.entry(
                        ObjectType.VRF,
                        new Builder()
                                .required("name", Kind.TEXT)
                                .add("rd", new Field(Kind.TEXT, false, null, null, Set.of()))
                                .relation("tenant", ObjectType.TENANT)
                                .add("enforce_unique", new Field(Kind.FLAG, false, null, true, Set.of()))
                                .texts("description", "comments")
                                .fields),
                Map.entry(
                        ObjectType.ROLE,
                        new Builder()
                                .required("name", Kind.TEXT)
                                .required("slug", Kind.TEXT)
                                .add("weight", new Field(Kind.NUMBER, false, null, 1000, Set.of()))
                                .texts("description")
                                .fields),
                Map.entry(
                        ObjectType.TENANT,
                        new Builder()
                                .required("name", Kind.TEXT)
                                .required("slug", Kind.TEXT)
                                .texts("description", "comments")
                                .fields),
                Map.entry(
                        ObjectType.CUSTOM_FIELD,
                        new Builder()
                                .required("object_types", Kind.MODELS)
                                .required("type", Kind.CHOICE)
                                .required("name", Kind.TEXT)
                                .texts("label", "group_name", "description", "comments")
                                .flags("required", "unique")
                                .choice("filter_logic", "loose", "disabled", "loose", "exact")
                                .choice("ui_visible", "always", "always", "if-set", "hidden")
                                .choice("ui_editable", "yes", "yes", "no", "hidden")
                                .fields),
                Map.entry(
                        ObjectType.TAG,
                        new Builder()
                                .required("name", Kind.TEXT)
                                .required("slug", Kind.TEXT)
                                .texts("color", "description")
                                .fields),
                Map.entry(
                        ObjectType.OBJECT_CHANGE,
                        new Builder()
                                .add("action", new Field(Kind.CHOICE, false, null, null, Set.of()))
                                .add("user", new Field(Kind.ANY, false, null, null, Set.of()))
                                .texts("time", "user_name", "request_id", "changed_object_type", "object_repr")
                                .add("changed_object_id", new Field(Kind.NUMBER, false, null, null, Set.of()))
                                .add("prechange_data", new Field(Kind.ANY, false, null, null, Set.of()))
                                .add("postchange_data", new Field(Kind.ANY, false, null, null, Set.of()))
                                .fields));
    }

    private static final class Builder {
        private final Map<String, Field> fields = new LinkedHashMap<>();

        Builder add(String name, Field field) {
            fields.put(name, field);
            return this;
        }

        Builder required(String name, Kind kind) {
            return add(name, new Field(kind, true, null, null, Set.of()));
        }

        Builder relation(String name, ObjectType to) {
            return add(name, new Field(Kind.RELATION, false, to, null, Set.of()));
        }

        Builder choice(String name, String initial, String... choices) {
            return add(name, new Field(Kind.CHOICE, false, null, initial, Set.of(choices)));
        }

        Builder flags(String... names) {
            for (String name : names) {
                add(name, new Field(Kind.FLAG, false, null, false, Set.of()));
            }
            return this;
        }

        Builder texts(String... names) {
            for (String name : names) {
                add(name, new Field(Kind.TEXT, false, null, "", Set.of()));
            }
            return this;
        }
    }
}
