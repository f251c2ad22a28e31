package io.patchbay.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.netbox.ObjectType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NetBox of the lab: a server on a free port of this machine that answers as NetBox 4.2 to 4.7 does, as far as the hub asks it.
 * It starts empty. Faults can be put upon requests, and every request is remembered.
 */
public final class NetBoxSimulator implements AutoCloseable {
    /** The hub's token, of version 1; its user is {@code hub}. */
    public static final String TOKEN = "0123456789abcdef0123456789abcdef01234567";
    /** The same of version 2, from 4.5 on. */
    public static final String TOKEN_OF_VERSION_TWO = "nbt_Zx81KeyOfLab.abcdefghijklmnopqrstuvwxyz0123456789ABCD";
    /** Somebody else's: user {@code alice}. */
    public static final String OPERATORS_TOKEN = "a11cea11cea11cea11cea11cea11cea11cea11ce";
    /** May look, may write nothing: user {@code viewer}. */
    public static final String VIEWERS_TOKEN = "1001100110011001100110011001100110011001";

    private static final Pattern PATH = Pattern.compile("/api/([a-z]+/[a-z-]+)/(?:(\\d+)/(?:(available-[a-z]+)/)?)?");

    /** A request as it came. */
    public record Request(String method, String path, String query, String user, JsonNode body) {
        /** Whether it takes the next free resource. */
        public boolean isAllocation() {
            return method.equals("POST") && path.contains("/available-");
        }
    }

    private record Answer(int status, JsonNode body, String etag) {}

    private final ObjectMapper json = new ObjectMapper();
    private final String version;
    private final int minor;
    private final NetBoxData data = new NetBoxData();
    private final NetBoxListing listing;
    private final NetBoxHooks hooks;
    private final NetBoxOperations operations;
    private final NetBoxRendering rendering;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<NetBoxFault> standing = new CopyOnWriteArrayList<>();
    private final Queue<NetBoxFault> once = new ConcurrentLinkedQueue<>();
    private final Map<String, String> users = new ConcurrentHashMap<>();

    /** @param version {@code 4.2.9} to {@code 4.7.0}, or another to be refused */
    public NetBoxSimulator(String version) {
        this(version, 0);
    }

    /** @param port 0 for a free one */
    public NetBoxSimulator(String version, int port) {
        this.version = version;
        this.minor = Integer.parseInt(version.split("\\.")[1]);
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        this.rendering = new NetBoxRendering(data, url());
        this.listing = new NetBoxListing(data, rendering, minor);
        this.hooks = new NetBoxHooks(minor, rendering::render, threads);
        this.operations = new NetBoxOperations(data, minor, hooks::tell);
        users.putAll(Map.of(TOKEN, "hub", OPERATORS_TOKEN, "alice", VIEWERS_TOKEN, "viewer"));
        if (minor >= 5) {
            users.put(TOKEN_OF_VERSION_TWO, "hub");
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** From now on, whenever it hits. */
    public void always(NetBoxFault fault) {
        standing.add(fault);
    }

    /** The next time that it hits. */
    public void next(NetBoxFault fault) {
        once.add(fault);
    }

    public void heal() {
        standing.clear();
        once.clear();
    }

    public long count(Predicate<Request> which) {
        return requests.stream().filter(which).count();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public void forgetRequests() {
        requests.clear();
    }

    /** How many objects of a type there are. */
    public int size(ObjectType type) {
        lock.lock();
        try {
            return data.count(type);
        } finally {
            lock.unlock();
        }
    }

    /** Sends every change to this address, signed; what cannot be delivered is not sent again. */
    public void sendWebhooksTo(URI address, String secret) {
        hooks.sendTo(address, secret);
    }

    /** Bodies of webhooks that nobody took. */
    public List<byte[]> undelivered() {
        return hooks.undelivered();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            URI uri = exchange.getRequestURI();
            String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            String user = user(exchange.getRequestHeaders().getFirst("Authorization"));
            Request request = new Request(
                    exchange.getRequestMethod(),
                    uri.getPath(),
                    query,
                    user,
                    bytes.length == 0 ? JsonNodeFactory.instance.missingNode() : json.readTree(bytes));
            requests.add(request);
            NetBoxFault fault = fault(request);
            NetBoxFault.Kind kind = fault == null ? null : fault.kind();
            if (kind == NetBoxFault.Kind.LATE_WORK) {
                sleep(fault);
            }
            if (kind == NetBoxFault.Kind.RESET_BEFORE || early(exchange, kind)) {
                return;
            }
            String requestId = UUID.randomUUID().toString();
            Answer answer = answer(request, exchange.getRequestHeaders().getFirst("If-Match"), requestId);
            if (kind == NetBoxFault.Kind.LATE_ANSWER) {
                sleep(fault);
            }
            if (kind == NetBoxFault.Kind.RESET_AFTER) {
                return;
            }
            if (kind == NetBoxFault.Kind.BAD_GATEWAY_AFTER) {
                send(exchange, 502, "<html>Bad Gateway</html>".getBytes(StandardCharsets.UTF_8), null);
                return;
            }
            exchange.getResponseHeaders().set("X-Request-ID", requestId);
            exchange.getResponseHeaders().set("API-Version", "4." + minor);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (answer.etag != null && minor >= 6) {
                exchange.getResponseHeaders().set("ETag", answer.etag);
            }
            send(exchange, answer.status, answer.body == null ? null : json.writeValueAsBytes(answer.body), fault);
        }
    }

    private static boolean early(HttpExchange exchange, NetBoxFault.Kind kind) throws IOException {
        if (kind == NetBoxFault.Kind.BROKEN) {
            send(exchange, 500, "{\"error\":\"boom\"}".getBytes(StandardCharsets.UTF_8), null);
        } else if (kind == NetBoxFault.Kind.UNAVAILABLE) {
            send(exchange, 503, "<html>maintenance</html>".getBytes(StandardCharsets.UTF_8), null);
        } else if (kind == NetBoxFault.Kind.HTML) {
            send(exchange, 200, "<html>hello</html>".getBytes(StandardCharsets.UTF_8), null);
        } else if (kind == NetBoxFault.Kind.REDIRECT) {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            send(exchange, 302, null, null);
        } else if (kind == NetBoxFault.Kind.ENDLESS_BODY) {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 16_384; i++) {
                    body.write(spaces);
                }
            }
        } else {
            return false;
        }
        return true;
    }

