package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * An object as NetBox gave it.
 *
 * @param fields all of it, as NetBox spells it: a relation is an object with {@code id}, a choice one with {@code value}
 * @param etag as {@link NetBox#patch} and {@link NetBox#delete} take it; null before NetBox 4.6, and for an object out of
 *     a list or an allocation: {@link NetBox#get} it where that matters
 */
public record NetBoxObject(ObjectType type, long id, ObjectNode fields, String etag) {
    /** @throws IllegalArgumentException when there is no number {@code id} in it */
    public static NetBoxObject of(ObjectType type, JsonNode json, String etag) {
        if (!(json instanceof ObjectNode fields) || !fields.path("id").canConvertToLong()) {
            throw new IllegalArgumentException("NetBox answered with something that is no " + type.model() + ".");
        }
        return new NetBoxObject(type, fields.path("id").longValue(), fields, etag);
    }

    /** {@code address}, {@code prefix}, {@code name}: the field as text; the value of a choice; null when it has none. */
    public String text(String field) {
        return scalar(fields.path(field));
    }

    /** {@code vid}; null when it has none. */
    public Long number(String field) {
        JsonNode value = fields.path(field);
        return value.canConvertToLong() ? value.longValue() : null;
    }

    /** The id of the object a relation points to ({@code vrf}, {@code group}, {@code tenant}); null when to none. */
    public Long related(String field) {
        JsonNode value = fields.path(field);
        JsonNode id = value.isObject() ? value.path("id") : value;
        return id.canConvertToLong() ? id.longValue() : null;
    }

    /** A custom field as text; null when it has none. */
    public String custom(String field) {
        return scalar(fields.path("custom_fields").path(field));
    }

    /** When it last changed, by NetBox's clock; null when NetBox does not say. */
    public Instant lastUpdated() {
        String text = text("last_updated");
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }

    private static String scalar(JsonNode node) {
        JsonNode value = node.isObject() ? node.path("value") : node;
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
