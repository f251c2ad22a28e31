package io.patchbay.netbox;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.Timeout;

/**
 * What every request of {@code camel-http} to NetBox goes through: it shows the token, which so is in no exchange; it ends at
 * its deadline, however slowly bytes trickle; its answer is bounded. Nothing is repeated, no redirect followed, no cookie kept.
 */
final class NetBoxHttp implements HttpClientConfigurer, AutoCloseable {
    private final NetBoxToken token;
    private final NetBoxSettings settings;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("netbox-deadlines").daemon().factory());

    NetBoxHttp(NetBoxToken token, NetBoxSettings settings) {
        this.token = token;
        this.settings = settings;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(settings.responseTimeout()))
                        .setConnectionRequestTimeout(Timeout.of(settings.connectTimeout()))
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .addExecInterceptorFirst("netbox", this::execute);
    }

    private ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Header deadline = request.getFirstHeader(CallNetBox.DEADLINE_MILLIS);
        request.removeHeaders(CallNetBox.DEADLINE_MILLIS);
        request.removeHeaders(CallNetBox.ACTION);
        request.setHeader("Authorization", token.authorization());
        request.setHeader("Accept", "application/json");
        if (deadline != null && scope.execRuntime instanceof Cancellable exchange) {
            // Of one that is over by then nothing is left to be cancelled.
            clock.schedule(exchange::cancel, Long.parseLong(deadline.getValue()), TimeUnit.MILLISECONDS);
        }
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (response.getEntity() != null) {
            response.setEntity(new BoundedEntity(
                    response.getEntity(), settings.bodyLimit().toBytes(), scope.execRuntime::discardEndpoint));
        }
        return response;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
