package io.patchbay.ledger.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.ObjectType;
import java.io.IOException;
import java.util.Optional;

/**
 * The bodies of NetBox's webhooks. Only what kind of object it is, its id, and whose request changed it are believed: all else is
 * asked of NetBox when the object is looked at.
 */
public final class WebhookReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NetBox netBox;
    private final ChangeInbox inbox;
    private final MeterRegistry meters;

    public WebhookReader(NetBox netBox, ChangeInbox inbox, MeterRegistry meters) {
        this.netBox = netBox;
        this.inbox = inbox;
        this.meters = meters;
    }

    /** What became of a webhook; a full inbox is the only one that is worth sending again. */
    public enum Heard {
        QUEUED,
        OWN,
        UNCONCERNED,
        MALFORMED,
        FULL
    }

    /** Stores which object changed. @throws org.springframework.dao.DataAccessException when the database is away */
    public Heard read(byte[] body) {
        Heard heard = take(body);
        meters.counter("patchbay.netbox.webhooks", "outcome", TypeWords.lower(heard))
                .increment();
        return heard;
    }

    private Heard take(byte[] body) {
        JsonNode hook;
        try {
            hook = JSON.readTree(body);
        } catch (IOException notJson) {
            return Heard.MALFORMED;
        }
        if (hook == null || !hook.isObject()) {
            return Heard.MALFORMED;
        }
        // Before NetBox 4.4 the kind of object is told by its bare model.
        String model = hook.path("object_type").asText(hook.path("model").asText(""));
        Optional<ObjectType> type = ObjectType.ofModel(model.contains(".") ? model : "ipam." + model);
        if (model.isEmpty()) {
            return Heard.MALFORMED;
        }
        if (type.isEmpty() || !ChangeIngestion.CONCERNED.contains(type.get())) {
            return Heard.UNCONCERNED;
        }
        JsonNode id = hook.path("data").path("id");
        if (!id.isIntegralNumber() || !id.canConvertToLong() || id.asLong() < 1) {
            return Heard.MALFORMED;
        }
        if (netBox.isOwn(
                text(hook.path("request").path("user")),
                text(hook.path("request").path("id")))) {
            return Heard.OWN;
        }
        JsonNode custom = hook.path("data").path("custom_fields");
        return inbox.put(
                        type.get(),
                        id.asLong(),
                        text(custom.path(netBox.customFields().key())),
                        text(custom.path(netBox.customFields().service())),
                        ChangeInbox.HeardBy.WEBHOOK)
                ? Heard.QUEUED
                : Heard.FULL;
    }

    private static String text(JsonNode value) {
        return value.isTextual()
                        && value.asText().length() <= 1_000
                        && value.asText().indexOf('\0') < 0
                ? value.asText()
                : null;
    }
}
