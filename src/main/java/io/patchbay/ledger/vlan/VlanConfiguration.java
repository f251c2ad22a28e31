package io.patchbay.ledger.vlan;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.database.DatabaseAddress;
import io.patchbay.database.DatabaseReadiness;
import io.patchbay.database.RowStream;
import io.patchbay.event.EventLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of this room. */
@Configuration(proxyBeanMethods = false)
class VlanConfiguration {
    @Bean
    VlanDomains vlanDomains(JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events) {
        return new VlanDomains(jdbc, new TransactionTemplate(transactions), events);
    }

    @Bean
    VlanPools vlanPools(JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events) {
        return new VlanPools(jdbc, new TransactionTemplate(transactions), events);
    }

    @Bean
    VlanBindings vlanBindings(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            ObjectProvider<VlanChooser> netBox) {
        return new VlanBindings(jdbc, new TransactionTemplate(transactions), events, netBox.getIfAvailable());
    }

    @Bean
    VlanReader vlanReader(JdbcTemplate jdbc, DatabaseAddress address) {
        return new VlanReader(jdbc, new RowStream(address));
    }

    @Bean
    VlanPoolUses vlanPoolUses(JdbcTemplate jdbc) {
        return new VlanPoolUses(jdbc);
    }

    @Bean
    VlanPoolMeters vlanPoolMeters(VlanPoolUses uses, MeterRegistry meters, DatabaseReadiness readiness) {
        return new VlanPoolMeters(uses, meters, readiness::isMigrated);
    }
}
