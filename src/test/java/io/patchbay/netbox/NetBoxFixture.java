package io.patchbay.netbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The client behind the route of {@code routes/netbox.camel.yaml}, without the rest of the hub. */
public final class NetBoxFixture implements AutoCloseable {
    private static final Path ROUTE = Path.of("routes", "netbox.camel.yaml");

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate producer = camel.createProducerTemplate();
    private final NetBoxHttp http;
    private final HttpClientConnectionManager connections;
    private final NetBoxClient client;
    private final NetBoxWatch watch;

    /** @param settings below {@code patchbay.netbox.}; what is not told is as it is delivered, but for a rate that tests bear */
    public NetBoxFixture(String url, String token, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "patchbay.netbox.url",
                url,
                "patchbay.netbox.token",
                token,
                "patchbay.netbox.rate",
                "1000",
                "patchbay.netbox.watch-interval",
                "1h"));
        settings.forEach((name, value) -> all.put("patchbay.netbox." + name, value));
        NetBoxSettings bound = new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("patchbay.netbox", NetBoxSettings.class);
        ObjectMapper json = new ObjectMapper();
        OwnRequests own = new OwnRequests(bound.user());
        CallNetBox calls = new CallNetBox(json, () -> producer, bound.connections(), new NetBoxMeters(meters), own);
        http = new NetBoxHttp(NetBoxToken.of(bound.token(), bound.tokenFile()), bound);
        connections = NetBoxConnections.of(bound);
        client = new NetBoxClient(bound, calls, own);
        watch = new NetBoxWatch(client);

        Properties properties = new Properties();
        properties.putAll(all);
        camel.getPropertiesComponent().setOverrideProperties(properties);
        camel.getRegistry().bind("netBoxHttp", http);
        camel.getRegistry().bind("netBoxConnections", connections);
        camel.getRegistry().bind("readNetBoxAnswer", new ReadAnswer(json));
        camel.getRegistry().bind("netBoxAway", new NetBoxAway());
        camel.getRegistry().bind("watchNetBox", watch);
        Resource route = ResourceHelper.resolveResource(camel, "file:" + ROUTE);
        PluginHelper.getRoutesLoader(camel).loadRoutes(route);
        // Tests look themselves.
        camel.getRouteDefinition("watch-netbox").setAutoStartup("false");
        camel.start();
        producer.start();
    }

    public NetBox netBox() {
        return client;
    }

    NetBoxWatch watch() {
        return watch;
    }

    DefaultCamelContext camel() {
        return camel;
    }

    String breaker() {
        return camel.getProcessor("while-netbox-works", ResilienceProcessor.class)
                .getCircuitBreakerState();
    }

    /** {@code fields("status", "active", "vrf", 7L)}. */
    public static ObjectNode fields(Object... namesAndValues) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.putPOJO((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new ObjectMapper().valueToTree(fields);
    }

    @Override
    public void close() {
        producer.stop();
        http.close();
        try {
            camel.close();
            connections.close();
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
