package io.patchbay.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.ObjectType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The objects of the lab's NetBox with their indexes, and the log of changes. Whoever calls holds its lock. */
final class NetBoxData {
    private static final Map<ObjectType, List<List<String>>> CONSTRAINTS = Map.of(
            ObjectType.VLAN,
            List.of(
                    List.of("group", "vid"),
                    List.of("group", "name"),
                    List.of("qinq_svlan", "vid"),
                    List.of("qinq_svlan", "name")),
            ObjectType.VLAN_GROUP,
            List.of(List.of("name"), List.of("slug")),
            ObjectType.ROLE,
            List.of(List.of("name"), List.of("slug")),
            ObjectType.TENANT,
            List.of(List.of("name"), List.of("slug")),
            ObjectType.TAG,
            List.of(List.of("name"), List.of("slug")),
            ObjectType.CUSTOM_FIELD,
            List.of(List.of("name")),
            ObjectType.VRF,
            List.of(List.of("rd")));

    private final Map<ObjectType, TreeMap<Long, NetBoxRow>> rows = new EnumMap<>(ObjectType.class);
    private final Map<ObjectType, Long> lastIds = new EnumMap<>(ObjectType.class);
    private final Map<String, Set<Long>> byCustomValue = new HashMap<>();
    private final Map<String, Long> unique = new HashMap<>();
    final NetBoxIndex addresses = new NetBoxIndex();
    final NetBoxIndex prefixes = new NetBoxIndex();

    NetBoxData() {
        for (ObjectType type : ObjectType.values()) {
            rows.put(type, new TreeMap<>());
            lastIds.put(type, 0L);
        }
    }

    NetBoxRow row(ObjectType type, long id) {
        return rows.get(type).get(id);
    }

    Collection<NetBoxRow> all(ObjectType type) {
        return rows.get(type).values();
    }

    Collection<NetBoxRow> from(ObjectType type, long id) {
        return rows.get(type).tailMap(id, true).values();
    }

    int count(ObjectType type) {
        return rows.get(type).size();
    }

    /** Null when there is no such field of that type. */
    NetBoxRow customField(ObjectType type, String name) {
        for (NetBoxRow field : all(ObjectType.CUSTOM_FIELD)) {
            if (field.text("name").equals(name)) {
                for (JsonNode model : field.fields().path("object_types")) {
                    if (model.asText().equals(type.model())) {
                        return field;
                    }
                }
            }
        }
        return null;
    }

    /** The slug of a tag given by id, name or slug; null when there is none. */
    String tag(JsonNode given) {
        for (NetBoxRow tag : all(ObjectType.TAG)) {
            boolean same = given.isObject()
                    ? given.properties().stream()
                            .allMatch(one -> one.getValue().asText().equals(tag.text(one.getKey())))
                    : given.asLong() == tag.id();
            if (same) {
                return tag.text("slug");
            }
        }
        return null;
    }

    Set<Long> withCustomValue(ObjectType type, String field, String value) {
        return byCustomValue.getOrDefault(customKey(type, field, value), Set.of());
    }

    /** What the database itself refuses: NetBox asks before it writes, save within one list. */
    String brokenConstraint(ObjectType type, ObjectNode fields, long except) {
        for (List<String> constraint : CONSTRAINTS.getOrDefault(type, List.of())) {
            String key = uniqueKey(type, constraint, fields);
            Long holder = key == null ? null : unique.get(key);
            if (holder != null && holder != except) {
                return String.join(" and ", constraint);
            }
        }
        return null;
    }

    NetBoxRow insert(ObjectType type, ObjectNode fields) {
        long id = lastIds.merge(type, 1L, Long::sum);
        Instant now = now();
        NetBoxRow row = new NetBoxRow(type, id, fields, now, now);
        index(row);
        return row;
    }

