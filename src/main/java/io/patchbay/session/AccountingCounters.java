package io.patchbay.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.commit.Quietly;
import io.patchbay.ledger.Words;
import io.patchbay.radius.MalformedReason;
import io.patchbay.radius.netty.RadiusCounters;
import io.patchbay.request.KnownClients;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts what becomes of the datagrams on the accounting socket, {@code patchbay_radius_accounting_total{outcome}}, and what the
 * acknowledged ones told, {@code patchbay_accounting_records_total{kind}}.
 */
public final class AccountingCounters implements RadiusCounters, KnownClients.Refusals {
    /** Where a datagram ended; the name in lower case is the metric's {@code outcome}. */
    public enum Outcome {
        /** Stored, and then acknowledged. */
        ACKNOWLEDGED,
        /** Acknowledged and not stored: it tells of no session (tunnels, failures). */
        NO_SESSION,
        STATUS,
        /** Already being stored; the answer goes out once. */
        DUPLICATE,
        /** Acknowledged before; the same answer was sent again. */
        REPEATED,
        UNKNOWN_CLIENT,
        NOT_READY,
        MALFORMED,
        /** A code that does not belong on this socket. */
        WRONG_CODE,
        /** The Request Authenticator is right under none of the NAS's secrets. */
        BAD_AUTHENTICATOR,
        BAD_MESSAGE_AUTHENTICATOR,
        MISSING_MESSAGE_AUTHENTICATOR,
        NO_STATUS_TYPE,
        NO_SESSION_ID,
        /** More came than can be stored in the time that a NAS waits. */
        SHED,
        /** The store, and the journal beside it, took nothing. */
        NOT_STORED,
        ERROR
    }

    private final Quietly log = new Quietly(AccountingCounters.class);
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
    private final Map<MalformedReason, Counter> malformed = new EnumMap<>(MalformedReason.class);
    private final Map<AccountingRecord.Kind, Counter> records = new EnumMap<>(AccountingRecord.Kind.class);

    public AccountingCounters(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("patchbay.radius.accounting")
                            .description("Datagrams on the RADIUS accounting socket by what became of them")
                            .tag("outcome", Words.of(outcome))
                            .register(registry));
        }
        for (MalformedReason reason : MalformedReason.values()) {
            malformed.put(
                    reason,
                    Counter.builder("patchbay.radius.malformed")
                            .description("Datagrams that are no RADIUS packet, by what is wrong with them")
                            .tag("reason", Words.of(reason))
                            .register(registry));
        }
        for (AccountingRecord.Kind kind : AccountingRecord.Kind.values()) {
            records.put(
                    kind,
                    Counter.builder("patchbay.accounting.records")
                            .description("Accounting records acknowledged, by what they tell")
                            .tag("kind", Words.of(kind))
                            .register(registry));
        }
    }

    @Override
    public void malformed(MalformedReason reason) {
        count(Outcome.MALFORMED);
        malformed.get(reason).increment();
    }

    @Override
    public void unsendable(Object body) {
        count(Outcome.ERROR);
    }

    @Override
    public void failed(Throwable cause) {
        count(Outcome.ERROR);
        log.warn("A datagram on the RADIUS accounting socket was lost.", cause);
    }

    @Override
    public void notReady() {
        count(Outcome.NOT_READY);
    }

    @Override
    public void unknownClient() {
        count(Outcome.UNKNOWN_CLIENT);
    }

    public void count(Outcome outcome) {
        counters.get(outcome).increment();
    }

    public long value(Outcome outcome) {
        return (long) counters.get(outcome).count();
    }

    void acknowledged(AccountingRecord.Kind kind) {
        count(Outcome.ACKNOWLEDGED);
        records.get(kind).increment();
    }

    public long records(AccountingRecord.Kind kind) {
        return (long) records.get(kind).count();
    }
}
