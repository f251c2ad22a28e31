package io.patchbay.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The hub in a process of its own, so that it can be killed. */
public final class HubProcess implements AutoCloseable {
    public static final String ADMIN_TOKEN = "the-admin-token-of-the-crash-tests";

    private final ProcessBuilder start;
    private final Process process;
    private final Path log;
    private final int httpPort;
    private final int authPort;
    private final int acctPort;

    private HubProcess(ProcessBuilder start, Path log, int httpPort, int authPort, int acctPort) throws IOException {
        this.start = start;
        this.process = start.start();
        this.log = log;
        this.httpPort = httpPort;
        this.authPort = authPort;
        this.acctPort = acctPort;
    }

    /** Starts the hub on this data folder and on free ports; does not wait. */
    public static HubProcess start(Path dataDir, String... settings) {
        return startIn(Path.of(""), dataDir, settings);
    }

    /** @param home the folder with config, dictionaries and routes */
    public static HubProcess startIn(Path home, Path dataDir, String... settings) {
        try (ServerSocket http = new ServerSocket(0);
                DatagramSocket auth = new DatagramSocket();
                DatagramSocket accounting = new DatagramSocket()) {
            int httpPort = http.getLocalPort();
            int authPort = auth.getLocalPort();
            int acctPort = accounting.getLocalPort();
            Path log = Files.createTempFile(Files.createDirectories(dataDir), "hub", ".log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    "io.patchbay.PatchbayApplication",
                    "--server.port=" + httpPort,
                    "--patchbay.data-dir=" + dataDir,
                    "--patchbay.radius.bind=127.0.0.1",
                    "--patchbay.radius.auth-port=" + authPort,
                    "--patchbay.radius.acct-port=" + acctPort,
                    "--patchbay.admin-token=" + ADMIN_TOKEN));
            command.addAll(List.of(settings));
            http.close();
            auth.close();
            accounting.close();
            ProcessBuilder start = new ProcessBuilder(command)
                    .directory(home.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new HubProcess(start, log, httpPort, authPort, acctPort);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same again, on the same ports, after it has ended. */
    public HubProcess again() {
        try {
            return new HubProcess(start, log, httpPort, authPort, acctPort);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int authPort() {
        return authPort;
    }

    public int acctPort() {
        return acctPort;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** How long it took until health said UP; fails with the hub's log when it ends or takes longer. */
    public Duration awaitUp(Duration patience) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < patience.toNanos()) {
            if (!process.isAlive()) {
                throw new AssertionError("the hub ended:\n" + log());
            }
            if (isUp()) {
                return Duration.ofNanos(System.nanoTime() - start);
            }
            LockSupport.parkNanos(100_000_000);
        }
        throw new AssertionError("the hub is not up after " + patience + ":\n" + log());
    }

    public boolean isUp() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri("/actuator/health"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The answer of the import, which must be 200. @throws UncheckedIOException when the hub dies meanwhile */
    public String importCsv(String csv) {
        return post("/api/v1/subscribers/import", "text/csv", csv);
    }

    /** The body of the answer, which must be a success. @throws UncheckedIOException when the hub dies meanwhile */
    public String post(String path, String contentType, String body) {
        return ask(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String ask(HttpRequest.Builder question) {
        HttpRequest request =
                question.header("Authorization", "Bearer " + ADMIN_TOKEN).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new AssertionError(response.statusCode() + " " + response.body() + "\n" + log());
            }
            return response.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** The body of the answer, which must be a success. */
    public String get(String path) {
        return ask(HttpRequest.newBuilder(uri(path)).GET());
    }

    /** Waits for a process that is to end by itself. @return its exit code */
    public int awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the hub still runs after " + patience + ":\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** An orderly end; its database goes with it. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd(Duration.ofSeconds(60));
    }
}
