package io.patchbay.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.binding.BindingIndex;
import io.patchbay.commit.JournaledStore;
import io.patchbay.converge.netbox.MirrorState;
import io.patchbay.database.DatabaseReadiness;
import io.patchbay.ledger.NasClients;
import io.patchbay.line.LineTemplates;
import io.patchbay.netbox.NetBoxWatch;
import io.patchbay.reply.ReplyProfiles;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Wires what operators watch. The names of the health beans are those on the health page. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {
    @Bean
    HubHealth hub(ObjectProvider<ReadinessGate> gates) {
        return new HubHealth(List.copyOf(gates.orderedStream().toList()));
    }

    @Bean
    DatabaseHealth postgresql(DataSource dataSource, MeterRegistry meters) {
        return new DatabaseHealth(dataSource, meters, Duration.ofSeconds(5));
    }

    /** Never down: whoever polls it to decide about traffic would take the log-ins away too. */
    @Bean
    HealthIndicator accounting(JournaledStore<?> store) {
        return () -> {
            Health.Builder health = Health.up()
                    .withDetail("acknowledging", !store.isRefusing())
                    .withDetail("journaling", store.isJournaling())
                    .withDetail("journalEntries", store.entries())
                    .withDetail("journalBytes", store.bytes());
            String trouble = store.trouble();
            return trouble == null
                    ? health.build()
                    : health.withDetail("trouble", trouble).build();
        };
    }

    /** Never down either: what waits for NetBox waits, everything else goes on. */
    @Bean
    HealthIndicator netboxHealthIndicator(NetBoxWatch watch, MirrorState mirror) {
        return new NetBoxHealth(watch, mirror);
    }

    @Bean
    ReadinessGate indexGate(BindingIndex index) {
        return ReadinessGate.of(
                "index", index::isComplete, () -> index.isComplete() ? index.size() + " bindings" : "is being filled");
    }

    @Bean
    ReadinessGate accessSocketGate(CamelContext camel) {
        return socketGate(camel, "radius-access");
    }

    @Bean
    ReadinessGate accountingSocketGate(CamelContext camel) {
        return socketGate(camel, "radius-accounting");
    }

    private static ReadinessGate socketGate(CamelContext camel, String route) {
        Supplier<ServiceStatus> status = () -> camel.getRouteController().getRouteStatus(route);
        return ReadinessGate.of(
                route,
                () -> status.get() == ServiceStatus.Started,
                () -> status.get() == null
                        ? "is not there"
                        : status.get().name().toLowerCase(Locale.ROOT));
    }

    @Bean
    NasCheck nasCheck(
            NasClients nasClients, ReplyProfiles profiles, LineTemplates templates, DatabaseReadiness database) {
        return new NasCheck(nasClients, profiles.vendors(), templates.portTemplates(), database);
    }

    @Bean
    DurabilityCheck durabilityCheck(JdbcTemplate jdbc, DatabaseReadiness database) {
        return new DurabilityCheck(jdbc, database);
    }

    @Bean
    JolokiaPolicy jolokiaPolicy() {
        return new JolokiaPolicy();
    }
}
