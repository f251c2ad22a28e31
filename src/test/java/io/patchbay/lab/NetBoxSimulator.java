package io.patchbay.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.netbox.ObjectType;
import io.patchbay.netbox.WebhookSignature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
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

    private static final int DEFAULT_PAGE = 50;
    private static final int LONGEST_PAGE = 1000;
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
    private final NetBoxFilters filters = new NetBoxFilters(data);
    private final NetBoxOperations operations;
    private final NetBoxRendering rendering;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient hooks = HttpClient.newHttpClient();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<NetBoxFault> standing = new CopyOnWriteArrayList<>();
    private final Queue<NetBoxFault> once = new ConcurrentLinkedQueue<>();
    private final Map<String, String> users = new ConcurrentHashMap<>();
    private volatile URI hook;
    private volatile String hookSecret;
    private final ArrayBlockingQueue<byte[]> undelivered = new ArrayBlockingQueue<>(10_000);

    /** @param version {@code 4.2.9} to {@code 4.7.0}, or another to be refused */
    public NetBoxSimulator(String version) {
        this(version, 0);
    }

    /** @param port 0 for a free one */
    public NetBoxSimulator(String version, int port) {
        this.version = version;
        this.minor = Integer.parseInt(version.split("\\.")[1]);
        this.operations = new NetBoxOperations(data, minor, this::tell);
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        this.rendering = new NetBoxRendering(data, url());
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
        this.hookSecret = secret;
        this.hook = address;
    }

    /** Bodies of webhooks that nobody took. */
    public List<byte[]> undelivered() {
        return List.copyOf(undelivered);
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
        Map<String, List<String>> query = query(request.query);
        int limit = Math.min(LONGEST_PAGE, number(query, "limit", DEFAULT_PAGE));
        limit = limit == 0 ? LONGEST_PAGE : limit;
        boolean cursor = minor >= 6 && query.containsKey("start");
        if (cursor && (query.containsKey("offset") || query.containsKey("ordering"))) {
            throw NetBoxRefusal.field("non_field_errors", "'start' and 'offset' are mutually exclusive.");
        }
        List<NetBoxRow> found = filters.apply(type, query);
        int offset = cursor ? 0 : number(query, "offset", 0);
        long start = cursor ? number(query, "start", 0) : 0;
        List<NetBoxRow> page = found.stream()
                .filter(row -> row.id() >= start)
                .sorted(order(
                        type,
                        cursor
                                ? "id"
                                : query.getOrDefault("ordering", List.of("")).getFirst()))
                .skip(offset)
                .limit(limit)
                .toList();
        boolean more = cursor ? page.size() == limit : offset + page.size() < found.size();
        ObjectNode body = json.createObjectNode();
        body.set("count", cursor ? null : JsonNodeFactory.instance.numberNode(found.size()));
        body.put("next", more ? url() + request.path + "?limit=" + limit + "&more" : null);
        body.putNull("previous");
        ArrayNode results = body.putArray("results");
        List<String> fields = split(query, "fields");
        List<String> omit = split(query, "omit");
        page.forEach(row -> results.add(rendering.chosen(row, fields, omit)));
        return new Answer(200, body, null);
    }

    private static Comparator<NetBoxRow> order(ObjectType type, String ordering) {
        Comparator<NetBoxRow> byId = Comparator.comparingLong(NetBoxRow::id);
        if (ordering.equals("id")) {
            return byId;
        }
        if (ordering.equals("-id") || (ordering.isEmpty() && type == ObjectType.OBJECT_CHANGE)) {
            return byId.reversed();
        }
        return switch (type) {
            case PREFIX -> Comparator.comparing(row -> row.address("prefix"));
            case IP_ADDRESS -> Comparator.comparing(row -> row.address("address"));
            case IP_RANGE -> Comparator.comparing(row -> row.address("start_address"));
            case VLAN -> Comparator.comparing(row -> row.number("vid"));
            case VLAN_GROUP, VRF, ROLE, TENANT, CUSTOM_FIELD, TAG -> Comparator.comparing(row -> row.text("name"));
            case OBJECT_CHANGE -> byId;
        };
    }

    private JsonNode rendered(List<NetBoxRow> rows, boolean list) {
        if (!list) {
            return rendering.render(rows.getFirst());
        }
        ArrayNode all = json.createArrayNode();
        rows.forEach(row -> all.add(rendering.render(row)));
        return all;
    }

    /** Versions tell type, user and request in different places. */
    private void tell(NetBoxOperations.Done done) {
        URI address = hook;
        if (address == null) {
            return;
        }
        NetBoxRow changed = done.after() == null ? done.before() : done.after();
        ObjectNode body = json.createObjectNode();
        body.put("event", done.before() == null ? "created" : done.after() == null ? "deleted" : "updated");
        body.put("timestamp", Instant.now().toString());
        if (minor < 7) {
            body.put("username", done.author().user())
                    .put("request_id", done.author().requestId());
        }
        if (minor >= 6) {
            body.putObject("request")
                    .put("id", done.author().requestId())
                    .put("method", done.author().method())
                    .put("path", done.author().path())
                    .put("user", done.author().user());
        }
        if (minor >= 4) {
            body.put("object_type", changed.type().model());
        }
        if (minor <= 4) {
            body.put("model", changed.type().model().split("\\.")[1]);
        }
        body.set("data", rendering.render(changed));
        ObjectNode snapshots = body.putObject("snapshots");
        snapshots.set("prechange", done.before() == null ? null : done.before().fields());
        snapshots.set("postchange", done.after() == null ? null : done.after().fields());
        deliver(address, body);
    }

    private void deliver(URI address, ObjectNode content) {
        threads.execute(() -> {
            byte[] body = content.toString().getBytes(StandardCharsets.UTF_8);
            try {
                HttpResponse<Void> answer = hooks.send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/json")
                                .header(WebhookSignature.HEADER, WebhookSignature.sign(body, hookSecret))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() >= 300) {
                    undelivered.offer(body);
                }
            } catch (IOException lost) {
                undelivered.offer(body);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static ObjectType type(String path) {
        for (ObjectType type : ObjectType.values()) {
            if (type.path().equals(path)) {
                return type;
            }
        }
        return null;
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            String value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            query.computeIfAbsent(
                            URLDecoder.decode(parts[0], StandardCharsets.UTF_8), same -> new java.util.ArrayList<>())
                    .add(value);
        }
        return query;
    }

    private static int number(Map<String, List<String>> query, String name, int otherwise) {
        try {
            return query.containsKey(name) ? Integer.parseInt(query.get(name).getFirst()) : otherwise;
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }

    private static List<String> split(Map<String, List<String>> query, String name) {
        return query.containsKey(name) ? List.of(query.get(name).getFirst().split(",")) : List.of();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        hooks.close();
    }
}
