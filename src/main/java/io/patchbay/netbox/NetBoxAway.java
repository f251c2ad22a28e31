package io.patchbay.netbox;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** The circuit breaker's fallback: says why there is no answer, and whether NetBox may have heard the call. */
final class NetBoxAway implements Processor {
    private static final String LEFT_ALONE =
            "NetBox failed too often of late and is left alone for some seconds (the circuit breaker of call-netbox is open).";

    @Override
    public void process(Exchange exchange) {
        Throwable why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(why == null ? new NetBoxReply.Lost(LEFT_ALONE, false) : lost(why));
    }

    static NetBoxReply.Lost lost(Throwable thrown) {
        Throwable why = thrown;
        while ((why instanceof CamelExecutionException || why.getClass() == RuntimeException.class)
                && why.getCause() != null) {
            why = why.getCause();
        }
        if (why instanceof NetBoxFailure) {
            return new NetBoxReply.Lost(why.getMessage(), true);
        }
        if (why instanceof UnknownHostException) {
            return new NetBoxReply.Lost("The host of patchbay.netbox.url has no address: " + why.getMessage(), false);
        }
        if (why instanceof ConnectTimeoutException || why instanceof NoRouteToHostException) {
            return new NetBoxReply.Lost("NetBox cannot be reached: " + why.getMessage(), false);
        }
        if (why instanceof ConnectException) {
            return new NetBoxReply.Lost("NetBox takes no connection: " + why.getMessage(), false);
        }
        if (why instanceof ConnectionRequestTimeoutException) {
            return new NetBoxReply.Lost("No connection to NetBox became free: " + why.getMessage(), false);
        }
        if (why instanceof DirectConsumerNotAvailableException) {
            return new NetBoxReply.Lost("The route call-netbox is stopped; start it in Hawtio.", false);
        }
        if (why instanceof SocketTimeoutException) {
            return new NetBoxReply.Lost("NetBox did not answer in time (patchbay.netbox.response-timeout).", true);
        }
        return new NetBoxReply.Lost("The connection to NetBox failed: " + why, true);
    }
}
