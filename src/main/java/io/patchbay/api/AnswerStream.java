package io.patchbay.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a {@link StreamedBody} past Camel, which would end a half answer as if it were whole. */
final class AnswerStream {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerStream.class);

    private AnswerStream() {}

    /** @throws Exception what the body threw before anything was sent: nothing is sent then */
    static void write(Exchange exchange, ApiRequest request, StreamedBody body) throws Exception {
        HttpServletResponse response =
                exchange.getMessage().getHeader("CamelHttpServletResponse", HttpServletResponse.class);
        HttpServletRequest servlet = ApiOperations.servlet(exchange);
        response.setContentType(body.mediaType());
        response.setHeader("Content-Disposition", "attachment; filename=\"" + body.fileName() + "\"");
        try {
            body.writeTo(response.getOutputStream());
            response.flushBuffer();
        } catch (IOException | UncheckedIOException clientGone) {
            LOG.debug("{}: the client went away", request.operation().id(), clientGone);
            AbortableAnswers.abort(servlet);
        } catch (Exception failed) {
            if (!response.isCommitted()) {
                response.reset();
                throw failed;
            }
            LOG.error("{} broke off in the middle", request.operation().id(), failed);
            AbortableAnswers.abort(servlet);
        }
        ApiOperations.clearHeaders(exchange.getMessage(), body.mediaType());
        exchange.getMessage().setBody(null);
    }
}
