package io.patchbay.lab;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** NetBox's webhooks: each change is posted once, signed; what is not taken is not posted again. */
final class NetBoxHooks implements AutoCloseable {
    private final int minor;
    private final Function<NetBoxRow, ObjectNode> rendering;
    private final Executor threads;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ConcurrentLinkedQueue<byte[]> undelivered = new ConcurrentLinkedQueue<>();
    private volatile URI hook;
    private volatile String secret;

    NetBoxHooks(int minor, Function<NetBoxRow, ObjectNode> rendering, Executor threads) {
        this.minor = minor;
        this.rendering = rendering;
        this.threads = threads;
    }

    void sendTo(URI address, String signedWith) {
        secret = signedWith;
        hook = address;
    }

    List<byte[]> undelivered() {
        return List.copyOf(undelivered);
    }

    /** Versions tell type, user and request in different places. */
    void tell(NetBoxOperations.Done done) {
        URI address = hook;
        if (address == null) {
            return;
        }
        NetBoxRow changed = done.after() == null ? done.before() : done.after();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
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
        body.set("data", rendering.apply(changed));
        ObjectNode snapshots = body.putObject("snapshots");
        snapshots.set("prechange", done.before() == null ? null : done.before().fields());
        snapshots.set("postchange", done.after() == null ? null : done.after().fields());
        deliver(address, body);
    }

    private void deliver(URI address, ObjectNode content) {
        threads.execute(() -> {
            byte[] body = content.toString().getBytes(StandardCharsets.UTF_8);
            try {
                HttpResponse<Void> answer = client.send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/json")
                                .header(WebhookSignature.HEADER, WebhookSignature.sign(body, secret))
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

    @Override
    public void close() {
        client.shutdownNow();
    }
}
