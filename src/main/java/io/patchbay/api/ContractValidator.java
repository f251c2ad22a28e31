package io.patchbay.api;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.spi.RestClientRequestValidator;

/**
 * Checks a request against the contract's schemas, in place of Camel's own validator: that one builds the validator anew
 * for every request, compares undecoded query parameters, reads a CSV of any size into a string and answers in plain text.
 */
final class ContractValidator implements RestClientRequestValidator {
    private final OpenApiInteractionValidator validator;

    ContractValidator(Contract contract) {
        this.validator = OpenApiInteractionValidator.createForInlineApiSpecification(contract.json())
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
                        .build())
                .build();
    }

    @Override
    public ValidationError validate(Exchange exchange, ValidationContext context) {
        ApiRequest request = ApiOperations.request(exchange);
        HttpServletRequest servlet = ApiOperations.servlet(exchange);
        SimpleRequest.Builder builder = new SimpleRequest.Builder(servlet.getMethod(), servlet.getRequestURI(), true);
        servlet.getParameterMap().forEach(builder::withQueryParam);
        if (request.body().isInMemory() && request.operation().consumes() != null) {
            builder.withContentType(request.operation().consumes()).withBody(text(request.body()));
        } else if (!request.body().isInMemory()) {
            builder.withContentType(request.operation().consumes()).withBody("checked row by row");
        }
        List<String> errors = errors(builder.build());
        if (errors.isEmpty()) {
            return null;
        }
        Problem problem = Problem.of(400, "The request does not fit the contract.", errors);
        ApiOperations.clearHeaders(exchange.getMessage(), Problem.MEDIA_TYPE);
        return new ValidationError(problem.status(), new String(problem.json(), StandardCharsets.UTF_8));
    }

    /**
     * What of a request does not fit, a sentence each.
     *
     * @param path encoded
     * @param contentType null when it has no body; likewise {@code body}
     */
    List<String> errors(String method, String path, String contentType, String body) {
        SimpleRequest.Builder builder = new SimpleRequest.Builder(method, path, true);
        if (contentType != null && body != null) {
            builder.withContentType(contentType).withBody(body);
        }
        return errors(builder.build());
    }

    private List<String> errors(SimpleRequest request) {
        return validator.validateRequest(request).getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .map(ContractValidator::sentence)
                .toList();
    }

    /** The library leaves out which parameter it speaks of. */
    private static String sentence(ValidationReport.Message message) {
        return message.getContext()
                .flatMap(ValidationReport.MessageContext::getParameter)
                .map(parameter -> parameter.getName() + ": " + message.getMessage())
                .orElse(message.getMessage());
    }

    private static String text(StoredBody body) {
        try {
            return new String(body.open().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }
}
