package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.Problem;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.Owners;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.workflow.Begun;
import io.patchbay.ledger.workflow.Wishes;
import io.patchbay.ledger.workflow.Workflow;
import io.patchbay.ledger.workflow.WorkflowKind;
import io.patchbay.ledger.workflow.WorkflowPlan;
import io.patchbay.ledger.workflow.WorkflowRequest;
import io.patchbay.ledger.workflow.Workflows;
import java.util.List;

/** What is done to a service in steps: shown before, applied as shown, tried again and rolled back. */
final class WorkflowOperations {
    private final Workflows workflows;
    private final Owners owners;
    private final OwnChanges ownChanges;

    WorkflowOperations(Workflows workflows, Owners owners, OwnChanges ownChanges) {
        this.workflows = workflows;
        this.owners = owners;
        this.ownChanges = ownChanges;
    }

    private record Wanted(String kind, long serviceId, Wishes wishes, String fingerprint) {
        WorkflowRequest request() {
            return new WorkflowRequest(
                    Words.parse(WorkflowKind.class, kind), serviceId, wishes == null ? Wishes.NONE : wishes);
        }
    }

    ApiResponse preview(ApiRequest request) {
        Wanted wanted = wanted(request);
        return ApiResponse.ok(WorkflowViews.Plan.of(workflows.preview(wanted.request())));
    }

    ApiResponse apply(ApiRequest request) {
        Wanted wanted = wanted(request);
        return answer(workflows.apply(wanted.request(), wanted.fingerprint(), request.actor()));
    }

    ApiResponse list(ApiRequest request) {
        List<Workflow> found = workflows.list(
                request.tenantId(),
                request.parameter("state").orElse(null),
                request.number("serviceId"),
                Cursors.position(request, Long.MAX_VALUE, Long::parseLong),
                request.limit());
        Long next = found.size() < request.limit()
                ? null
                : Long.valueOf(found.getLast().id());
        return ApiResponse.ok(
                Cursors.page(found.stream().map(WorkflowViews.Shown::of).toList(), next));
    }

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(WorkflowViews.Shown.of(own(request)));
    }

    ApiResponse retry(ApiRequest request) {
        return answer(workflows.retry(own(request).id(), request.actor()));
    }

    ApiResponse rollBack(ApiRequest request) {
        return answer(workflows.rollBack(own(request).id(), request.actor()));
    }

    /** Answers when the very next request is answered by what has been done so far. */
    ApiResponse answer(Begun begun) {
        return switch (begun) {
            case Begun.Started started -> answer(started.workflow());
            case Begun.Changed changed ->
                throw refused("What would be done is not what was approved; look at the preview.", changed.plan());
            case Begun.Refused refused ->
                throw refused(String.join(" ", refused.plan().conflicts()), refused.plan());
        };
    }

    private ApiResponse answer(Workflow workflow) {
        ownChanges.created(workflow.serviceId());
        ownChanges.service(workflow.serviceId());
        String location = "/api/v1/workflows/" + workflow.id();
        WorkflowViews.Shown shown = WorkflowViews.Shown.of(workflow);
        return workflow.hasEnded() ? new ApiResponse(200, location, shown) : ApiResponse.accepted(location, shown);
    }

    /** With the plan as it is now. */
    private static ProblemException refused(String detail, WorkflowPlan plan) {
        return new ProblemException(Problem.of(409, detail)
                .ofType("urn:patchbay:plan-refused")
                .with("preview", WorkflowViews.Plan.of(plan)));
    }

    private Wanted wanted(ApiRequest request) {
        Wanted wanted = request.json(Wanted.class);
        request.requireTenant(owners.tenantOf("services", wanted.serviceId()));
        requireOwnLine(request, wanted.request().wishes());
        return wanted;
    }

    /** Lines are of the access network: a tenant's token puts its services only where some of them live already. */
    private void requireOwnLine(ApiRequest request, Wishes wishes) {
        Long tenant = request.tenantId();
        if (tenant != null
                && (wishes.line() != null || wishes.lineId() != null && !owners.livesOn(tenant, wishes.lineId()))) {
            throw ProblemException.unprocessable(
                    "A tenant's token names only a lineId on which a service of it lives.");
        }
    }

    private Workflow own(ApiRequest request) {
        Workflow workflow = workflows.get(request.pathId("id"));
        request.requireTenant(owners.tenantOf("services", workflow.serviceId()));
        return workflow;
    }
}
