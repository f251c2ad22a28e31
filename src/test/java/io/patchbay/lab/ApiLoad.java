package io.patchbay.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Clients of the API, for docs/benchmarks.md: each asks and changes something of a random subscriber of the benchmark's
 * population, one request after the other. Started by hand: {@code java -cp target/test-classes io.patchbay.lab.ApiLoad
 * http://localhost:8080 TOKEN SUBSCRIBERS FIRST_SERVICE_ID [CLIENTS [SECONDS [POOL]]]}.
 */
public final class ApiLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String token;
    private final int subscribers;
    private final long firstService;
    private final String pool;
    private final Map<String, ConcurrentLinkedQueue<Long>> micros = new ConcurrentHashMap<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();

    private ApiLoad(String base, String token, int subscribers, long firstService, String pool) {
        this.base = base + "/api/v1";
        this.token = token;
        this.subscribers = subscribers;
        this.firstService = firstService;
        this.pool = pool;
    }

    public static void main(String[] arguments) throws Exception {
        int clients = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 16;
        int seconds = arguments.length > 5 ? Integer.parseInt(arguments[5]) : 30;
        ApiLoad load = new ApiLoad(
                arguments[0],
                arguments[1],
                Integer.parseInt(arguments[2]),
                Long.parseLong(arguments[3]),
                arguments.length > 6 ? arguments[6] : null);
        load.run(clients, seconds / 3);
        load.micros.clear();
        load.run(clients, seconds);
        load.print(seconds);
    }

    private void run(int clients, int seconds) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        one();
                    }
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        }
    }

    private void one() throws IOException, InterruptedException {
        int subscriber = 1 + ThreadLocalRandom.current().nextInt(subscribers);
        long service = firstService + subscriber - 1;
        String user = "user%08d".formatted(subscriber);
        send("GET subscriber by user", "GET", "/subscribers?userName=" + user, null);
        send("GET service", "GET", "/services/" + service, null);
        send("GET explain", "GET", "/explain?user=" + user + "&nas=demo", null);
        send("GET addresses of a service", "GET", "/services/" + service + "/addresses", null);
        send("POST state", "POST", "/services/" + service + "/state", "{\"state\":\"suspended\"}");
        send("POST state", "POST", "/services/" + service + "/state", "{\"state\":\"active\"}");
        if (pool != null) {
            String assigned = send(
                    "POST address from a pool",
                    "POST",
                    "/services/" + service + "/addresses",
                    "{\"kind\":\"ipv4-route\",\"pool\":\"" + pool + "\"}");
            send("GET search by address", "GET", "/addresses?address=10.64." + subscriber % 250 + ".1", null);
            if (assigned.isEmpty()) {
                throw new IOException("nothing assigned");
            }
        }
    }

    private String send(String what, String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        long began = System.nanoTime();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        micros.computeIfAbsent(what, any -> new ConcurrentLinkedQueue<>()).add((System.nanoTime() - began) / 1_000);
        if (response.statusCode() >= 300) {
            refused.merge(what + " " + response.statusCode() + " " + response.body(), 1, Integer::sum);
        }
        return response.body();
    }

    private void print(int seconds) {
        System.out.printf(
                "%-28s %8s %9s %9s %9s %9s%n", "operation", "a second", "p50 ms", "p95 ms", "p99 ms", "max ms");
        new TreeMap<>(micros).forEach((what, all) -> {
            long[] sorted = all.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            System.out.printf(
                    "%-28s %8.0f %9.1f %9.1f %9.1f %9.1f%n",
                    what,
                    (double) sorted.length / seconds,
                    at(sorted, 0.5),
                    at(sorted, 0.95),
                    at(sorted, 0.99),
                    at(sorted, 1));
        });
        refused.entrySet().stream().limit(10).forEach(one -> System.out.println(one.getValue() + " x " + one.getKey()));
    }

    private static double at(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1_000.0;
    }
}
