package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** Subscribers with their services, to read. */
final class SubscriberOperations {
    private static final String SUBSCRIBERS = """
            select subscriber.id, tenant.name as tenant, subscriber.external_id, subscriber.created_at
            from subscriber join tenant on tenant.id = subscriber.tenant_id
            where %s
            order by subscriber.id limit ?""";

    private static final String HAS_SERVICE =
            "exists (select 1 from service where service.subscriber_id = subscriber.id and %s)";
    private static final String BY_USER = "subscriber.id in (select service.subscriber_id from credential"
            + " join service on service.id = credential.service_id where credential.user_name = ?)";

    private record SubscriberView(
            long id, String tenant, String externalId, Instant createdAt, List<ServiceView> services) {}

    private final JdbcTemplate jdbc;
    private final ServiceReader services;

    SubscriberOperations(JdbcTemplate jdbc, ServiceReader services) {
        this.jdbc = jdbc;
        this.services = services;
    }

    ApiResponse list(ApiRequest request) {
        Conditions conditions = new Conditions()
                .and("subscriber.id > ?", Optional.of(Page.read(request.parameter("cursor"), 0L, Long::parseLong)))
                .and("tenant.name = ?", request.parameter("tenant"))
                .and("subscriber.external_id = ?", request.parameter("externalId"))
                .and(BY_USER, request.parameter("userName"))
                .and(HAS_SERVICE.formatted("service.state = ?"), request.parameter("state"))
                .and(
                        HAS_SERVICE.formatted("service.plan_id in (select id from plan where name = ?)"),
                        request.parameter("plan"));
        List<SubscriberView> found = find(conditions, request.limit() + 1);
        return ApiResponse.ok(Page.of(found, request.limit(), subscriber -> Long.toString(subscriber.id())));
    }

    ApiResponse get(ApiRequest request) {
        long id = request.pathId("id");
        return find(new Conditions().and("subscriber.id = ?", Optional.of(id)), 1).stream()
                .findFirst()
                .map(ApiResponse::ok)
                .orElseThrow(() -> ProblemException.notFound("There is no subscriber " + id + "."));
    }

    private List<SubscriberView> find(Conditions conditions, int limit) {
        List<SubscriberView> bare = jdbc.query(
                SUBSCRIBERS.formatted(conditions.sql()),
                (row, number) -> new SubscriberView(
                        row.getLong("id"),
                        row.getString("tenant"),
                        row.getString("external_id"),
                        row.getTimestamp("created_at").toInstant(),
                        List.of()),
                conditions.valuesAnd(limit));
        Map<Long, List<ServiceView>> bySubscriber =
                services.ofSubscribers(bare.stream().map(SubscriberView::id).toList()).stream()
                        .collect(Collectors.groupingBy(ServiceView::subscriberId));
        return bare.stream()
                .map(subscriber -> new SubscriberView(
                        subscriber.id(),
                        subscriber.tenant(),
                        subscriber.externalId(),
                        subscriber.createdAt(),
                        bySubscriber.getOrDefault(subscriber.id(), List.of())))
                .toList();
    }
}