    NetBoxRow replace(NetBoxRow before, ObjectNode fields) {
        unindex(before);
        Instant now = now();
        NetBoxRow after = new NetBoxRow(
                before.type(),
                before.id(),
                fields,
                before.created(),
                now.isAfter(before.updated()) ? now : before.updated().plus(1, ChronoUnit.MICROS));
        index(after);
        return after;
    }

    void restore(NetBoxRow before, NetBoxRow after) {
        if (after != null) {
            unindex(after);
        }
        if (before != null) {
            index(before);
        }
    }

    void index(NetBoxRow row) {
        rows.get(row.type()).put(row.id(), row);
        row.fields().path("custom_fields").properties().forEach(field -> byCustomValue
                .computeIfAbsent(
                        customKey(row.type(), field.getKey(), field.getValue().asText()), same -> new TreeSet<>())
                .add(row.id()));
        for (List<String> constraint : CONSTRAINTS.getOrDefault(row.type(), List.of())) {
            String key = uniqueKey(row.type(), constraint, row.fields());
            if (key != null) {
                unique.put(key, row.id());
            }
        }
        if (row.type() == ObjectType.IP_ADDRESS) {
            addresses.add(row.vrf(), row.address("address"), row.id());
        } else if (row.type() == ObjectType.PREFIX) {
            prefixes.add(row.vrf(), row.address("prefix"), row.id());
        }
    }

    void unindex(NetBoxRow row) {
        rows.get(row.type()).remove(row.id());
        row.fields().path("custom_fields").properties().forEach(field -> byCustomValue
                .get(customKey(row.type(), field.getKey(), field.getValue().asText()))
                .remove(row.id()));
        for (List<String> constraint : CONSTRAINTS.getOrDefault(row.type(), List.of())) {
            String key = uniqueKey(row.type(), constraint, row.fields());
            if (key != null) {
                unique.remove(key, row.id());
            }
        }
        if (row.type() == ObjectType.IP_ADDRESS) {
            addresses.remove(row.vrf(), row.address("address"), row.id());
        } else if (row.type() == ObjectType.PREFIX) {
            prefixes.remove(row.vrf(), row.address("prefix"), row.id());
        }
    }

    /** An object-change, with the fields before and after; null when there were none. */
    NetBoxRow log(String action, NetBoxRow before, NetBoxRow after, String user, String requestId) {
        NetBoxRow changed = after == null ? before : after;
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("time", now().toString()).put("user_name", user).put("request_id", requestId);
        entry.put("action", action);
        entry.put("changed_object_type", changed.type().model()).put("changed_object_id", changed.id());
        entry.put("object_repr", changed.display());
        entry.putObject("user").put("id", 1).put("username", user).put("display", user);
        entry.set("prechange_data", before == null ? JsonNodeFactory.instance.objectNode() : before.fields());
        entry.set("postchange_data", after == null ? JsonNodeFactory.instance.objectNode() : after.fields());
        return insert(ObjectType.OBJECT_CHANGE, entry);
    }

    /** Of those that point here by a relation that protects, as NetBox's models have them. */
    List<NetBoxRow> dependents(NetBoxRow row) {
        List<NetBoxRow> dependents = new ArrayList<>();
        if (row.type() == ObjectType.ROLE) {
            return dependents;
        }
        for (ObjectType type : ObjectType.values()) {
            NetBoxSchema.of(type).forEach((name, field) -> {
                if (field.to() == row.type()) {
                    all(type).stream()
                            .filter(one -> Long.valueOf(row.id()).equals(one.number(name)))
                            .forEach(dependents::add);
                }
            });
        }
        return dependents;
    }

    private static String customKey(ObjectType type, String field, String value) {
        return type + " " + field + " " + value;
    }

    private static String uniqueKey(ObjectType type, List<String> constraint, ObjectNode fields) {
        StringBuilder key = new StringBuilder(type.name()).append(constraint);
        for (String field : constraint) {
            JsonNode value = fields.path(field);
            if (value.isNull() || value.isMissingNode()) {
                return null;
            }
            key.append('\u0000').append(value.asText());
        }
        return key.toString();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
