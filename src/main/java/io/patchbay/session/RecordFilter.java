package io.patchbay.session;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

/**
 * Which records are asked for; what is null does not matter.
 *
 * @param nas name of the NAS client
 * @param from when they came, by our clock; {@code to} is not included
 */
public record RecordFilter(String nas, Long serviceId, Instant from, Instant to) {
    SessionQuery query() {
        return new SessionQuery("", List.of())
                .and("r.received_at >= ?", from == null ? null : Timestamp.from(from))
                .and("r.received_at < ?", to == null ? null : Timestamp.from(to))
                .and("s.nas_name = ?", nas)
                .and("s.service_id = ?", serviceId);
    }
}
