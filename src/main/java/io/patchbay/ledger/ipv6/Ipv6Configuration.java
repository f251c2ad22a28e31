package io.patchbay.ledger.ipv6;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.database.DatabaseReadiness;
import io.patchbay.event.EventLog;
import io.patchbay.ledger.address.AddressAssignments;
import io.patchbay.ledger.address.AddressHolds;
import io.patchbay.ledger.address.AddressPools;
import io.patchbay.ledger.address.AddressTransactions;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of the IPv6 lifecycle. */
@Configuration(proxyBeanMethods = false)
class Ipv6Configuration {
    @Bean
    FormerPrefixes formerPrefixes(
            JdbcTemplate jdbc,
            AddressPools pools,
            AddressAssignments assignments,
            AddressHolds holds,
            @Value("${patchbay.ipv6.valid-lifetime}") Duration validLifetime) {
        return new FormerPrefixes(jdbc, pools, assignments, holds, validLifetime, InstantSource.system());
    }

    @Bean
    Ipv6Lifecycle ipv6Lifecycle(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            AddressPools pools,
            AddressAssignments assignments,
            FormerPrefixes former) {
        Ipv6Rows rows = new Ipv6Rows(jdbc);
        Ipv6Changes changes = new Ipv6Changes(rows, events);
        Ipv6Draws draws = new Ipv6Draws(pools, assignments);
        return new Ipv6Lifecycle(
                new AddressTransactions(new TransactionTemplate(transactions)),
                rows,
                changes,
                draws,
                new Ipv6Allocation(transactions, changes, draws),
                former);
    }

    @Bean
    Ipv6Holders ipv6Holders(JdbcTemplate jdbc, ObjectProvider<Projections> projections) {
        return new Ipv6Holders(jdbc, () -> projections.orderedStream().toList());
    }

    @Bean
    Ipv6Reader ipv6Reader(JdbcTemplate jdbc, FormerPrefixes former, Ipv6Holders holders) {
        return new Ipv6Reader(new Ipv6Rows(jdbc), former, holders);
    }

    @Bean
    Ipv6Sweep ipv6Sweep(
            Ipv6Lifecycle lifecycle,
            JdbcTemplate jdbc,
            Ipv6Holders holders,
            ObjectProvider<PrefixesInUse> inUse,
            DatabaseReadiness readiness,
            MeterRegistry meters) {
        Ipv6Sweep sweep = new Ipv6Sweep(
                lifecycle,
                new Ipv6Rows(jdbc),
                holders,
                services -> inUse.getObject().ofServices(services),
                readiness::isMigrated);
        for (Ipv6State state : Ipv6State.values()) {
            Gauge.builder("patchbay.ipv6.services", sweep, counted -> counted.count(state))
                    .description("Services by the state of their IPv6, counted twice a minute")
                    .tag("state", state.word())
                    .register(meters);
        }
        return sweep;
    }
}
