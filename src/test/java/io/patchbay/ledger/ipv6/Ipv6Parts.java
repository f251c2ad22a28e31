package io.patchbay.ledger.ipv6;

import io.patchbay.event.EventLog;
import io.patchbay.ledger.address.AddressSpace;
import io.patchbay.ledger.address.AddressTransactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The IPv6 lifecycle over a test's database, wired as the hub wires it; no session ever holds anything. */
public record Ipv6Parts(Ipv6Lifecycle lifecycle, Ipv6Sweep sweep) {
    public static Ipv6Parts over(
            JdbcTemplate jdbc, PlatformTransactionManager transactions, EventLog events, AddressSpace addresses) {
        FormerPrefixes former = new FormerPrefixes(
                jdbc,
                addresses.pools(),
                addresses.assignments(),
                addresses.holds(),
                Duration.ofHours(1),
                InstantSource.system());
        Ipv6Rows rows = new Ipv6Rows(jdbc);
        Ipv6Changes changes = new Ipv6Changes(rows, events);
        Ipv6Draws draws = new Ipv6Draws(addresses.pools(), addresses.assignments());
        Ipv6Lifecycle lifecycle = new Ipv6Lifecycle(
                new AddressTransactions(new TransactionTemplate(transactions)),
                rows,
                changes,
                draws,
                new Ipv6Allocation(transactions, changes, draws),
                former);
        return new Ipv6Parts(
                lifecycle,
                new Ipv6Sweep(lifecycle, rows, new Ipv6Holders(jdbc, List::of), services -> Map.of(), () -> true));
    }
}
