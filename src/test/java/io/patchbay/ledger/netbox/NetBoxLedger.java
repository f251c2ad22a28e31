package io.patchbay.ledger.netbox;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A ledger of its own with pools and services, for tests that have a NetBox beside it. */
public final class NetBoxLedger {
    public final DataSource database;
    public final JdbcTemplate jdbc;
    public final TransactionTemplate transaction;
    public final EventLog events;
    public final NetBoxConflicts conflicts;
    private int subscribers;

    public NetBoxLedger() {
        database = TestDatabase.fresh();
        jdbc = new JdbcTemplate(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        events = new EventLog(jdbc);
        conflicts = new NetBoxConflicts(jdbc, transaction, events);
    }

    public long number(String sql, Object... parameters) {
        return Objects.requireNonNull(jdbc.queryForObject(sql, Long.class, parameters));
    }

    public String text(String sql, Object... parameters) {
        return jdbc.queryForObject(sql, String.class, parameters);
    }

    /** A pool with one block. @param kind of service_prefix */
    public long pool(String name, String kind, String authority, String vrf, String block, Long netBoxId) {
        int length =
                switch (kind) {
                    case "ipv4-address" -> 32;
                    case "ipv6-wan-address" -> 128;
                    case "ipv6-delegated-prefix" -> 56;
                    default -> 64;
                };
        jdbc.update("insert into vrf (name) values (?) on conflict do nothing", vrf);
        long pool = number(
                "insert into address_pool (name, vrf_id, kind, assigned_length, authority)"
                        + " select ?, id, ?, ?, ? from vrf where name = ? returning id",
                name,
                kind,
                length,
                authority,
                vrf);
        block(pool, block, netBoxId);
        return pool;
    }

    public long block(long pool, String block, Long netBoxId) {
        return number(
                "insert into address_block (pool_id, vrf_id, prefix, netbox_id)"
                        + " select id, vrf_id, ?::cidr, ? from address_pool where id = ? returning id",
                block,
                netBoxId,
                pool);
    }

    public long service() {
        return service("active");
    }

    public long service(String state) {
        return transaction.execute(status -> {
            long service = number("""
                    with b as (insert into subscriber (tenant_id, external_id)
                        select id, ? from tenant where name = 'default' returning id, tenant_id)
                    insert into service (subscriber_id, tenant_id, plan_id, state)
                    select b.id, b.tenant_id, (select id from plan where name = 'default'), ? from b returning id""", "subscriber-" + subscribers++, state);
            events.append(Actor.named("test"), EventType.SERVICE_CREATED, service, Map.of());
            return service;
        });
    }

    /** As an assignment commits it: row and event together. */
    public void assign(long service, long pool, String kind, String prefix) {
        transaction.executeWithoutResult(status -> {
            jdbc.update(
                    "insert into service_prefix (service_id, vrf_id, kind, prefix, pool_id)"
                            + " select ?, vrf_id, ?, ?::cidr, id from address_pool where id = ?",
                    service,
                    kind,
                    prefix,
                    pool);
            events.append(Actor.named("test"), EventType.SERVICE_CHANGED, service, Map.of());
        });
    }

    public void release(long service) {
        transaction.executeWithoutResult(status -> {
            jdbc.update("delete from service_prefix where service_id = ?", service);
            events.append(Actor.named("test"), EventType.SERVICE_CHANGED, service, Map.of());
        });
    }

    public String prefixOf(long service, String kind) {
        return jdbc
                .queryForList(
                        "select text(prefix) from service_prefix where service_id = ? and kind = ?",
                        String.class,
                        service,
                        kind)
                .stream()
                .findFirst()
                .orElse(null);
    }
}