    private static void send(HttpExchange exchange, int status, byte[] body, NetBoxFault fault) throws IOException {
        exchange.sendResponseHeaders(status, body == null ? -1 : body.length);
        if (body == null) {
            return;
        }
        try (OutputStream out = exchange.getResponseBody()) {
            if (fault != null && fault.kind() == NetBoxFault.Kind.SLOW_BODY) {
                for (byte one : body) {
                    out.write(one);
                    out.flush();
                    sleep(fault);
                }
            } else {
                out.write(body);
            }
        }
    }

    private NetBoxFault fault(Request request) {
        for (NetBoxFault fault : once) {
            if (fault.hits().test(request) && once.remove(fault)) {
                return fault;
            }
        }
        return standing.stream()
                .filter(fault -> fault.hits().test(request))
                .findFirst()
                .orElse(null);
    }

    private static void sleep(NetBoxFault fault) {
        try {
            Thread.sleep(fault.time());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String user(String authorization) {
        String[] words = authorization == null ? new String[0] : authorization.split(" ");
        if (words.length != 2 || !(words[0].equals("Token") || words[0].equals("Bearer") && minor >= 5)) {
            return null;
        }
        return words[0].equals("Bearer") == words[1].startsWith("nbt_") ? users.get(words[1]) : null;
    }

    private Answer answer(Request request, String ifMatch, String requestId) {
        lock.lock();
        try {
            if (request.user == null) {
                throw NetBoxRefusal.detail(403, "Invalid token");
            }
            if (request.path.equals("/api/status/")) {
                return new Answer(200, json.createObjectNode().put("netbox-version", version), null);
            }
            Matcher matcher = PATH.matcher(request.path);
            ObjectType type = matcher.matches() ? type(matcher.group(1)) : null;
            if (type == null) {
                throw NetBoxRefusal.detail(404, "Not found.");
            }
            if (!request.method.equals("GET") && (request.user.equals("viewer") || type == ObjectType.OBJECT_CHANGE)) {
                throw NetBoxRefusal.detail(403, "You do not have permission to perform this action.");
            }
            long id = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
            var author = new NetBoxOperations.Author(request.user, requestId, request.method, request.path);
            return answer(request, type, id, matcher.group(3), ifMatch, author);
        } catch (NetBoxRefusal refusal) {
            return new Answer(refusal.status, refusal.body, refusal.etag);
        } finally {
            lock.unlock();
        }
    }

    private Answer answer(
            Request request,
            ObjectType type,
            long id,
            String available,
            String ifMatch,
            NetBoxOperations.Author author) {
        boolean list = request.body.isArray();
        if (available != null) {
            if (!request.method.equals("POST")) {
                throw NetBoxRefusal.detail(405, "Method \"" + request.method + "\" not allowed.");
            }
            List<NetBoxRow> taken = operations.allocate(type, id, available, request.body, author);
            return new Answer(201, rendered(taken, list), null);
        }
        return switch (request.method) {
            case "GET" -> id == 0 ? page(request, type) : one(type, id);
            case "POST" -> {
                List<NetBoxRow> created = operations.create(type, request.body, author);
                yield new Answer(
                        201,
                        rendered(created, list),
                        list ? null : created.getFirst().etag());
            }
            case "PATCH" -> {
                if (id == 0) {
                    yield new Answer(200, rendered(operations.patch(type, request.body, author), true), null);
                }
                NetBoxRow changed = operations.patch(type, id, request.body, ifMatch, author);
                yield new Answer(200, rendering.render(changed), changed.etag());
            }
            case "DELETE" -> {
                if (id == 0) {
                    operations.delete(type, request.body, author);
                } else {
                    operations.delete(type, id, ifMatch, author);
                }
                yield new Answer(204, null, null);
            }
            default -> throw NetBoxRefusal.detail(405, "Method \"" + request.method + "\" not allowed.");
        };
    }

    private Answer one(ObjectType type, long id) {
        NetBoxRow row = data.row(type, id);
        if (row == null) {
            throw NetBoxRefusal.detail(404, "No " + type.model() + " matches the given query.");
        }
        return new Answer(200, rendering.render(row), row.etag());
    }

    private Answer page(Request request, ObjectType type) {
        return new Answer(200, listing.page(type, request.query, url() + request.path), null);
    }

    private JsonNode rendered(List<NetBoxRow> rows, boolean list) {
        if (!list) {
            return rendering.render(rows.getFirst());
        }
        ArrayNode all = json.createArrayNode();
        rows.forEach(row -> all.add(rendering.render(row)));
        return all;
    }

    private static ObjectType type(String path) {
        for (ObjectType type : ObjectType.values()) {
            if (type.path().equals(path)) {
                return type;
            }
        }
        return null;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
        hooks.close();
    }
}
