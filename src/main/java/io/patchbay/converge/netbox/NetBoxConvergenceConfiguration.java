package io.patchbay.converge.netbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.converge.ConvergenceSettings;
import io.patchbay.converge.ConvergenceWorker;
import io.patchbay.ledger.netbox.NetBoxConflicts;
import io.patchbay.netbox.NetBox;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The beans of the mirror, those of its routes under the names by which {@code converge-netbox.camel.yaml} has them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NetBoxMirrorSettings.class)
class NetBoxConvergenceConfiguration {
    /** Longer than the bulk calls of a turn and their repetitions one by one. */
    private static final Duration LEASE = Duration.ofMinutes(15);

    @Bean
    WakeMirror wakeMirror(ObjectProvider<ProducerTemplate> camel) {
        return new WakeMirror(camel);
    }

    @Bean
    MirrorDue mirrorDue(JdbcTemplate jdbc, WakeMirror wake) {
        return new MirrorDue(jdbc, wake);
    }

    @Bean
    MirrorGate mirrorGate(NetBox netBox, NetBoxMirrorSettings settings) {
        return new MirrorGate(netBox, settings.retryAfter(), InstantSource.system());
    }

    @Bean
    SharedObjects sharedObjects(NetBox netBox, JdbcTemplate jdbc) {
        return new SharedObjects(netBox, jdbc);
    }

    @Bean
    NetBoxTarget netBoxTarget(
            NetBox netBox,
            SharedObjects shared,
            JdbcTemplate jdbc,
            NetBoxConflicts conflicts,
            MirrorGate gate,
            NetBoxMirrorSettings settings,
            MeterRegistry meters,
            @Value("${patchbay.netbox.tag:patchbay}") String tag) {
        return new NetBoxTarget(
                new MirrorObserver(netBox, new DesiredObjects(jdbc, netBox.customFields()), shared),
                new MirrorWriter(
                        netBox,
                        shared,
                        new DeletionGuard(jdbc, settings, InstantSource.system()),
                        tag,
                        settings.bulk()),
                netBox.customFields(),
                conflicts,
                gate,
                new MirrorMeters(meters));
    }

    @Bean
    ConvergenceWorker<MirroredService, MirrorPlan, MirrorOutcome> netBoxWorker(
            NetBoxTarget target,
            JdbcTemplate jdbc,
            TransactionOperations transaction,
            ChangeFeed feed,
            MirrorGate gate,
            NetBoxMirrorSettings settings,
            WakeMirror wake,
            MeterRegistry meters) {
        ConvergenceSettings pace = new ConvergenceSettings(
                settings.attempts(),
                settings.retryAfter(),
                settings.retryAfter(),
                LEASE,
                settings.servicesATurn(),
                settings.servicesATurn());
        var worker = new ConvergenceWorker<>(
                target, jdbc, transaction, () -> gate.isOpen() ? feed.position() : null, pace, wake);
        feed.onChange(wake);
        Gauge.builder("patchbay.converge.inflight", worker, ConvergenceWorker::inFlight)
                .description("Services that are being written to NetBox")
                .tag("target", NetBoxTarget.NAME)
                .register(meters);
        return worker;
    }

    @Bean
    Processor convergeNetBox(
            ConvergenceWorker<MirroredService, MirrorPlan, MirrorOutcome> worker,
            NetBoxTarget target,
            MirrorDue due,
            MirrorState state,
            WakeMirror wake) {
        ConvergeNetBox step = new ConvergeNetBox(worker, target, due, wake);
        return exchange -> {
            step.process(exchange);
            state.read(); // for health and metrics, which do not ask the database
        };
    }

    @Bean
    SweepNetBox sweepNetBox(
            NetBox netBox,
            JdbcTemplate jdbc,
            MirrorDue due,
            SharedObjects shared,
            @Value("${patchbay.netbox.tag:patchbay}") String tag) {
        return new SweepNetBox(netBox, jdbc, due, shared, tag);
    }

    @Bean
    MirrorState mirrorState(
            JdbcTemplate jdbc,
            MirrorGate gate,
            ConvergenceWorker<MirroredService, MirrorPlan, MirrorOutcome> worker,
            WakeMirror wake,
            NetBoxMirrorSettings settings,
            MeterRegistry meters) {
        MirrorState state = new MirrorState(jdbc, gate, worker, wake, settings);
        Gauge.builder("patchbay.netbox.waiting", state, MirrorState::lastWaiting)
                .description("Services that NetBox has not as they are yet")
                .register(meters);
        return state;
    }
}
