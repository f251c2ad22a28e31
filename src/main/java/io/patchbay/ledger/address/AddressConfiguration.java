package io.patchbay.ledger.address;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.database.DatabaseReadiness;
import io.patchbay.event.EventLog;
import io.patchbay.ledger.AddressHolderSource;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of the addresses: they do not fail while the database is away. */
@Configuration(proxyBeanMethods = false)
class AddressConfiguration {
    @Bean
    AddressSpace addressSpace(
            DataSource dataSource,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            ObjectProvider<AddressHolderSource> sources,
            ObjectProvider<AddressAuthority> netBox,
            DatabaseReadiness readiness) {
        return AddressSpace.over(
                dataSource,
                jdbc,
                new TransactionTemplate(transactions),
                events,
                () -> sources.stream().toList(),
                netBox.getIfAvailable(NoNetBox::new),
                InstantSource.system(),
                readiness::isMigrated);
    }

    @Bean
    AddressPools addressPools(AddressSpace space) {
        return space.pools();
    }

    @Bean
    PoolParts poolParts(AddressSpace space) {
        return space.parts();
    }

    @Bean
    PoolUsages poolUsages(AddressSpace space) {
        return space.usages();
    }

    @Bean
    AddressHolds addressHolds(AddressSpace space) {
        return space.holds();
    }

    @Bean
    AddressAssignments addressAssignments(AddressSpace space) {
        return space.assignments();
    }

    @Bean
    Reservations reservations(AddressSpace space) {
        return space.reservations();
    }

    @Bean
    AddressSearch addressSearch(JdbcTemplate jdbc) {
        return new AddressSearch(jdbc);
    }

    /** The route release-addresses calls it. */
    @Bean
    AddressSweeps addressSweeps(AddressSpace space) {
        return space.sweeps();
    }

    @Bean
    PoolMeters poolMeters(PoolUsages usages, MeterRegistry meters, DatabaseReadiness readiness) {
        return new PoolMeters(usages, meters, readiness::isMigrated);
    }
}
