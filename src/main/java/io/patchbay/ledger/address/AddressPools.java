package io.patchbay.ledger.address;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.Words;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;

/** The pools themselves, in one transaction with their events. What is in them: {@link PoolParts}. */
public final class AddressPools {
    private static final Duration LONGEST_COOL_DOWN = Duration.ofDays(3650);

    private final JdbcTemplate jdbc;
    private final AddressTransactions transactions;
    private final EventLog events;

    AddressPools(JdbcTemplate jdbc, AddressTransactions transactions, EventLog events) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
    }

    /** In the order of their names. */
    public List<AddressPool> all() {
        return jdbc.query("select * from address_pool order by name", AddressRows.POOL);
    }

    /** @throws LedgerNotFound when there is no such pool */
    public AddressPool get(long id) {
        return find(id).orElseThrow(() -> new LedgerNotFound("There is no address pool " + id + "."));
    }

    public Optional<AddressPool> find(long id) {
        return jdbc.query("select * from address_pool where id = ?", AddressRows.POOL, id).stream()
                .findFirst();
    }

    public Optional<AddressPool> named(String name) {
        return jdbc.query("select * from address_pool where name = ?", AddressRows.POOL, name).stream()
                .findFirst();
    }

    /** The pool in which a prefix lies, in the default VRF. */
    public Optional<AddressPool> around(IpPrefix prefix) {
        return jdbc
                .query(
                        "select p.* from address_block b join address_pool p on p.id = b.pool_id where b.prefix >>= ?::inet"
                                + " and b.vrf_id = (select id from vrf where name = 'default')",
                        AddressRows.POOL,
                        prefix.toString())
                .stream()
                .findFirst();
    }

    public String vrfName(long id) {
        return jdbc.queryForObject("select name from vrf where id = ?", String.class, id);
    }

    /** The VRF of this name, which is made when there is none. */
    public long vrf(String name) {
        return transactions.run(() -> {
            jdbc.update("insert into vrf (name) values (?) on conflict (name) do nothing", name);
            return jdbc.queryForObject("select id from vrf where name = ?", Long.class, name);
        });
    }

    /**
     * @param pool whose id does not matter
     * @return it with its id; it has no block yet
     * @throws LedgerInvalid when its kind and lengths do not fit
     * @throws LedgerConflict when the name is another pool's
     */
    public AddressPool create(AddressPool pool, Actor actor) {
        requireSensible(pool);
        return transactions.run(() -> {
            requireFreeName(pool);
            long id = jdbc.queryForObject(
                    "insert into address_pool (name, tenant_id, vrf_id, kind, assigned_length, netmask_length, cool_down_s,"
                            + " authority) values (?, ?, ?, ?, ?, ?, ?, ?) returning id",
                    Long.class,
                    pool.name(),
                    pool.tenantId(),
                    pool.vrfId(),
                    pool.kind().word(),
                    pool.assignedLength(),
                    pool.netmaskLength(),
                    pool.coolDown().toSeconds(),
                    word(pool.authority()));
            events.append(actor, EventType.ADDRESS_POOL_CHANGED, id, Map.of(), told(pool));
            return get(id);
        });
    }

    /**
     * Changes name, cool-down, netmask, and the authority of a pool without blocks. What was assigned before keeps its netmask,
     * what was released before its cool-down.
     *
     * @throws LedgerNotFound when there is no such pool
     * @throws LedgerInvalid when anything else were changed
     * @throws LedgerConflict when the name is another pool's, or the authority is to change and there are blocks
     */
    public AddressPool change(long id, UnaryOperator<AddressPool> change, Actor actor) {
        return transactions.run(() -> {
            AddressPool before = lock(id);
            AddressPool after = change.apply(before);
            requireSensible(after);
            requireSame(before, after);
            if (!after.name().equals(before.name())) {
                requireFreeName(after);
            }
            if (after.authority() != before.authority() && hasBlocks(id)) {
                throw new LedgerConflict(
                        "The pool '" + before.name() + "' has blocks, and what is in them was chosen by '"
                                + word(before.authority()) + "'. Make another pool.");
            }
            jdbc.update(
                    "update address_pool set name = ?, netmask_length = ?, cool_down_s = ?, authority = ? where id = ?",
                    after.name(),
                    after.netmaskLength(),
                    after.coolDown().toSeconds(),
                    word(after.authority()),
                    id);
            Map<String, Object> was = told(before);
            Map<String, Object> is = told(after);
            Map<String, Object> wasOnly = new LinkedHashMap<>(was);
            wasOnly.entrySet().removeAll(is.entrySet());
            is.entrySet().removeAll(was.entrySet());
            events.append(actor, EventType.ADDRESS_POOL_CHANGED, id, wasOnly, is);
            return after;
        });
    }

    /**
     * @throws LedgerNotFound when there is no such pool
     * @throws LedgerConflict when it has blocks, or plans draw from it
     */
    public void delete(long id, Actor actor) {
        transactions.run(() -> {
            AddressPool pool = lock(id);
            if (hasBlocks(id)) {
                throw new LedgerConflict("The pool '" + pool.name() + "' has blocks; remove them first.");
            }
            jdbc.queryForList(
                            "select name from plan where ? in (ipv4_address_pool_id, ipv6_wan_pool_id, ipv6_delegated_pool_id)"
                                    + " order by name limit 1",
                            String.class,
                            id)
                    .forEach(plan -> {
                        throw new LedgerConflict("The plan '" + plan + "' draws from the pool '" + pool.name() + "'.");
                    });
            jdbc.update("delete from address_pool where id = ?", id);
            events.append(actor, EventType.ADDRESS_POOL_CHANGED, id, told(pool), Map.of());
            return null;
        });
    }

    private AddressPool lock(long id) {
        return jdbc.query("select * from address_pool where id = ? for no key update", AddressRows.POOL, id).stream()
                .findFirst()
                .orElseThrow(() -> new LedgerNotFound("There is no address pool " + id + "."));
    }

    private boolean hasBlocks(long id) {
        return jdbc.queryForObject("select exists (select from address_block where pool_id = ?)", Boolean.class, id);
    }

    private void requireFreeName(AddressPool pool) {
        if (named(pool.name()).isPresent()) {
            throw new LedgerConflict("There is a pool named '" + pool.name() + "' already.");
        }
    }

    private static void requireSame(AddressPool before, AddressPool after) {
        if (after.kind() != before.kind()
                || after.assignedLength() != before.assignedLength()
                || after.vrfId() != before.vrfId()
                || !Objects.equals(after.tenantId(), before.tenantId())) {
            throw new LedgerInvalid(
                    "Kind, length, VRF and tenant of a pool stay as they were made. Make another pool.");
        }
    }

    private static void requireSensible(AddressPool pool) {
        if (pool.name().isBlank()) {
            throw new LedgerInvalid("A pool needs a name.");
        }
        if (pool.kind().isRoute()) {
            throw new LedgerInvalid("There is no pool of " + pool.kind().word()
                    + "; a route may be cut from a pool of its family by telling its length.");
        }
        if (!pool.kind().fits(pool.kind().isV6(), pool.assignedLength())) {
            throw new LedgerInvalid("assignedLength: a pool of " + pool.kind().word() + " assigns "
                    + pool.kind().lengths() + ", not /" + pool.assignedLength() + ".");
        }
        if (pool.netmaskLength() != null
                && (pool.kind() != AddressKind.IPV4_ADDRESS || pool.netmaskLength() < 1 || pool.netmaskLength() > 32)) {
            throw new LedgerInvalid("netmaskLength: 1 to 32, for a pool of ipv4-address only.");
        }
        if (pool.coolDown().isNegative() || pool.coolDown().compareTo(LONGEST_COOL_DOWN) > 0) {
            throw new LedgerInvalid("coolDownSeconds: 0 to " + LONGEST_COOL_DOWN.toSeconds() + ", not "
                    + pool.coolDown().toSeconds() + ".");
        }
    }

    private static Map<String, Object> told(AddressPool pool) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", pool.name());
        told.put("kind", pool.kind().word());
        told.put("assignedLength", pool.assignedLength());
        told.put("netmaskLength", pool.netmaskLength());
        told.put("coolDownSeconds", pool.coolDown().toSeconds());
        told.put("authority", word(pool.authority()));
        return told;
    }

    static String word(PoolAuthority authority) {
        return Words.of(authority);
    }
}
