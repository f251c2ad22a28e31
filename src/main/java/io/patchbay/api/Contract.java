package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.patchbay.api.security.Caller;
import io.patchbay.api.security.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The contract, {@code openapi.yaml}, as far as the gate and the routes need it: which operations there are, who may use
 * them ({@code x-role}), and which media type each takes.
 */
public final class Contract {
    public static final String RESOURCE = "openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /**
     * @param id the operationId, which is also the name of its {@code direct:} route
     * @param role the least role that may use it
     * @param scope the narrowest token that may use it
     * @param consumes the media type of its request body; null when it takes none
     * @param headers the header parameters that it names
     */
    public record Operation(
            String id, String method, PathPattern path, Role role, Scope scope, String consumes, Set<String> headers) {
        /** Whether it looks at If-Match (a write) or If-None-Match (a read): what it speaks of has versions. */
        public boolean isConditional() {
            return headers.contains(method.equals("GET") ? "If-None-Match" : "If-Match");
        }
    }

    /** For whom an operation keeps apart what it shows and changes ({@code x-scope}); unless told, {@code HUB}. */
    public enum Scope {
        /** For tokens that see everything. */
        HUB,
        /** Also for a tenant's tokens: it shows and changes only what is that tenant's. */
        TENANT,
        /** Also for a subscriber's token: it shows only what is that subscriber's, or what everybody may know. */
        SUBSCRIBER;

        static Scope parse(String word) {
            for (Scope scope : values()) {
                if (scope.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return scope;
                }
            }
            throw new IllegalArgumentException("x-scope '" + word + "' is none of hub, tenant and subscriber");
        }

        boolean admits(Caller caller) {
            return caller.tenantId() == null || (caller.subscriberId() == null ? this != HUB : this == SUBSCRIBER);
        }
    }

    /** What a method and a path mean. */
    public sealed interface Match {
        record Found(Operation operation, Map<String, String> pathVariables) implements Match {}

        /** @param allowed the methods that the path has */
        record WrongMethod(Set<String> allowed) implements Match {}

        record NoSuchPath() implements Match {}
    }

    private final List<Operation> operations;
    private final String json;

    private Contract(List<Operation> operations, String json) {
        this.operations = operations;
        this.json = json;
    }

    /** @throws IllegalStateException naming the operation, when one has no operationId, no role or a name used twice */
    public static Contract load() {
        try (InputStream in = Contract.class.getResourceAsStream("/" + RESOURCE)) {
            JsonNode root = new YAMLMapper().readTree(in);
            return new Contract(read(root), new ObjectMapper().writeValueAsString(root));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", unreadable);
        }
    }

    public List<Operation> operations() {
        return operations;
    }

    /** The contract itself as JSON. */
    public String json() {
        return json;
    }

    /** @param path without the query, percent-encoded as it came */
    public Match match(String method, String path) {
        PathContainer container = PathContainer.parsePath(path);
        List<Operation> candidates = operations.stream()
                .filter(operation -> operation.path().matches(container))
                .sorted((left, right) -> PathPattern.SPECIFICITY_COMPARATOR.compare(left.path(), right.path()))
                .toList();
        for (Operation operation : candidates) {
            if (operation.method().equals(method)) {
                return new Match.Found(
                        operation, operation.path().matchAndExtract(container).getUriVariables());
            }
        }
        return candidates.isEmpty()
                ? new Match.NoSuchPath()
                : new Match.WrongMethod(
                        candidates.stream().map(Operation::method).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static List<Operation> read(JsonNode root) {
        String base = root.at("/servers/0/url").asText();
        List<Operation> operations = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        root.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        String method = entry.getKey().toUpperCase(Locale.ROOT);
                        Operation operation = operation(root, base + path.getKey(), method, entry.getValue());
                        if (!ids.add(operation.id())) {
                            throw new IllegalStateException(
                                    RESOURCE + ": the operationId " + operation.id() + " is used twice");
                        }
                        operations.add(operation);
                    }
                }));
        return List.copyOf(operations);
    }

    private static Operation operation(JsonNode root, String path, String method, JsonNode node) {
        String place = RESOURCE + ": " + method + " " + path;
        if (!node.hasNonNull("operationId") || !node.hasNonNull("x-role")) {
            throw new IllegalStateException(
                    place + " needs an operationId and an x-role (subscriber, viewer, operator or admin)");
        }
        JsonNode content = node.at("/requestBody/content");
        return new Operation(
                node.get("operationId").asText(),
                method,
                PathPatternParser.defaultInstance.parse(path),
                Role.parse(node.get("x-role").asText()),
                Scope.parse(node.path("x-scope").asText("hub")),
                content.isObject() ? content.fieldNames().next() : null,
                headers(root, node.path("parameters")));
    }

    private static Set<String> headers(JsonNode root, JsonNode parameters) {
        Set<String> headers = new HashSet<>();
        parameters.forEach(parameter -> {
            JsonNode whole = parameter.has("$ref")
                    ? root.at(parameter.get("$ref").asText().substring(1))
                    : parameter;
            if (whole.path("in").asText().equals("header")) {
                headers.add(whole.get("name").asText());
            }
        });
        return Set.copyOf(headers);
    }
}
