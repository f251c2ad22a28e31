package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Reads what NetBox posts to a webhook. Versions differ: the type is {@code object_type}, in 4.2 and 4.3 only
 * {@code model} without its app; user and request are in {@code request} from 4.6 on, before in {@code username} and
 * {@code request_id}.
 */
public final class WebhookBody {
    private WebhookBody() {}

    /** @return the change, with 0 as its id; empty for a body of another kind, and for types the hub has nothing to do with */
    public static Optional<Change> read(JsonNode body) {
        Change.Action action = action(body.path("event").asText());
        Optional<ObjectType> type = type(body).filter(ObjectType::isClaimable);
        JsonNode objectId = body.path("data").path("id");
        if (action == null || type.isEmpty() || !objectId.canConvertToLong()) {
            return Optional.empty();
        }
        JsonNode snapshots = body.path("snapshots");
        return Optional.of(new Change(
                0,
                time(body.path("timestamp").asText()),
                either(body.path("request").path("user"), body.path("username")),
                either(body.path("request").path("id"), body.path("request_id")),
                action,
                type.get(),
                objectId.longValue(),
                fields(snapshots.path("prechange")),
                fields(snapshots.path("postchange"))));
    }

    private static Optional<ObjectType> type(JsonNode body) {
        if (body.path("object_type").isTextual()) {
            return ObjectType.ofModel(body.path("object_type").asText());
        }
        String model = "." + body.path("model").asText();
        for (ObjectType type : ObjectType.values()) {
            if (type.model().endsWith(model)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static Change.Action action(String event) {
        return switch (event) {
            case "created" -> Change.Action.CREATE;
            case "updated" -> Change.Action.UPDATE;
            case "deleted" -> Change.Action.DELETE;
            default -> null;
        };
    }

    private static JsonNode fields(JsonNode snapshot) {
        return snapshot.isObject() && !snapshot.isEmpty() ? snapshot : null;
    }

    private static String either(JsonNode first, JsonNode second) {
        return first.isTextual() ? first.asText() : second.isTextual() ? second.asText() : null;
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
