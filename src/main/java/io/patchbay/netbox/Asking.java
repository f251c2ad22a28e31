package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** Asks a NetBox that is known to be new enough, and reads its pages. */
final class Asking {
    /** How long it is taken for granted that NetBox is still the same. */
    private static final Duration KNOWN_FOR = Duration.ofMinutes(5);

    /** Gunicorn, NetBox's web server, takes a first line of 4,094 bytes. */
    private static final int LONGEST_QUERY = 3_000;

    private record Known(Capabilities capabilities, long untilNanos) {}

    private final CallNetBox calls;
    private final int pageSize;
    private volatile Known known;

    Asking(CallNetBox calls, int pageSize) {
        this.calls = calls;
        this.pageSize = pageSize;
    }

    /** Asks in any case. */
    NetBoxOutcome<Capabilities> status(Deadline deadline) {
        NetBoxCall call = NetBoxCall.status();
        NetBoxOutcome<Capabilities> outcome = Answers.outcome(call, calls.call(call, deadline))
                .then(answer ->
                        Capabilities.of(answer.body().path("netbox-version").textValue()));
        if (outcome instanceof NetBoxOutcome.Done<Capabilities> done) {
            known = new Known(done.value(), System.nanoTime() + KNOWN_FOR.toNanos());
        } else if (!(outcome instanceof NetBoxOutcome.Away<Capabilities>)) {
            known = null;
        }
        return outcome;
    }

    NetBoxOutcome<Capabilities> capabilities(Deadline deadline) {
        Known now = known;
        return now != null && System.nanoTime() < now.untilNanos()
                ? new NetBoxOutcome.Done<>(now.capabilities())
                : status(deadline);
    }

    NetBoxOutcome<NetBoxReply.Answer> ask(NetBoxCall call, Deadline deadline) {
        return capabilities(deadline).then(able -> Answers.outcome(call, calls.call(call, deadline)));
    }

    /** What {@link NetBox#page} says. */
    NetBoxOutcome<Page> page(ObjectType type, Filters filters, long after, Deadline deadline) {
        return pageAnswer(type, filters, after, deadline).then(answer -> page(type, answer, after));
    }

    /** The answer that {@link #page(ObjectType, NetBoxReply.Answer, long)} reads. */
    NetBoxOutcome<NetBoxReply.Answer> pageAnswer(ObjectType type, Filters filters, long after, Deadline deadline) {
        if (filters.query().length() > LONGEST_QUERY) {
            throw new IllegalArgumentException("Filters of " + filters.query().length()
                    + " characters are longer than web servers take, " + LONGEST_QUERY);
        }
        return capabilities(deadline).then(able -> {
            Filters paged = able.cursorPaging()
                    ? filters.and("start", after + 1)
                    : filters.and("id__gt", after).and("ordering", "id");
            NetBoxCall call = NetBoxCall.read(
                    NetBoxCall.path(type), paged.and("limit", pageSize).query());
            return Answers.outcome(call, calls.call(call, deadline));
        });
    }

    static NetBoxOutcome<Page> page(ObjectType type, NetBoxReply.Answer answer, long after) {
        JsonNode body = answer.body();
        return Answers.objects(type, body.path("results")).then(objects -> {
            long last = after;
            for (NetBoxObject object : objects) {
                if (object.id() <= last) {
                    return new NetBoxOutcome.Away<>(
                            "NetBox does not give " + type.model()
                                    + " in the order of the ids; nothing can be relied on.",
                            false);
                }
                last = object.id();
            }
            boolean more = body.path("next").isTextual() && !objects.isEmpty();
            return new NetBoxOutcome.Done<>(new Page(List.copyOf(objects), more ? last : null));
        });
    }
}
