package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the body of a 400: a map of field to messages; for a list, an array of such maps, or from 4.7
 * {@code {"detail", "errors": [{"index" or "id", "errors": {}}]}}.
 */
final class FieldErrors {
    private static final Set<String> WHOLE = Set.of("__all__", "non_field_errors", "detail");

    private FieldErrors() {}

    /** @param ofList whether a list was sent: NetBox may answer with one where there was none */
    static <T> NetBoxOutcome.Invalid<T> read(JsonNode body, boolean ofList) {
        Map<String, List<String>> fields = new TreeMap<>();
        if (body.path("errors").isArray()) {
            for (JsonNode one : body.path("errors")) {
                String which = one.path(one.has("index") ? "index" : "id").asText();
                collect(which, one.path("errors"), fields);
            }
        } else if (body.isArray()) {
            for (int i = 0; i < body.size(); i++) {
                collect(ofList && body.get(i).isObject() ? String.valueOf(i) : "", body.get(i), fields);
            }
        } else {
            collect("", body, fields);
        }
        if (fields.isEmpty()) {
            fields.put(NetBoxOutcome.Invalid.WHOLE, List.of("It does not say why."));
        }
        return new NetBoxOutcome.Invalid<>(fields);
    }

    private static void collect(String path, JsonNode errors, Map<String, List<String>> fields) {
        if (errors.isObject()) {
            errors.properties().forEach(field -> {
                String name = WHOLE.contains(field.getKey()) ? "" : field.getKey();
                String dot = path.isEmpty() || name.isEmpty() ? "" : ".";
                collect(path + dot + name, field.getValue(), fields);
            });
        } else if (errors.isArray()) {
            errors.forEach(error -> collect(path, error, fields));
        } else if (!errors.isMissingNode()) {
            fields.computeIfAbsent(path, same -> new ArrayList<>()).add(errors.asText());
        }
    }
}
