package io.patchbay.ledger.netbox;

import io.patchbay.event.EventLog;
import io.patchbay.ledger.address.AddressAuthority;
import io.patchbay.netbox.NetBox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The beans between ledger and NetBox. */
@Configuration(proxyBeanMethods = false)
class NetBoxLedgerConfiguration {
    @Bean
    NetBoxConflicts netBoxConflicts(JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events) {
        return new NetBoxConflicts(jdbc, new TransactionTemplate(transactions), events);
    }

    @Bean
    AddressAuthority netBoxAddressAuthority(NetBox netBox, JdbcTemplate jdbc) {
        return new NetBoxAddressAuthority(netBox, jdbc);
    }
}
