package io.patchbay.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/**
 * Ties each operation of the contract to what does it: {@code direct:<operationId>} goes to the operation of that name in
 * the table. The start fails where contract and table differ.
 */
public final class ApiOperations extends RouteBuilder {
    private final Contract contract;
    private final Map<String, ApiOperation> table;
    private final Answers answers;

    /** @throws IllegalStateException naming the operations that only the contract or only the table has */
    public ApiOperations(Contract contract, Map<String, ApiOperation> table, Answers answers) {
        Set<String> promised =
                contract.operations().stream().map(Contract.Operation::id).collect(Collectors.toSet());
        if (!promised.equals(table.keySet())) {
            throw new IllegalStateException(Contract.RESOURCE + " and the operation table differ: only in the contract "
                    + without(promised, table.keySet()) + ", only in the table " + without(table.keySet(), promised));
        }
        this.contract = contract;
        this.table = table;
        this.answers = answers;
    }

    @Override
    public void configure() {
        for (Contract.Operation operation : contract.operations()) {
            ApiOperation work = table.get(operation.id());
            from("direct:" + operation.id())
                    .routeId("api-" + operation.id())
                    .routeDescription(operation.method() + " " + operation.path())
                    .process(exchange -> answer(exchange, operation, work))
                    .id(operation.id());
        }
    }

    private void answer(Exchange exchange, Contract.Operation operation, ApiOperation work) {
        ApiRequest request = request(exchange);
        try {
            requireSame(operation, request.operation());
            RenderedResponse response = answers.to(request, work);
            if (response.stream() != null) {
                AnswerStream.write(exchange, request, response.stream());
                return;
            }
            clearHeaders(exchange.getMessage(), "application/json");
            put(exchange.getMessage(), response.status(), response.body());
            if (response.location() != null) {
                exchange.getMessage().setHeader("Location", response.location());
            }
            if (response.etag() != null) {
                exchange.getMessage().setHeader("ETag", response.etag());
            }
        } catch (Exception failed) {
            Problem problem = Answers.problem(request, failed);
            clearHeaders(exchange.getMessage(), Problem.MEDIA_TYPE);
            put(exchange.getMessage(), problem.status(), problem.json());
            if (problem.isTemporary()) {
                exchange.getMessage().setHeader("Retry-After", Problem.RETRY_AFTER_SECONDS);
            }
        }
    }

    /** The role was checked for the gate's reading of the path; the work belongs to Camel's. */
    private static void requireSame(Contract.Operation routed, Contract.Operation allowed) {
        if (!routed.id().equals(allowed.id())) {
            throw new IllegalStateException("The gate let " + allowed.id() + " pass, but Camel took the request to "
                    + routed.id() + ": one path of " + Contract.RESOURCE + " must be renamed");
        }
    }

    private static void put(Message message, int status, byte[] body) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setBody(body);
    }

    /** Camel would send the request's headers back with the answer. */
    static void clearHeaders(Message message, String contentType) {
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
    }

    static HttpServletRequest servlet(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelHttpServletRequest", HttpServletRequest.class);
    }

    static ApiRequest request(Exchange exchange) {
        return (ApiRequest) servlet(exchange).getAttribute(ApiRequest.ATTRIBUTE);
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
