package io.patchbay.netbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** NetBox, and what its routes call by name. Without a {@code patchbay.netbox.url} there is the first alone. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NetBoxSettings.class)
class NetBoxConfiguration {
    /** The circuit breaker's id in {@code routes/netbox.camel.yaml}. */
    private static final String BREAKER = "while-netbox-works";

    @Bean
    NetBox netBox(
            NetBoxSettings settings,
            ObjectMapper json,
            ObjectProvider<ProducerTemplate> producer,
            MeterRegistry meters) {
        OwnRequests own = new OwnRequests(settings.user());
        CallNetBox calls =
                new CallNetBox(json, producer::getObject, settings.connections(), new NetBoxMeters(meters), own);
        return new NetBoxClient(settings, calls, own);
    }

    @Bean
    NetBoxWatch watchNetBox(NetBox netBox) {
        return new NetBoxWatch(netBox);
    }

    @Bean
    NetBoxWebhook netBoxWebhook(NetBoxSettings settings) {
        return new NetBoxWebhook(settings.webhookSecret());
    }

    @Bean
    Processor readNetBoxAnswer(ObjectMapper json) {
        return new ReadAnswer(json);
    }

    @Bean
    Processor netBoxAway() {
        return new NetBoxAway();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnExpression("!'${patchbay.netbox.url:}'.isEmpty()")
    static class Configured {
        @Bean
        NetBoxHttp netBoxHttp(NetBoxSettings settings) {
            return new NetBoxHttp(NetBoxToken.of(settings.token(), settings.tokenFile()), settings);
        }

        @Bean(destroyMethod = "close")
        HttpClientConnectionManager netBoxConnections(NetBoxSettings settings) {
            return NetBoxConnections.of(settings);
        }

        @Bean
        Gauge netBoxBreaker(ObjectProvider<CamelContext> camel, MeterRegistry meters) {
            return Gauge.builder("patchbay.netbox.breaker.open", () -> isOpen(camel.getObject()) ? 1 : 0)
                    .description("1 while the circuit breaker leaves NetBox alone")
                    .register(meters);
        }

        private static boolean isOpen(CamelContext camel) {
            ResilienceProcessor breaker = camel.getProcessor(BREAKER, ResilienceProcessor.class);
            return breaker != null && "OPEN".equals(breaker.getCircuitBreakerState());
        }
    }
}
