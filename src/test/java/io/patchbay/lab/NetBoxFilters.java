package io.patchbay.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.netbox.ObjectType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** NetBox's filters: several values of one are alternatives, several filters must all hold, an unknown one is ignored. */
final class NetBoxFilters {
    private static final Set<String> RELATIONS_BY_SLUG = Set.of("tenant", "role", "group");

    private final NetBoxData data;

    NetBoxFilters(NetBoxData data) {
        this.data = data;
    }

    List<NetBoxRow> apply(ObjectType type, Map<String, List<String>> query) {
        List<Predicate<NetBoxRow>> tests = new ArrayList<>();
        Collection<NetBoxRow> candidates = data.all(type);
        for (Map.Entry<String, List<String>> filter : query.entrySet()) {
            Set<Long> indexed = indexed(type, filter.getKey(), filter.getValue());
            if (indexed != null) {
                candidates = indexed.stream().map(id -> data.row(type, id)).toList();
            }
            Predicate<NetBoxRow> test = test(type, filter.getKey(), filter.getValue());
            if (test != null) {
                tests.add(test);
            }
        }
        Stream<NetBoxRow> rows = candidates.stream();
        for (Predicate<NetBoxRow> test : tests) {
            rows = rows.filter(test);
        }
        return rows.toList();
    }

    private Set<Long> indexed(ObjectType type, String name, List<String> values) {
        NetBoxRow field = name.startsWith("cf_") ? data.customField(type, name.substring(3)) : null;
        return field != null && "exact".equals(field.text("filter_logic")) && values.size() == 1
                ? data.withCustomValue(type, name.substring(3), values.getFirst())
                : null;
    }

    private Predicate<NetBoxRow> test(ObjectType type, String name, List<String> values) {
        if (name.startsWith("cf_")) {
            return custom(type, name.substring(3), values);
        }
        if (name.equals("id")) {
            return row -> values.contains(String.valueOf(row.id()));
        }
        if (name.equals("id__gt")) {
            return row -> row.id() > Long.parseLong(values.getFirst());
        }
        if (name.equals("tag")) {
            return row -> values.stream().allMatch(tag -> hasTag(row, tag));
        }
        Predicate<NetBoxRow> ofAddresses = ofAddresses(type, name, values);
        if (ofAddresses != null) {
            return ofAddresses;
        }
        NetBoxSchema.Field field = NetBoxSchema.of(type).get(name);
        if (field != null && field.to() == null) {
            return row -> values.contains(row.text(name) == null ? "null" : row.text(name));
        }
        if (field != null && RELATIONS_BY_SLUG.contains(name)) {
            return row -> {
                Long id = row.number(name);
                return values.contains(
                        id == null ? "null" : data.row(field.to(), id).text("slug"));
            };
        }
        return byRelation(type, name, values);
    }

    private Predicate<NetBoxRow> byRelation(ObjectType type, String name, List<String> values) {
        if (name.equals("vlan_vid") && type == ObjectType.PREFIX) {
            return row -> row.number("vlan") != null
                    && values.contains(
                            data.row(ObjectType.VLAN, row.number("vlan")).text("vid"));
        }
        if (!name.endsWith("_id")) {
            return null;
        }
        String relation = name.substring(0, name.length() - 3);
        NetBoxSchema.Field field = NetBoxSchema.of(type).get(relation);
        if (field == null || field.to() == null) {
            return null;
        }
        for (String value : values) {
            if (!value.equals("null")
                    && (!value.matches("\\d+") || data.row(field.to(), Long.parseLong(value)) == null)) {
                throw NetBoxRefusal.field(
                        name, "Select a valid choice. " + value + " is not one of the available choices.");
            }
        }
        return row -> values.contains(row.number(relation) == null ? "null" : String.valueOf(row.number(relation)));
    }

    private Predicate<NetBoxRow> ofAddresses(ObjectType type, String name, List<String> values) {
        if (type == ObjectType.PREFIX) {
            return switch (name) {
                case "prefix" -> row -> values.stream().anyMatch(value -> isSame(row.address("prefix"), value));
                case "within" ->
                    row -> values.stream()
                            .anyMatch(value -> parse(value).covers(row.address("prefix"))
                                    && parse(value).mask()
                                            < row.address("prefix").mask());
                case "within_include" ->
                    row -> values.stream().anyMatch(value -> parse(value).covers(row.address("prefix")));
                case "contains" ->
                    row -> values.stream()
                            .anyMatch(value -> row.address("prefix").covers(parse(value)));
                case "mask_length" ->
                    row -> values.contains(String.valueOf(row.address("prefix").mask()));
                default -> null;
            };
        }
        if (type == ObjectType.IP_ADDRESS) {
            return switch (name) {
                case "address" ->
                    row -> values.stream()
                            .anyMatch(value -> value.contains("/")
                                    ? row.text("address").equals(parse(value).toString())
                                    : row.address("address")
                                            .host()
                                            .equals(parse(value).host()));
                case "parent" ->
                    row -> values.stream().anyMatch(value -> parse(value).covers(host(row.address("address"))));
                default -> null;
            };
        }
        return null;
    }

    private static NetBoxAddress host(NetBoxAddress address) {
        return address.at(address.number(), address.bits());
    }

    private static boolean isSame(NetBoxAddress prefix, String value) {
        return prefix.equals(parse(value).network());
    }

    private static NetBoxAddress parse(String value) {
        try {
            return NetBoxAddress.parse(value);
        } catch (IllegalArgumentException unreadable) {
            // NetBox finds nothing then.
            return new NetBoxAddress(0, java.math.BigInteger.ZERO, 0);
        }
    }

    private Predicate<NetBoxRow> custom(ObjectType type, String name, List<String> values) {
        NetBoxRow field = data.customField(type, name);
        if (field == null) {
            return null;
        }
        boolean loose = "loose".equals(field.text("filter_logic"));
        return row -> {
            String held = row.custom(name);
            return held != null
                    && values.stream()
                            .anyMatch(value -> loose
                                    ? held.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT))
                                    : held.equals(value));
        };
    }

    private static boolean hasTag(NetBoxRow row, String slug) {
        for (JsonNode tag : row.fields().path("tags")) {
            if (tag.asText().equals(slug)) {
                return true;
            }
        }
        return false;
    }
}
