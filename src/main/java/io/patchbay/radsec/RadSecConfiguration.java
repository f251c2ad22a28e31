package io.patchbay.radsec;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.patchbay.access.AccessCounters;
import io.patchbay.access.AccessRequest;
import io.patchbay.binding.BindingIndex;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Words;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.coa.CoaTlsClient;
import io.patchbay.radius.coa.CoaTlsSettings;
import io.patchbay.radius.netty.RadiusDatagram;
import io.patchbay.radius.netty.RadiusStreamEncoder;
import io.patchbay.radius.tls.TlsContexts;
import io.patchbay.request.RadiusRequest;
import io.patchbay.session.AccountingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way in over TLS. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RadSecSettings.class)
class RadSecConfiguration {
    /** Without a certificate there is nothing of it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("patchbay.radsec.certificate")
    static class WithCertificate {
        private static final int MOST_WAITING_COA_REQUESTS = 1_000;
        private static final Duration BETWEEN_LOOKS_AT_FILES = Duration.ofSeconds(10);

        @Bean
        TlsContexts tlsContexts(RadSecSettings settings, MeterRegistry meters) {
            TlsContexts tls = new TlsContexts(settings.files(), BETWEEN_LOOKS_AT_FILES);
            TimeGauge.builder(
                            "patchbay.radsec.certificate.left",
                            () -> Duration.between(Instant.now(), tls.validUntil())
                                    .toSeconds(),
                            TimeUnit.SECONDS)
                    .description("Until the hub's own certificate expires")
                    .register(meters);
            return tls;
        }

        /** CoA over TLS: convergence takes it for the NASes that are set to it. */
        @Bean
        CoaTlsClient radSecCoaTransport(TlsContexts tls, RadSecSettings settings, MeterRegistry meters) {
            return new CoaTlsClient(
                    new CoaTlsSettings(
                            settings.handshakeTimeout(),
                            settings.packetTimeout(),
                            settings.idleTimeout(),
                            MOST_WAITING_COA_REQUESTS),
                    tls::client,
                    reason -> meters.counter("patchbay.coa.replies.dropped", "reason", Words.of(reason))
                            .increment());
        }

        @Bean
        RadSecConnections radSecConnections(RadSecSettings settings, MeterRegistry meters) {
            return new RadSecConnections(settings, meters);
        }

        @Bean
        RadSecPipeline radSecPipeline(
                TlsContexts tls,
                RadSecSettings settings,
                RadSecConnections connections,
                BindingIndex index,
                AccessCounters counters) {
            return new RadSecPipeline(
                    tls,
                    settings,
                    () -> new RadSecConnection(index, connections, settings, counters, WithCertificate::request),
                    new RadiusStreamEncoder(counters),
                    null);
        }

        @Bean
        AsyncProcessor takeRadiusAccess(CamelContext camel) {
            return new TakeRoute(camel, "radius-access");
        }

        @Bean
        AsyncProcessor takeRadiusAccounting(CamelContext camel) {
            return new TakeRoute(camel, "radius-accounting");
        }

        private static RadiusRequest request(RadiusDatagram packet, NasClient nas) {
            return packet.packet().code() == PacketCode.ACCOUNTING_REQUEST
                    ? new AccountingRequest(
                            packet.packet(), packet.sender(), nas, packet.receivedNanos(), Instant.now())
                    : new AccessRequest(packet.packet(), packet.sender(), nas, packet.receivedNanos());
        }
    }
}
