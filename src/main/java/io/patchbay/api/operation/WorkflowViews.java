package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.workflow.LineMatch;
import io.patchbay.ledger.workflow.PlannedStep;
import io.patchbay.ledger.workflow.StoredStep;
import io.patchbay.ledger.workflow.UnknownLine;
import io.patchbay.ledger.workflow.WaitingOrder;
import io.patchbay.ledger.workflow.Wishes;
import io.patchbay.ledger.workflow.Workflow;
import io.patchbay.ledger.workflow.WorkflowPlan;
import io.patchbay.wire.Octets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Workflows, orders and unknown lines as the contract shows them. */
final class WorkflowViews {
    private WorkflowViews() {}

    record Step(String action, String title, Map<String, Object> before, Map<String, Object> after) {
        static Step of(PlannedStep step) {
            return new Step(Words.of(step.action()), step.title(), step.before(), step.after());
        }
    }

    record Plan(
            String kind,
            long serviceId,
            List<Step> steps,
            List<String> warnings,
            List<String> conflicts,
            String fingerprint) {
        static Plan of(WorkflowPlan plan) {
            return new Plan(
                    Words.of(plan.request().kind()),
                    plan.request().serviceId(),
                    plan.steps().stream().map(Step::of).toList(),
                    plan.warnings(),
                    plan.conflicts(),
                    plan.fingerprint());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DoneStep(
            int position,
            String action,
            String title,
            Map<String, Object> before,
            Map<String, Object> after,
            String state,
            int attempts,
            String detail,
            Instant startedAt,
            Instant endedAt) {
        static DoneStep of(StoredStep step) {
            return new DoneStep(
                    step.position(),
                    Words.of(step.action()),
                    step.title(),
                    step.before(),
                    step.after(),
                    step.state(),
                    step.attempts(),
                    step.detail(),
                    step.startedAt(),
                    step.endedAt());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            long id,
            String kind,
            long serviceId,
            Wishes wishes,
            String state,
            boolean rollingBack,
            String detail,
            String actor,
            String reason,
            String fingerprint,
            Instant startedAt,
            Instant endedAt,
            List<DoneStep> steps) {
        static Shown of(Workflow workflow) {
            return new Shown(
                    workflow.id(),
                    Words.of(workflow.kind()),
                    workflow.serviceId(),
                    workflow.wishes(),
                    workflow.state(),
                    workflow.rollingBack(),
                    workflow.detail(),
                    workflow.actor(),
                    workflow.reason(),
                    workflow.fingerprint(),
                    workflow.startedAt(),
                    workflow.endedAt(),
                    workflow.steps().stream().map(DoneStep::of).toList());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Order(
            long serviceId,
            String subscriber,
            String userName,
            String plan,
            String accessNode,
            String onuSerial,
            Integer uni,
            String circuitId,
            String remoteId,
            String mac,
            String note,
            Instant since) {
        static Order of(WaitingOrder order) {
            return new Order(
                    order.serviceId(),
                    order.subscriber(),
                    order.userName(),
                    order.plan(),
                    order.accessNode(),
                    order.onuSerial(),
                    order.uni(),
                    display(order.circuitId()),
                    display(order.remoteId()),
                    order.mac() == null ? null : order.mac().hex(),
                    order.note(),
                    order.since());
        }
    }

    record Match(Order order, String strength, List<String> reasons) {
        static Match of(LineMatch match) {
            return new Match(Order.of(match.order()), match.strong() ? "strong" : "weak", match.reasons());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            long sightingId,
            String nas,
            Long serviceId,
            String userName,
            String circuitId,
            String remoteId,
            String nasPortId,
            String mac,
            Instant firstSeen,
            Instant lastSeen,
            long times,
            List<Match> matches) {
        static Line of(UnknownLine line, List<LineMatch> matches) {
            return new Line(
                    line.sightingId(),
                    line.nas(),
                    line.serviceId(),
                    line.userName(),
                    display(line.circuitId()),
                    display(line.remoteId()),
                    display(line.nasPortId()),
                    line.mac() == null ? null : line.mac().hex(),
                    line.firstSeen(),
                    line.lastSeen(),
                    line.times(),
                    matches.stream().map(Match::of).toList());
        }
    }

    private static String display(Octets octets) {
        return octets == null ? null : octets.display();
    }
}
