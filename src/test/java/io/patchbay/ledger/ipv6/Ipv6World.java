package io.patchbay.ledger.ipv6;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.ledger.address.AddressAuthority;
import io.patchbay.ledger.address.AddressClaim;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.address.AddressSpace;
import io.patchbay.ledger.address.AddressTransactions;
import io.patchbay.ledger.address.PoolAuthority;
import io.patchbay.wire.IpPrefix;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The lifecycle on a database of its own, with a projection, sessions and a NetBox that a test plays. */
final class Ipv6World {
    static final Actor ALICE = new Actor("alice", "because");
    static final Duration VALID = Duration.ofMinutes(90);

    /** One connection for all: to open one costs more than most of what is asked. */
    final DataSource database = oneConnection(TestDatabase.fresh());

    final JdbcTemplate jdbc = new JdbcTemplate(database);
    final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    final TransactionTemplate transaction = new TransactionTemplate(transactions);
    final Map<Long, List<String>> holding = new HashMap<>();
    final Map<Long, List<IpPrefix>> inUse = new HashMap<>();
    final Deque<AddressAuthority.Allocation> netBox = new ArrayDeque<>();
    final AddressSpace space;
    final Ipv6Lifecycle lifecycle;
    final Ipv6Reader reader;
    final Ipv6Sweep sweep;
    private int subscribers;

    Ipv6World() {
        EventLog events = new EventLog(jdbc);
        space = AddressSpace.over(
                database, jdbc, transaction, events, List::of, new PlayedNetBox(), InstantSource.system(), () -> true);
        Ipv6Rows rows = new Ipv6Rows(jdbc);
        Ipv6Changes changes = new Ipv6Changes(rows, events);
        Ipv6Draws draws = new Ipv6Draws(space.pools(), space.assignments());
        FormerPrefixes former = new FormerPrefixes(
                jdbc, space.pools(), space.assignments(), space.holds(), VALID, InstantSource.system());
        Ipv6Holders holders = new Ipv6Holders(jdbc, () -> List.of(this::holders));
        lifecycle = new Ipv6Lifecycle(
                new AddressTransactions(transaction),
                rows,
                changes,
                draws,
                new Ipv6Allocation(transactions, changes, draws),
                former);
        reader = new Ipv6Reader(rows, former, holders);
        sweep = new Ipv6Sweep(lifecycle, rows, holders, services -> inUse, () -> true);
    }

    private static DataSource oneConnection(DataSource of) {
        try {
            return new SingleConnectionDataSource(of.getConnection(), true);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Map<Long, List<String>> holders(Collection<Projections.Former> former) {
        return holding;
    }

    /** NetBox as a queue of answers; without one it is away. What it gave it takes back. */
    private final class PlayedNetBox implements AddressAuthority {
        @Override
        public Allocation allocate(AddressPool pool, AddressClaim claim) {
            return netBox.isEmpty() ? new Allocation.Away("it does not answer.") : netBox.remove();
        }

        @Override
        public LettingGo withdraw(AddressPool pool, UUID key) {
            return new LettingGo.Gone();
        }

        @Override
        public LettingGo release(AddressPool pool, IpPrefix prefix) {
            return new LettingGo.Gone();
        }
    }

    long service() {
        long subscriber = id(
                "insert into subscriber (tenant_id, external_id) select id, ? from tenant returning id",
                "subscriber-" + ++subscribers);
        return id(
                "insert into service (subscriber_id, tenant_id, plan_id) select ?, tenant_id, min(id) from plan"
                        + " group by tenant_id returning id",
                subscriber);
    }

    long pool(AddressKind kind, int length, Duration coolDown, PoolAuthority authority, String block) {
        long vrf = id("select id from vrf");
        long pool = space.pools()
                .create(
                        new AddressPool(0, "pool of " + block, null, vrf, kind, length, null, coolDown, authority),
                        Actor.named("test"))
                .id();
        space.parts().addBlock(pool, IpPrefix.parse(block), null, null, Actor.named("test"));
        return pool;
    }

    long pool(AddressKind kind, int length, String block) {
        return pool(kind, length, Duration.ZERO, PoolAuthority.LOCAL, block);
    }

    void plan(Long wanPool, Long delegatedPool) {
        jdbc.update("update plan set ipv6_wan_pool_id = ?, ipv6_delegated_pool_id = ?", wanPool, delegatedPool);
    }

    /** Whatever lifecycle knows it, or none. */
    void assign(long service, AddressKind kind, String prefix) {
        jdbc.update(
                "insert into service_prefix (service_id, vrf_id, kind, prefix) select ?, id, ?, ?::cidr from vrf",
                service,
                kind.word(),
                prefix);
    }

    List<String> prefixes(long service) {
        return jdbc.queryForList(
                "select text(prefix) from service_prefix where service_id = ? order by kind desc",
                String.class,
                service);
    }

    /** {@code reason prefix}, by prefix. */
    List<String> held(long service) {
        return jdbc.queryForList(
                "select reason || ' ' || text(prefix) from address_hold where service_id = ? order by prefix",
                String.class,
                service);
    }

    /** {@code before>after} of each change of the state, in order. */
    List<String> states(long service) {
        return jdbc.queryForList("""
                select coalesce(detail -> 'before' ->> 'ipv6State', '') || '>' || (detail -> 'after' ->> 'ipv6State')
                from event where service_id = ? and detail -> 'after' ? 'ipv6State' order by seq
                """.replace(" ? 'ipv6State'", " ?? 'ipv6State'"), String.class, service);
    }

    Ipv6State state(long service) {
        return reader.ofService(service).state();
    }

    long id(String sql, Object... parameters) {
        return jdbc.queryForObject(sql, Long.class, parameters);
    }
}
