package io.patchbay.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What tells one record of a session from another: its kind, and how far the session had come. Not the packet: what is sent
 * again has a new identifier and a larger Acct-Delay-Time, and is the same record. An Acct-Session-Time together with every
 * counter says how far; without it, when it happened: by the NAS's clock, else by ours.
 *
 * @param sessionSeconds -1 when it has none
 * @param traffic null when it has no counters
 * @param eventAt by the NAS's clock; null when it does not tell the time
 * @param happenedAt by our clock, the delay taken off
 */
record ToldBefore(
        AccountingRecord.Kind kind, long sessionSeconds, Traffic traffic, Instant eventAt, Instant happenedAt) {
    /** Acct-Delay-Time has whole seconds. */
    private static final Duration DELAY_PRECISION = Duration.ofSeconds(2);

    static ToldBefore by(AccountingRecord record) {
        return new ToldBefore(
                record.kind(),
                record.sessionTime() == null ? -1 : record.sessionTime().toSeconds(),
                record.traffic(),
                Storable.time(record.eventTimestamp()),
                Storable.time(record.happenedAt()));
    }

    boolean isRepeatedBy(ToldBefore other) {
        if (kind != other.kind || sessionSeconds != other.sessionSeconds || !Objects.equals(traffic, other.traffic)) {
            return false;
        }
        if (sessionSeconds >= 0) {
            return true;
        }
        return eventAt != null && other.eventAt != null
                ? eventAt.equals(other.eventAt)
                : Duration.between(happenedAt, other.happenedAt).abs().compareTo(DELAY_PRECISION) <= 0;
    }
}
