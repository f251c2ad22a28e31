package io.patchbay.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.ObjectType;
import java.util.Map;

/** NetBox's serializers: reads what a client sent into plain fields, or refuses it with a map of fields. */
final class NetBoxCleaner {
    private final NetBoxData data;
    private final boolean refusesUnknownFields;

    NetBoxCleaner(NetBoxData data, boolean refusesUnknownFields) {
        this.data = data;
        this.refusesUnknownFields = refusesUnknownFields;
    }

    /** @param existing null when it is created */
    ObjectNode clean(ObjectType type, JsonNode body, NetBoxRow existing) {
        ObjectNode errors = JsonNodeFactory.instance.objectNode();
        if (!body.isObject()) {
            errors.putArray("non_field_errors").add("Invalid data. Expected a dictionary.");
            throw new NetBoxRefusal(400, errors);
        }
        ObjectNode clean = existing == null
                ? JsonNodeFactory.instance.objectNode()
                : existing.fields().deepCopy();
        NetBoxSchema.of(type).forEach((name, field) -> {
            if (body.has(name)) {
                try {
                    clean.set(name, value(field, body.get(name)));
                } catch (NetBoxRefusal wrong) {
                    errors.set(name, wrong.body.path("value"));
                }
            } else if (existing == null && field.required()) {
                errors.putArray(name).add("This field is required.");
            } else if (existing == null) {
                clean.set(name, initial(field));
            }
        });
        if (type.isClaimable()) {
            customFields(type, body, clean, errors);
            tags(body, clean, errors);
        }
        if (!errors.isEmpty()) {
            throw new NetBoxRefusal(400, errors);
        }
        return clean;
    }

    private void customFields(ObjectType type, JsonNode body, ObjectNode clean, ObjectNode errors) {
        ObjectNode values = clean.withObjectProperty("custom_fields");
        body.path("custom_fields").properties().forEach(given -> {
            if (data.customField(type, given.getKey()) != null) {
                values.set(given.getKey(), given.getValue());
            } else if (refusesUnknownFields) {
                errors.withObjectProperty("custom_fields")
                        .put(
                                given.getKey(),
                                "Custom field '" + given.getKey() + "' does not exist for this object type.");
            }
        });
    }

    private void tags(JsonNode body, ObjectNode clean, ObjectNode errors) {
        ArrayNode slugs = JsonNodeFactory.instance.arrayNode();
        for (JsonNode tag : body.path("tags")) {
            String slug = data.tag(tag);
            if (slug == null) {
                errors.putArray("tags").add("Related object not found using the provided attributes: " + tag);
            } else if (!contains(slugs, slug)) {
                slugs.add(slug);
            }
        }
        if (body.has("tags") || !clean.has("tags")) {
            clean.set("tags", slugs);
        }
    }

    private static boolean contains(ArrayNode slugs, String slug) {
        for (JsonNode present : slugs) {
            if (present.asText().equals(slug)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode value(NetBoxSchema.Field field, JsonNode given) {
        if (given.isNull()) {
            if (field.required() || field.kind() == NetBoxSchema.Kind.FLAG) {
                throw wrong("This field may not be null.");
            }
            return field.kind() == NetBoxSchema.Kind.TEXT && "".equals(field.initial())
                    ? JsonNodeFactory.instance.textNode("")
                    : given;
        }
        return switch (field.kind()) {
            case TEXT -> text(field, given);
            case NUMBER -> number(given);
            case FLAG -> given.isBoolean() ? given : bad("Must be a valid boolean.");
            case CHOICE -> choice(field, given);
            case RELATION -> relation(field.to(), given);
            case ADDRESS -> address(given, false);
            case NETWORK -> address(given, true);
            case VLAN_RANGES, MODELS, ANY -> given;
        };
    }

    private static JsonNode text(NetBoxSchema.Field field, JsonNode given) {
        if (given.isContainerNode()) {
            throw wrong("Not a valid string.");
        }
        if (field.required() && given.asText().isBlank()) {
            throw wrong("This field may not be blank.");
        }
        return JsonNodeFactory.instance.textNode(given.asText());
    }

    private static JsonNode number(JsonNode given) {
        try {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(given.asText()));
        } catch (NumberFormatException none) {
            throw wrong("A valid integer is required.");
        }
    }

    private static JsonNode choice(NetBoxSchema.Field field, JsonNode given) {
        if (given.asText().isEmpty() && field.initial() == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (!field.choices().isEmpty() && !field.choices().contains(given.asText())) {
            throw wrong(given.asText() + " is not a valid choice.");
        }
        return given;
    }

    private JsonNode relation(ObjectType to, JsonNode given) {
        if (given.isObject()) {
            for (NetBoxRow row : data.all(to)) {
                boolean match = true;
                for (Map.Entry<String, JsonNode> attribute : given.properties()) {
                    match &= attribute.getValue().asText().equals(row.text(attribute.getKey()))
                            || attribute.getKey().equals("id")
                                    && attribute.getValue().asLong() == row.id();
                }
                if (match) {
                    return JsonNodeFactory.instance.numberNode(row.id());
                }
            }
            throw wrong("Related object not found using the provided attributes: " + given);
        }
        if (data.row(to, given.asLong()) == null) {
            throw wrong("Related object not found using the provided numeric ID: " + given.asText());
        }
        return JsonNodeFactory.instance.numberNode(given.asLong());
    }

    private static JsonNode address(JsonNode given, boolean network) {
        try {
            NetBoxAddress address = NetBoxAddress.parse(given.asText());
            if (network && !address.equals(address.network())) {
                throw wrong(address + " is not a valid prefix. Did you mean " + address.network() + "?");
            }
            return JsonNodeFactory.instance.textNode(address.toString());
        } catch (IllegalArgumentException unreadable) {
            throw wrong("Invalid IP address format: " + given.asText());
        }
    }

    private static JsonNode initial(NetBoxSchema.Field field) {
        if (field.kind() == NetBoxSchema.Kind.VLAN_RANGES) {
            ArrayNode ranges = JsonNodeFactory.instance.arrayNode();
            ranges.addArray().add(1).add(4094);
            return ranges;
        }
        return field.initial() == null
                ? JsonNodeFactory.instance.nullNode()
                : switch (field.kind()) {
                    case FLAG -> JsonNodeFactory.instance.booleanNode((Boolean) field.initial());
                    case NUMBER -> JsonNodeFactory.instance.numberNode((Integer) field.initial());
                    case TEXT, CHOICE, RELATION, ADDRESS, NETWORK, VLAN_RANGES, MODELS, ANY ->
                        JsonNodeFactory.instance.textNode(field.initial().toString());
                };
    }

    private static JsonNode bad(String message) {
        throw wrong(message);
    }

    private static NetBoxRefusal wrong(String message) {
        return NetBoxRefusal.field("value", message);
    }
}
