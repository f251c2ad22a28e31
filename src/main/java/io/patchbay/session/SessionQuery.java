package io.patchbay.session;

import io.patchbay.session.SessionFilter.State;
import io.patchbay.wire.Octets;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A filter as SQL and its parameters, in their order. */
record SessionQuery(String sql, List<Object> parameters) {
    static SessionQuery of(SessionFilter filter) {
        SessionQuery query = new SessionQuery("", new ArrayList<>())
                .and("sv.subscriber_id = ?", filter.subscriberId())
                .and("s.service_id = ?", filter.serviceId())
                .and("s.line_id = ?", filter.lineId())
                .and("s.nas_name = ?", filter.nas())
                .and("s.user_name = ?", filter.userName())
                .and("s.circuit_id = ?", bytes(filter.circuitId()))
                .and("s.mac = ?", bytes(filter.mac()))
                .and(
                        "coalesce(s.ended_at, 'infinity') >= ?",
                        filter.from() == null ? null : Timestamp.from(filter.from()))
                .and("s.started_at <= ?", filter.to() == null ? null : Timestamp.from(filter.to()))
                .and(state(filter.state()));
        if (filter.address() != null) {
            query = query.and("s.id in (select session_id from session_address where " + PrefixMatch.CONDITION + ")")
                    .with(PrefixMatch.parameters(filter.address()).toArray());
        }
        if (filter.before() != null) {
            query = query.and("(s.started_at, s.id) < (?, ?)")
                    .with(
                            Timestamp.from(filter.before().startedAt()),
                            filter.before().id());
        }
        return query;
    }

    /** Only the newest, newest first. */
    SessionQuery newest(int limit) {
        return new SessionQuery(sql + " order by s.started_at desc, s.id desc limit ?", parameters).with(limit);
    }

    Object[] values() {
        return parameters.toArray();
    }

    /** What is live lies in the one partition that is not archived. */
    private static String state(State state) {
        return switch (state) {
            case null -> "true";
            case LIVE -> "s.ended_at is null and s.archived_on = 'infinity'";
            case ENDED -> "s.ended_at is not null and not s.presumed";
            case PRESUMED -> "s.presumed";
        };
    }

    SessionQuery and(String condition, Object value) {
        return value == null ? this : and(condition).with(value);
    }

    private SessionQuery and(String condition) {
        return new SessionQuery(sql + " and " + condition, parameters);
    }

    private SessionQuery with(Object... values) {
        List<Object> more = new ArrayList<>(parameters);
        more.addAll(Arrays.asList(values));
        return new SessionQuery(sql, more);
    }

    private static byte[] bytes(Octets octets) {
        return octets == null ? null : octets.toByteArray();
    }
}
