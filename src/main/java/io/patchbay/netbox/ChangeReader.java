package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows NetBox's log of changes, {@code /api/core/object-changes/}. */
final class ChangeReader {
    private final Asking asking;
    private final OwnRequests own;
    private final Duration settle;

    ChangeReader(Asking asking, OwnRequests own, Duration settle) {
        this.asking = asking;
        this.own = own;
        this.settle = settle;
    }

    NetBoxOutcome<Long> newest(Deadline deadline) {
        NetBoxCall call = NetBoxCall.read(
                NetBoxCall.path(ObjectType.OBJECT_CHANGE),
                Filters.of("ordering", "-id").and("limit", 1).query());
        return asking.ask(call, deadline)
                .then(answer ->
                        Answers.objects(ObjectType.OBJECT_CHANGE, answer.body().path("results")))
                .map(newest -> newest.isEmpty() ? 0L : newest.getFirst().id());
    }

    NetBoxOutcome<Changes> after(long cursor, Deadline deadline) {
        return asking.pageAnswer(ObjectType.OBJECT_CHANGE, Filters.none(), cursor, deadline)
                .then(answer -> Asking.page(ObjectType.OBJECT_CHANGE, answer, cursor)
                        // By NetBox's own clock: with one that is ahead, changes would settle too soon.
                        .map(page -> read(page, cursor, answer.at().minus(settle))));
    }

    private Changes read(Page page, long cursor, Instant settled) {
        List<Change> changes = new ArrayList<>();
        long next = cursor;
        boolean allSettled = true;
        for (NetBoxObject entry : page.objects()) {
            Instant at = time(entry.text("time"));
            allSettled &= at == null || !at.isAfter(settled);
            if (allSettled) {
                next = entry.id();
            }
            read(entry, at)
                    .filter(change -> !own.isOwn(change.user(), change.requestId()))
                    .ifPresent(changes::add);
        }
        return new Changes(changes, next, page.after() != null && next > cursor);
    }

    private static Optional<Change> read(NetBoxObject entry, Instant at) {
        Change.Action action = action(entry.text("action"));
        Long objectId = entry.number("changed_object_id");
        Optional<ObjectType> type = Optional.ofNullable(entry.text("changed_object_type"))
                .flatMap(ObjectType::ofModel)
                .filter(ObjectType::isClaimable);
        if (action == null || objectId == null || type.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Change(
                entry.id(),
                at,
                entry.text("user_name"),
                entry.text("request_id"),
                action,
                type.get(),
                objectId,
                fields(entry, "prechange_data"),
                fields(entry, "postchange_data")));
    }

    private static Change.Action action(String word) {
        for (Change.Action action : Change.Action.values()) {
            if (action.name().equalsIgnoreCase(word)) {
                return action;
            }
        }
        return null;
    }

    private static JsonNode fields(NetBoxObject entry, String name) {
        JsonNode fields = entry.fields().path(name);
        return fields.isObject() && !fields.isEmpty() ? fields : null;
    }

    private static Instant time(String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
