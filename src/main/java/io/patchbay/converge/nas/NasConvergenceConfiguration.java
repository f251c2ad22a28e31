package io.patchbay.converge.nas;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.converge.ConvergenceReader;
import io.patchbay.converge.ConvergenceSettings;
import io.patchbay.converge.ConvergenceWorker;
import io.patchbay.radius.coa.CoaClient;
import io.patchbay.radius.coa.CoaClientSettings;
import io.patchbay.radius.coa.CoaTransport;
import io.patchbay.reply.ReplyProfiles;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The beans of convergence at the NAS, those of its route under the names by which {@code converge-nas.camel.yaml} has them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ConvergenceSettings.class, CoaSettings.class})
class NasConvergenceConfiguration {
    @Bean
    CoaCounters coaCounters(MeterRegistry meters) {
        return new CoaCounters(meters);
    }

    @Bean
    CoaClient udpCoaTransport(CoaSettings settings, CoaCounters counters) {
        return new CoaClient(
                new CoaClientSettings(
                        new InetSocketAddress(settings.bind(), 0),
                        settings.sockets(),
                        settings.waitingPerNas(),
                        settings.waits(),
                        settings.jitter()),
                counters::dropped);
    }

    @Bean
    SessionRows sessionRows(JdbcTemplate jdbc, BindingIndex index) {
        return new SessionRows(jdbc, new GivenRates(jdbc, index::directory));
    }

    @Bean
    NasTarget nasTarget(
            BindingIndex index,
            ReplyProfiles profiles,
            SessionRows sessions,
            List<CoaTransport> transports,
            JdbcTemplate jdbc,
            CoaCounters counters) {
        return new NasTarget(
                index,
                profiles,
                sessions,
                new SessionSender(profiles, transports),
                new CoaAudit(jdbc),
                counters,
                InstantSource.system());
    }

    /** By way of the route's queue, which holds one: more wakings than one while it runs are one. */
    @Bean
    WakeConvergence wakeConvergence(ObjectProvider<ProducerTemplate> camel) {
        return new WakeConvergence(camel);
    }

    @Bean
    ConvergenceWorker<List<LiveSession>, List<SessionStep>, List<SessionOutcome>> nasWorker(
            NasTarget target,
            JdbcTemplate jdbc,
            TransactionOperations transaction,
            ChangeFeed feed,
            ConvergenceSettings settings,
            WakeConvergence wake,
            MeterRegistry meters) {
        var worker = new ConvergenceWorker<>(target, jdbc, transaction, feed::position, settings, wake);
        feed.onChange(wake);
        Gauge.builder("patchbay.converge.inflight", worker, ConvergenceWorker::inFlight)
                .description("Services whose live sessions are being changed")
                .tag("target", NasTarget.NAME)
                .register(meters);
        return worker;
    }

    @Bean
    Processor convergeNas(
            ConvergenceWorker<List<LiveSession>, List<SessionStep>, List<SessionOutcome>> worker,
            WakeConvergence wake) {
        return new ConvergeNas(worker, wake);
    }

    @Bean
    Processor convergenceAway() {
        return new ConvergenceAway();
    }

    @Bean
    SessionDisconnect sessionDisconnect(
            SessionRows sessions,
            NasTarget target,
            ConvergenceWorker<List<LiveSession>, List<SessionStep>, List<SessionOutcome>> worker) {
        return new SessionDisconnect(sessions, target, worker);
    }

    @Bean
    SessionsToConverge sessionsToConverge(JdbcTemplate jdbc) {
        return new SessionsToConverge(jdbc);
    }

    @Bean
    CoaAuditReader coaAuditReader(JdbcTemplate jdbc) {
        return new CoaAuditReader(jdbc);
    }

    @Bean
    ConvergenceReader convergenceReader(JdbcTemplate jdbc) {
        return new ConvergenceReader(jdbc);
    }
}
