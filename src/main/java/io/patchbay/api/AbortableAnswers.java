package io.patchbay.api;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets an answer that is half out be broken off: the connection is closed without the end of the body (RFC 9112 section 8),
 * which its reader takes for the error that it is. A servlet alone has no way to do so.
 */
final class AbortableAnswers extends ValveBase {
    private static final String ATTRIBUTE = AbortableAnswers.class.getName();

    AbortableAnswers() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Runnable abort = () -> response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        request.setAttribute(ATTRIBUTE, abort);
        getNext().invoke(request, response);
    }

    static void abort(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Runnable abort) {
            abort.run();
        }
    }
}
