package io.patchbay.netbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/** Sends a call through the route {@code call-netbox}; no more at once than there are connections. */
final class CallNetBox {
    static final String ROUTE = "direct:call-netbox";
    /** The headers of ours; {@link NetBoxHttp} takes them off before the request leaves. */
    static final String ACTION = "PatchbayAction";

    static final String DEADLINE_MILLIS = "PatchbayDeadlineMillis";

    private final ObjectMapper json;
    private final Supplier<ProducerTemplate> producer;
    private final Semaphore places;
    private final NetBoxMeters meters;
    private final OwnRequests own;

    CallNetBox(
            ObjectMapper json,
            Supplier<ProducerTemplate> producer,
            int connections,
            NetBoxMeters meters,
            OwnRequests own) {
        this.json = json;
        this.producer = producer;
        this.places = new Semaphore(connections, true);
        this.meters = meters;
        this.own = own;
    }

    NetBoxReply call(NetBoxCall call, Deadline deadline) {
        long begun = System.nanoTime();
        NetBoxReply reply;
        try {
            if (!places.tryAcquire(deadline.leftMillis(), TimeUnit.MILLISECONDS)) {
                reply = new NetBoxReply.Lost(
                        "Other calls to NetBox took all the time (patchbay.netbox.deadline).", false);
            } else {
                try {
                    reply = send(call, deadline);
                } finally {
                    places.release();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            reply = new NetBoxReply.Lost("The hub is stopping.", false);
        }
        meters.record(call.action(), reply, System.nanoTime() - begun);
        if (call.action().writes() && reply instanceof NetBoxReply.Answer answer && answer.requestId() != null) {
            own.note(answer.requestId());
        }
        return reply;
    }

    private NetBoxReply send(NetBoxCall call, Deadline deadline) {
        byte[] body = body(call);
        long left = deadline.leftMillis();
        if (left == 0) {
            return new NetBoxReply.Lost("There was no time left (patchbay.netbox.deadline).", false);
        }
        Exchange done = producer.get().send(ROUTE, exchange -> {
            Message message = exchange.getMessage();
            message.setBody(body);
            message.setHeader(ACTION, call.action().word());
            message.setHeader(DEADLINE_MILLIS, left);
            message.setHeader(Exchange.HTTP_METHOD, call.action().method());
            message.setHeader(Exchange.HTTP_PATH, "api/" + call.path());
            message.setHeader(Exchange.HTTP_RAW_QUERY, call.query());
            if (body != null) {
                message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            }
            if (call.ifMatch() != null) {
                message.setHeader("If-Match", call.ifMatch());
            }
        });
        if (done.getException() != null) {
            return NetBoxAway.lost(done.getException());
        }
        return done.getMessage().getBody() instanceof NetBoxReply reply
                ? reply
                : new NetBoxReply.Lost(
                        "The route call-netbox gave no reply of NetBox; see routes/netbox.camel.yaml.", true);
    }

    private byte[] body(NetBoxCall call) {
        try {
            return call.body() == null ? null : json.writeValueAsBytes(call.body());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A JSON tree could not be written", impossible);
        }
    }
}
