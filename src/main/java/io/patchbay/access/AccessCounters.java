package io.patchbay.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.commit.Quietly;
import io.patchbay.ledger.Words;
import io.patchbay.radius.MalformedReason;
import io.patchbay.radius.netty.RadiusCounters;
import io.patchbay.request.KnownClients;
import java.util.EnumMap;
import java.util.Map;

/** Counts what becomes of the datagrams on the authentication socket: {@code patchbay_radius_access_total{outcome}}. */
public final class AccessCounters implements RadiusCounters, KnownClients.Refusals {
    /** Where a datagram ended; the name in lower case is the metric's {@code outcome}. */
    public enum Outcome {
        ACCEPT,
        QUARANTINE,
        REJECT,
        STATUS,
        /** Nobody known, and the NAS's policy is silence. */
        SILENT,
        /** Already being answered; the answer goes out once. */
        DUPLICATE,
        /** Answered before; the same answer was sent again. */
        REPEATED,
        UNKNOWN_CLIENT,
        NOT_READY,
        MALFORMED,
        /** A code that does not belong on this socket. */
        WRONG_CODE,
        BAD_MESSAGE_AUTHENTICATOR,
        MISSING_MESSAGE_AUTHENTICATOR,
        /** Proxy-State without Message-Authenticator, refused by limit_proxy_state. */
        UNPROTECTED_PROXY_STATE,
        /** Too much waits for the ledger or for slow passwords. */
        SHED,
        /** Memory decided alone, for the ledger did not answer in time; counted beside what became of the request. */
        LEDGER_SILENT,
        /** Let in although its sessions could not be counted in time; counted beside the accept. */
        SESSIONS_UNCOUNTED,
        /** The reply profile makes more than a packet holds. */
        REPLY_TOO_LONG,
        ERROR
    }

    private final Quietly log = new Quietly(AccessCounters.class);

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
    private final Map<MalformedReason, Counter> malformed = new EnumMap<>(MalformedReason.class);

    public AccessCounters(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("patchbay.radius.access")
                            .description("Datagrams on the RADIUS authentication socket by what became of them")
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
        log.warn("A datagram on the RADIUS authentication socket was lost.", cause);
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
}
