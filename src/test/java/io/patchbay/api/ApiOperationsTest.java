package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.api.security.Caller;
import io.patchbay.api.security.Role;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What stands between Camel's route and the work. */
class ApiOperationsTest {
    private final Contract contract = Contract.load();
    private final AtomicInteger done = new AtomicInteger();
    private RuntimeException failure;

    @Test
    void anOperationThatTheGateDidNotAllowIsNotDone() throws Exception {
        assertThat(status(ask("direct:revokeToken", "DELETE", "/api/v1/tokens/1")))
                .isEqualTo(204);
        assertThat(done).hasValue(1);
        assertThat(status(ask("direct:revokeToken", "GET", "/api/v1/subscribers/1")))
                .isEqualTo(500);
        assertThat(done).hasValue(1);
    }

    @Test
    void whatMayPassInAMomentSaysWhenToComeAgain() throws Exception {
        failure = new TaskRejectedException("full");
        Exchange busy = ask("direct:getSubscriber", "GET", "/api/v1/subscribers/1");
        assertThat(status(busy)).isEqualTo(503);
        assertThat(busy.getMessage().getHeader("Retry-After")).isEqualTo("5");
        MockHttpServletResponse response = new MockHttpServletResponse();
        Problems.of(failure, "here").writeTo(response);
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("5");
    }

    private Exchange ask(String route, String method, String path) throws Exception {
        Map<String, ApiOperation> table = contract.operations().stream()
                .collect(Collectors.toMap(Contract.Operation::id, operation -> this::work));
        Idempotency idempotency = new Idempotency(null, null, Duration.ofHours(1), Duration.ofHours(1));
        var match = (Contract.Match.Found) contract.match(method, path);
        StoredBody body = StoredBody.inMemory(new ByteArrayInputStream(new byte[0]), 10);
        MockHttpServletRequest servlet = new MockHttpServletRequest(method, path);
        servlet.setAttribute(
                ApiRequest.ATTRIBUTE,
                new ApiRequest(
                        match.operation(),
                        match.pathVariables(),
                        Map.of(),
                        body,
                        new Caller(1, "tester", Role.VIEWER),
                        null,
                        null,
                        null,
                        null,
                        null));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new ApiOperations(
                    contract,
                    table,
                    new Answers(contract, one -> table.get(one.id()), idempotency, new ObjectMapper(), null)));
            camel.start();
            return camel.createProducerTemplate()
                    .request(route, exchange -> exchange.getMessage().setHeader("CamelHttpServletRequest", servlet));
        }
    }

    private ApiResponse work(ApiRequest request) {
        if (failure != null) {
            throw failure;
        }
        done.incrementAndGet();
        return ApiResponse.noContent();
    }

    private static int status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    }
}
