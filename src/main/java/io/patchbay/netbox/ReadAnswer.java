package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes a {@link NetBoxReply.Answer} of what came. Within the circuit breaker: what is no answer of a NetBox that works is
 * thrown, and counts against it. Whatever NetBox refuses (4xx) is an answer.
 */
final class ReadAnswer implements Processor {
    private final ObjectMapper json;

    ReadAnswer(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class);
        if (status >= 500 || status == 429 || status == 408) {
            throw new NetBoxFailure("NetBox answered " + status + ".");
        }
        if (status >= 300 && status < 400) {
            throw new NetBoxFailure("NetBox sends the hub elsewhere (" + status + ", to " + header(message, "Location")
                    + "), which it does not follow; mend patchbay.netbox.url.");
        }
        NetBoxReply.Answer answer = new NetBoxReply.Answer(
                status,
                body(message, status),
                header(message, "ETag"),
                header(message, "X-Request-ID"),
                date(header(message, "Date")));
        message.removeHeaders("*");
        message.setBody(answer);
    }

    private JsonNode body(Message message, int status) throws IOException {
        Object body = message.getBody();
        try (InputStream bytes = body == null ? InputStream.nullInputStream() : message.getBody(InputStream.class)) {
            JsonNode read = json.readTree(bytes);
            return read == null ? MissingNode.getInstance() : read;
        } catch (com.fasterxml.jackson.core.JsonProcessingException noJson) {
            if (status >= 400) {
                return MissingNode.getInstance();
            }
            throw new NetBoxFailure("What answers at patchbay.netbox.url is not NetBox's API: it is not JSON.");
        }
    }

    /** The name of a header is not case-sensitive, the hub's header maps are. */
    private static String header(Message message, String name) {
        for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue() == null ? null : header.getValue().toString();
            }
        }
        return null;
    }

    private static Instant date(String text) {
        try {
            return text == null
                    ? Instant.now()
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException unreadable) {
            return Instant.now();
        }
    }
}
