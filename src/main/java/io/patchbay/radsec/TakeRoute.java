package io.patchbay.radsec;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Sends a request through the steps of a route that begins at a UDP socket, as {@code direct:} does with routes that begin
 * there. So the steps are written down once, and a datagram pays for no further node.
 */
final class TakeRoute extends AsyncProcessorSupport {
    private final CamelContext camel;
    private final String routeId;

    TakeRoute(CamelContext camel, String routeId) {
        this.camel = camel;
        this.routeId = routeId;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Route route = camel.getRoute(routeId);
        if (route == null || !camel.getRouteController().getRouteStatus(routeId).isStarted()) {
            exchange.getMessage().setBody(null); // stopped by an operator: no reply, as on its own socket
            callback.done(true);
            return true;
        }
        AsyncProcessor steps = AsyncProcessorConverterHelper.convert(route.getProcessor());
        return steps.process(exchange, callback);
    }
}
