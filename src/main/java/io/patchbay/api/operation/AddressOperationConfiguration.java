package io.patchbay.api.operation;

import io.patchbay.api.ApiSettings;
import io.patchbay.ledger.address.AddressAssignments;
import io.patchbay.ledger.address.AddressPools;
import io.patchbay.ledger.address.AddressSearch;
import io.patchbay.ledger.address.PoolParts;
import io.patchbay.ledger.address.PoolUsages;
import io.patchbay.ledger.address.Reservations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The operations on addresses. */
@Configuration(proxyBeanMethods = false)
class AddressOperationConfiguration {
    @Bean
    AddressPoolOperations addressPoolOperations(
            AddressPools pools, PoolParts parts, PoolUsages usages, TenantNames tenants) {
        return new AddressPoolOperations(pools, parts, usages, tenants);
    }

    @Bean
    ReservationOperations reservationOperations(Reservations reservations, AddressPools pools) {
        return new ReservationOperations(reservations, pools);
    }

    @Bean
    AddressOperations addressOperations(
            AddressAssignments assignments,
            AddressPools pools,
            AddressSearch search,
            JdbcTemplate jdbc,
            OwnChanges ownChanges,
            ApiSettings settings) {
        return new AddressOperations(
                assignments, pools, search, new ServiceOwners(jdbc), ownChanges, new Exports(settings.exports()));
    }
}
