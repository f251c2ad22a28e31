package io.patchbay.ledger.address;

import io.patchbay.event.EventLog;
import io.patchbay.ledger.AddressHolderSource;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of this room put together over one database. */
public record AddressSpace(
        AddressPools pools,
        PoolParts parts,
        PoolUsages usages,
        AddressHolds holds,
        AddressAssignments assignments,
        Reservations reservations,
        AddressSweeps sweeps) {

    /**
     * @param sources who else knows who holds an address just now
     * @param netBox what chooses in pools with the authority netbox
     * @param tablesThere false until the tables are migrated: the sweeps wait for it
     */
    public static AddressSpace over(
            DataSource dataSource,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            EventLog events,
            Supplier<List<AddressHolderSource>> sources,
            AddressAuthority netBox,
            InstantSource clock,
            BooleanSupplier tablesThere) {
        AddressTransactions transactions = new AddressTransactions(transaction);
        LiveUse liveUse = new LiveUse(sources, clock);
        AddressPools pools = new AddressPools(jdbc, transactions, events);
        AddressHolds holds = new AddressHolds(jdbc, transactions, events);
        AddressClaims claims = new AddressClaims(jdbc, transactions, events, netBox);
        return new AddressSpace(
                pools,
                new PoolParts(jdbc, transactions, events, pools),
                new PoolUsages(jdbc, pools, clock),
                holds,
                new AddressAssignments(jdbc, transactions, events, pools, holds, claims, liveUse),
                new Reservations(jdbc, transactions, events, pools, holds, liveUse),
                new AddressSweeps(dataSource, pools, holds, claims, netBox, tablesThere));
    }
}
