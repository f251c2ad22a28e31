package io.patchbay.lab;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.ObjectType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** NetBox's lists: filtered, in an order, page by page; by {@code start} from 4.6 on, which before is ignored. */
final class NetBoxListing {
    private static final int DEFAULT_PAGE = 50;
    private static final int LONGEST_PAGE = 1000;

    private final NetBoxFilters filters;
    private final NetBoxRendering rendering;
    private final int minor;

    NetBoxListing(NetBoxData data, NetBoxRendering rendering, int minor) {
        this.filters = new NetBoxFilters(data);
        this.rendering = rendering;
        this.minor = minor;
    }

    /** @param address of the list, without a query */
    ObjectNode page(ObjectType type, String rawQuery, String address) {
        Map<String, List<String>> query = query(rawQuery);
        int limit = Math.min(LONGEST_PAGE, number(query, "limit", DEFAULT_PAGE));
        limit = limit == 0 ? LONGEST_PAGE : limit;
        boolean cursor = minor >= 6 && query.containsKey("start");
        if (cursor && (query.containsKey("offset") || query.containsKey("ordering"))) {
            throw NetBoxRefusal.field("non_field_errors", "'start' and 'offset' are mutually exclusive.");
        }
        List<NetBoxRow> found = filters.apply(type, query);
        int offset = cursor ? 0 : number(query, "offset", 0);
        long start = cursor ? number(query, "start", 0) : 0;
        List<NetBoxRow> page = found.stream()
                .filter(row -> row.id() >= start)
                .sorted(order(
                        type,
                        cursor
                                ? "id"
                                : query.getOrDefault("ordering", List.of("")).getFirst()))
                .skip(offset)
                .limit(limit)
                .toList();
        boolean more = cursor ? page.size() == limit : offset + page.size() < found.size();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("count", cursor ? null : JsonNodeFactory.instance.numberNode(found.size()));
        body.put("next", more ? address + "?limit=" + limit + "&more" : null);
        body.putNull("previous");
        ArrayNode results = body.putArray("results");
        List<String> fields = split(query, "fields");
        List<String> omit = split(query, "omit");
        page.forEach(row -> results.add(rendering.chosen(row, fields, omit)));
        return body;
    }

    private static Comparator<NetBoxRow> order(ObjectType type, String ordering) {
        Comparator<NetBoxRow> byId = Comparator.comparingLong(NetBoxRow::id);
        if (ordering.equals("id")) {
            return byId;
        }
        if (ordering.equals("-id") || (ordering.isEmpty() && type == ObjectType.OBJECT_CHANGE)) {
            return byId.reversed();
        }
        return switch (type) {
            case PREFIX -> Comparator.comparing(row -> row.address("prefix"));
            case IP_ADDRESS -> Comparator.comparing(row -> row.address("address"));
            case IP_RANGE -> Comparator.comparing(row -> row.address("start_address"));
            case VLAN -> Comparator.comparing(row -> row.number("vid"));
            case VLAN_GROUP, VRF, ROLE, TENANT, CUSTOM_FIELD, TAG -> Comparator.comparing(row -> row.text("name"));
            case OBJECT_CHANGE -> byId;
        };
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            String value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            query.computeIfAbsent(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), same -> new ArrayList<>())
                    .add(value);
        }
        return query;
    }

    private static int number(Map<String, List<String>> query, String name, int otherwise) {
        try {
            return query.containsKey(name) ? Integer.parseInt(query.get(name).getFirst()) : otherwise;
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }

    private static List<String> split(Map<String, List<String>> query, String name) {
        return query.containsKey(name) ? List.of(query.get(name).getFirst().split(",")) : List.of();
    }
}
