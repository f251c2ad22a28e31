package io.patchbay.ledger.selfservice;

import io.patchbay.event.EventLog;
import io.patchbay.ledger.address.AddressAssignments;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans of what subscribers may do themselves. */
@Configuration(proxyBeanMethods = false)
class SelfServiceConfiguration {
    @Bean
    Ipv6States ipv6States(JdbcTemplate jdbc) {
        return new Ipv6States(jdbc);
    }

    @Bean
    AddressRequests addressRequests(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            EventLog events,
            AddressAssignments assignments) {
        return new AddressRequests(jdbc, new TransactionTemplate(transactions), events, assignments);
    }
}
