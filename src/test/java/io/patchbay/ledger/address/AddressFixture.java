package io.patchbay.ledger.address;

import com.zaxxer.hikari.HikariDataSource;
import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.ledger.AddressHolder;
import io.patchbay.ledger.AddressHolderSource;
import io.patchbay.ledger.AddressQuestion;
import io.patchbay.ledger.AssignedAddresses;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The address space over a test database, as the hub puts it together, with live sessions and a NetBox that are told. */
final class AddressFixture implements AutoCloseable {
    static final Actor ACTOR = new Actor("test", "because");

    final HikariDataSource database;
    final JdbcTemplate jdbc;
    final TransactionTemplate transaction;
    final FakeNetBox netBox = new FakeNetBox();
    final List<AddressHolder> sessions = new CopyOnWriteArrayList<>();
    final AddressSpace space;
    final long vrf;

    AddressFixture() {
        database = new HikariDataSource();
        database.setDataSource(TestDatabase.fresh());
        database.setMaximumPoolSize(80);
        database.setMinimumIdle(0);
        jdbc = new JdbcTemplate(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        space = AddressSpace.over(
                database,
                jdbc,
                transaction,
                new EventLog(jdbc),
                () -> List.of(new AssignedAddresses(jdbc), new Told()),
                netBox,
                InstantSource.system(),
                () -> true);
        vrf = jdbc.queryForObject("select id from vrf", Long.class);
    }

    /** Sessions as accounting would tell them. */
    private final class Told implements AddressHolderSource {
        @Override
        public List<AddressHolder> holders(AddressQuestion question) {
            return sessions.stream()
                    .filter(session -> overlap(IpPrefix.parse(session.prefix()), question.prefix()))
                    .toList();
        }

        @Override
        public Reach reach(AddressQuestion question) {
            return new Reach("told", null, true, "");
        }
    }

    static boolean overlap(IpPrefix one, IpPrefix other) {
        return one.contains(other) || other.contains(one);
    }

    void isUsed(String prefix, Long serviceId, String userName, Instant until) {
        sessions.add(new AddressHolder(
                "accounting",
                serviceId,
                null,
                null,
                userName,
                null,
                null,
                "bng-1",
                7L,
                "ipv4-address",
                prefix,
                null,
                null,
                Instant.now(),
                until,
                List.of()));
    }

    AddressPool pool(String name, AddressKind kind, int length, Duration coolDown, PoolAuthority authority) {
        return space.pools()
                .create(new AddressPool(0, name, null, vrf, kind, length, null, coolDown, authority), ACTOR);
    }

    AddressPool pool(AddressKind kind, int length, String... blocks) {
        return pool(kind, length, Duration.ZERO, blocks);
    }

    AddressPool pool(AddressKind kind, int length, Duration coolDown, String... blocks) {
        AddressPool pool =
                pool("pool " + (space.pools().all().size() + 1), kind, length, coolDown, PoolAuthority.LOCAL);
        for (String block : blocks) {
            block(pool, block);
        }
        return pool;
    }

    AddressBlock block(AddressPool pool, String prefix) {
        return space.parts().addBlock(pool.id(), IpPrefix.parse(prefix), null, Gateway.FIRST, ACTOR);
    }

    long service() {
        return jdbc.queryForObject(
                "with s as (insert into subscriber (tenant_id, external_id) select id, 'sub' || (select count(*) from subscriber)"
                        + " from tenant returning id, tenant_id) insert into service (subscriber_id, tenant_id, plan_id)"
                        + " select s.id, s.tenant_id, plan.id from s, plan where plan.tenant_id = s.tenant_id limit 1 returning id",
                Long.class);
    }

    long[] services(int count) {
        jdbc.update(
                "insert into subscriber (tenant_id, external_id) select t.id, 'many' || g from tenant t, generate_series(1, ?) g",
                count);
        return jdbc
                .queryForList(
                        "insert into service (subscriber_id, tenant_id, plan_id) select s.id, s.tenant_id, p.id from subscriber s"
                                + " join plan p on p.tenant_id = s.tenant_id where s.external_id like 'many%' returning id",
                        Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** The next free of a pool, as text. */
    String assign(long service, AddressPool pool) {
        return space.assignments()
                .assign(service, AddressWish.nextOf(pool.id(), pool.kind()), ACTOR)
                .prefix()
                .toString();
    }

    AssignedAddress choose(long service, AddressKind kind, String prefix) {
        return space.assignments().assign(service, AddressWish.chosen(kind, IpPrefix.parse(prefix)), ACTOR);
    }

    void release(long service, AddressKind kind) {
        space.assignments().release(service, kind, null, ACTOR);
    }

    List<String> free() {
        return jdbc.queryForList("select text(prefix) from address_free order by prefix", String.class);
    }

    List<String> held() {
        return jdbc.queryForList(
                "select text(prefix) || ' ' || reason from address_hold order by prefix", String.class);
    }

    /** Lets what is held for a time be due. */
    void timePasses() {
        jdbc.update(
                "update address_hold set until = clock_timestamp() - interval '1 second' where id in (select id from"
                        + " address_hold where until is not null for update skip locked)");
    }

    @Override
    public void close() {
        database.close();
    }
}
