package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.netbox.NetBoxCall.Action;
import java.util.ArrayList;
import java.util.List;

/** What an answer of NetBox means. */
final class Answers {
    private static final int LONGEST_DETAIL = 300;

    private Answers() {}

    /** The answer itself when NetBox did what was asked. */
    static NetBoxOutcome<NetBoxReply.Answer> outcome(NetBoxCall call, NetBoxReply reply) {
        return switch (reply) {
            case NetBoxReply.Lost lost ->
                new NetBoxOutcome.Away<>(
                        lost.reason(), lost.heard() && call.action().writes());
            case NetBoxReply.Answer answer -> outcome(call, answer);
        };
    }

    private static NetBoxOutcome<NetBoxReply.Answer> outcome(NetBoxCall call, NetBoxReply.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new NetBoxOutcome.Done<>(answer);
        }
        String detail = detail(answer.body());
        return switch (status) {
            case 400 ->
                FieldErrors.read(
                        answer.body(), call.body() != null && call.body().isArray());
            case 401, 403 ->
                new NetBoxOutcome.Denied<>("NetBox does not let the hub's token "
                        + call.action().word() + " " + call.path() + " (" + status + "): " + detail);
            case 404 -> new NetBoxOutcome.Missing<>("NetBox has no " + call.path() + ", or the token may not see it.");
            case 409 ->
                call.action() == Action.ALLOCATE
                        ? new NetBoxOutcome.Exhausted<>("There is nothing free left in " + parent(call.path()) + ".")
                        : new NetBoxOutcome.Conflict<>(detail);
            case 412 -> new NetBoxOutcome.Stale<>(answer.etag());
            default ->
                new NetBoxOutcome.Away<>(
                        "NetBox answered " + status + " to " + call.path() + ": " + detail,
                        call.action().writes());
        };
    }

    static NetBoxOutcome<NetBoxObject> object(ObjectType type, NetBoxReply.Answer answer) {
        try {
            return new NetBoxOutcome.Done<>(NetBoxObject.of(type, answer.body(), answer.etag()));
        } catch (IllegalArgumentException unreadable) {
            return new NetBoxOutcome.Away<>(unreadable.getMessage(), true);
        }
    }

    static NetBoxOutcome<List<NetBoxObject>> objects(ObjectType type, JsonNode list) {
        if (!list.isArray()) {
            return new NetBoxOutcome.Away<>("NetBox answered with something that is no list.", true);
        }
        List<NetBoxObject> objects = new ArrayList<>(list.size());
        try {
            list.forEach(one -> objects.add(NetBoxObject.of(type, one, null)));
        } catch (IllegalArgumentException unreadable) {
            return new NetBoxOutcome.Away<>(unreadable.getMessage(), true);
        }
        return new NetBoxOutcome.Done<>(objects);
    }

    private static String parent(String path) {
        return path.replaceFirst("/[^/]+/$", "");
    }

    private static String detail(JsonNode body) {
        String text = body.path("detail").isTextual() ? body.path("detail").asText() : body.toString();
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() > LONGEST_DETAIL ? line.substring(0, LONGEST_DETAIL) + "…" : line;
    }
}
