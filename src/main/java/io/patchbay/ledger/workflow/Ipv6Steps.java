package io.patchbay.ledger.workflow;

import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.ipv6.Ipv6Lifecycle;
import io.patchbay.ledger.ipv6.Ipv6Mode;
import io.patchbay.ledger.ipv6.Ipv6State;
import io.patchbay.ledger.workflow.PlannedStep.Action;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** The steps of IPv6. They wait for NetBox where it chooses, and for the last session when something is taken back. */
final class Ipv6Steps {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final JdbcTemplate jdbc;
    private final Ipv6Lifecycle lifecycle;

    Ipv6Steps(JdbcTemplate jdbc, Ipv6Lifecycle lifecycle) {
        this.jdbc = jdbc;
        this.lifecycle = lifecycle;
    }

    Map<Action, StepAction> actions() {
        return Map.of(
                Action.ENABLE_IPV6, StepAction.of(this::enable, this::enableBack),
                Action.SUSPEND_IPV6, StepAction.of(this::suspend, this::resume),
                Action.RESUME_IPV6, StepAction.of(this::resume, this::suspend),
                Action.RENUMBER_IPV6, StepAction.of(this::renumber, this::staysRenumbered),
                Action.REVOKE_IPV6, StepAction.of(this::revoke, this::unrevoke));
    }

    /** @param mode null when it was never given one; likewise the others */
    private record Row(String mode, String state, String reason) {
        boolean is(Ipv6State wanted) {
            return wanted.word().equals(state);
        }
    }

    private Row row(long serviceId) {
        return jdbc
                .query(
                        "select mode, state, reason from service_ipv6 where service_id = ?",
                        (row, number) -> new Row(row.getString(1), row.getString(2), row.getString(3)),
                        serviceId)
                .stream()
                .findFirst()
                .orElse(new Row(null, null, null));
    }

    private StepOutcome enable(StepRun run) {
        Row found = row(run.serviceId());
        Map<String, Object> result = new LinkedHashMap<>();
        if (!run.step().result().containsKey("ipv6Found")) {
            result.put("ipv6Found", found.mode());
            result.put("ipv6StateFound", found.state());
        }
        return enable(run, Ipv6Mode.of(run.text("mode")), found, result);
    }

    private StepOutcome enable(StepRun run, Ipv6Mode mode, Row found, Map<String, Object> result) {
        if (found.is(Ipv6State.REVOKING) && mode != Ipv6Mode.NONE) {
            return new StepOutcome.Waiting("IPv6 is still being taken back.", LOOK_AGAIN, result);
        }
        Ipv6State state = lifecycle.enable(run.serviceId(), mode, run.actor());
        if (state == null) {
            return new StepOutcome.Done("It had no IPv6.", result);
        }
        return switch (state) {
            case ALLOCATED, ACTIVE, SUSPENDED ->
                new StepOutcome.Done("IPv6 by " + mode.word() + ": " + prefixes(run) + ".", result);
            case REVOKING, REVOKED -> new StepOutcome.Done("IPv6 is " + state.word() + ".", result);
            case PENDING ->
                new StepOutcome.Waiting(orElse(row(run.serviceId()).reason(), "NetBox is asked."), LOOK_AGAIN, result);
            case FAILED ->
                throw new LedgerConflict(orElse(row(run.serviceId()).reason(), "IPv6 could not be allocated."));
        };
    }

    private StepOutcome enableBack(StepRun run) {
        if (!run.step().result().containsKey("ipv6Found")) {
            return StepOutcome.done("IPv6 was not changed.");
        }
        Row now = row(run.serviceId());
        String former = (String) run.result("ipv6Found");
        boolean hadNone = former == null || "revoked".equals(run.result("ipv6StateFound"));
        if (hadNone) {
            if (now.state() == null || now.is(Ipv6State.REVOKED) || now.is(Ipv6State.REVOKING)) {
                return StepOutcome.done("It has no IPv6.");
            }
            return StepOutcome.done(
                    "IPv6 is " + lifecycle.revoke(run.serviceId(), run.actor()).word() + ".");
        }
        return enable(run, Ipv6Mode.of(former), now, Map.of());
    }

    private StepOutcome suspend(StepRun run) {
        Row found = row(run.serviceId());
        if (found.is(Ipv6State.ALLOCATED) || found.is(Ipv6State.ACTIVE)) {
            lifecycle.suspend(run.serviceId(), run.actor());
            return StepOutcome.done("IPv6 is kept, and given no more.");
        }
        return StepOutcome.done("IPv6 is " + orElse(found.state(), "not there") + ".");
    }

    private StepOutcome resume(StepRun run) {
        Row found = row(run.serviceId());
        if (found.is(Ipv6State.SUSPENDED)) {
            lifecycle.resume(run.serviceId(), run.actor());
            return StepOutcome.done("IPv6 is given again.");
        }
        return StepOutcome.done("IPv6 is " + orElse(found.state(), "not there") + ".");
    }

    /** Once: what NetBox chooses in place of the former comes later, and is not renumbered again. */
    private StepOutcome renumber(StepRun run) {
        boolean isBegun = run.result("former") != null;
        Map<String, Object> result = isBegun ? Map.of() : Map.of("former", prefixes(run));
        if (!isBegun) {
            lifecycle.renumber(run.serviceId(), run.actor());
        }
        Row now = row(run.serviceId());
        if (now.is(Ipv6State.PENDING)) {
            return new StepOutcome.Waiting(orElse(now.reason(), "NetBox is asked."), LOOK_AGAIN, result);
        }
        if (now.is(Ipv6State.FAILED)) {
            throw new LedgerConflict(orElse(now.reason(), "IPv6 could not be allocated."));
        }
        return new StepOutcome.Done("It has " + prefixes(run) + ".", result);
    }

    private StepOutcome staysRenumbered(StepRun run) {
        return StepOutcome.done(
                run.result("former") == null
                        ? "IPv6 was not renumbered."
                        : "It keeps " + prefixes(run) + ": the former prefixes " + run.result("former")
                                + " end their lifetimes.");
    }

    private StepOutcome revoke(StepRun run) {
        Row found = row(run.serviceId());
        if (found.state() == null && prefixes(run).isEmpty()) {
            return StepOutcome.done("It had no IPv6.");
        }
        Map<String, Object> result = new LinkedHashMap<>();
        if (run.result("ipv6Found") == null) {
            result.put("ipv6Found", orElse(found.mode(), Ipv6Mode.DUAL_STACK.word()));
            result.put("former", prefixes(run));
        }
        Ipv6State state = lifecycle.revoke(run.serviceId(), run.actor());
        return state == Ipv6State.REVOKED
                ? new StepOutcome.Done("IPv6 is taken back, and nobody has it any more.", result)
                : new StepOutcome.Waiting("Not everybody has let go of IPv6 yet.", LOOK_AGAIN, result);
    }

    private StepOutcome unrevoke(StepRun run) {
        if (run.result("ipv6Found") == null) {
            return StepOutcome.done("IPv6 was not taken back.");
        }
        return enable(run, Ipv6Mode.of((String) run.result("ipv6Found")), row(run.serviceId()), Map.of());
    }

    private List<String> prefixes(StepRun run) {
        return jdbc.queryForList(
                "select text(prefix) from service_prefix where service_id = ? and kind like 'ipv6-%' and kind <> 'ipv6-route'"
                        + " order by kind, prefix",
                String.class, run.serviceId());
    }

    private static String orElse(String sentence, String other) {
        return sentence == null ? other : sentence;
    }
}
