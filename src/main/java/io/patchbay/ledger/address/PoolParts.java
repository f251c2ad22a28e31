package io.patchbay.ledger.address;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.Prefixes;
import io.patchbay.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** The blocks of a pool, and what of them is never assigned. */
public final class PoolParts {
    /**
     * The first and the last address of each subnet, and the gateway's; whoever has one of them already keeps it. Parameters: the
     * gateway's place from the network address (below 0: from the broadcast address; null: none), actor, block, netmask length.
     */
    private static final String RESERVE_EDGES = """
            with size as (
                select b.id, b.pool_id, b.vrf_id, b.prefix, n.netmask, 2 ^ (32 - n.netmask) as addresses,
                       set_masklen(network(set_masklen(b.prefix::inet, least(n.netmask, masklen(b.prefix))))::inet, 32) as first
                from address_block b, (values (?::integer)) as n (netmask) where b.id = ?),
            edge as (
                select s.id, s.pool_id, s.vrf_id, s.prefix as block, e.note, (s.first + (i * s.addresses + e.place)::bigint)::cidr as prefix
                from size s, generate_series(0, (2 ^ greatest(0, s.netmask - masklen(s.prefix)))::bigint - 1) as i,
                     lateral (values ('network address', 0::float8), ('broadcast address', s.addresses - 1),
                                     ('gateway', case when ?::integer < 0 then s.addresses - 2 else ?::integer end)) as e (note, place)
                where e.place is not null)
            insert into address_hold (block_id, pool_id, vrf_id, prefix, reason, note, created_by)
            select id, pool_id, vrf_id, prefix, 'reserved', note, ? from edge
            where prefix <<= block
              and not exists (select from service_prefix p where p.vrf_id = edge.vrf_id and p.prefix && edge.prefix)
            order by prefix""";

    private final JdbcTemplate jdbc;
    private final AddressTransactions transactions;
    private final EventLog events;
    private final AddressPools pools;

    PoolParts(JdbcTemplate jdbc, AddressTransactions transactions, EventLog events, AddressPools pools) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
        this.pools = pools;
    }

    public List<AddressBlock> blocks(long poolId) {
        return jdbc.query(
                "select id, pool_id, text(prefix) as prefix, netbox_id from address_block where pool_id = ? order by prefix",
                AddressRows.BLOCK,
                pools.get(poolId).id());
    }

    /**
     * Adds a block. What services have in it already is assigned from the pool then. Of a pool with a netmask, network and
     * broadcast address and the gateway of each subnet are reserved.
     *
     * @param netBoxId the prefix in NetBox that it stands for; null for none
     * @throws LedgerNotFound when there is no such pool
     * @throws LedgerInvalid when it is no prefix of the pool's family, or too small
     * @throws LedgerConflict naming whose it is
     */
    public AddressBlock addBlock(long poolId, IpPrefix prefix, Long netBoxId, Gateway gateway, Actor actor) {
        return transactions.run(() -> {
            AddressPool pool = pools.get(poolId);
            requireBlock(pool, prefix);
            jdbc.queryForList(
                            "select text(b.prefix) || ' of the pool ''' || p.name || '''' from address_block b"
                                    + " join address_pool p on p.id = b.pool_id where b.vrf_id = ? and b.prefix && ?::inet limit 1",
                            String.class,
                            pool.vrfId(),
                            prefix.toString())
                    .forEach(other -> {
                        throw new LedgerConflict(prefix + " overlaps " + other + ".");
                    });
            long id = jdbc.queryForObject(
                    "insert into address_block (pool_id, vrf_id, prefix, netbox_id) values (?, ?, ?::cidr, ?) returning id",
                    Long.class,
                    poolId,
                    pool.vrfId(),
                    prefix.toString(),
                    netBoxId);
            if (pool.netmaskLength() != null && pool.netmaskLength() < 31 && !pool.isChosenByNetBox()) {
                Integer place =
                        switch (gateway) {
                            case FIRST -> 1;
                            case LAST -> -1;
                            case NONE -> null;
                        };
                jdbc.update(RESERVE_EDGES, pool.netmaskLength(), id, place, place, actor.name());
            }
            events.append(actor, EventType.ADDRESS_POOL_CHANGED, poolId, Map.of(), Map.of("block", prefix.toString()));
            return new AddressBlock(id, poolId, prefix, netBoxId);
        });
    }

    /**
     * Removes a block in which nothing is assigned and nothing held but reserved parts.
     *
     * @throws LedgerNotFound when the pool has no such block
     * @throws LedgerConflict naming who uses it
     */
    public void removeBlock(long poolId, IpPrefix prefix, Actor actor) {
        transactions.run(() -> {
            pools.get(poolId);
            if (jdbc.update(
                            "delete from address_block where pool_id = ? and prefix = ?::inet",
                            poolId,
                            prefix.toString())
                    == 0) {
                throw new LedgerNotFound(prefix + " is no block of this pool.");
            }
            events.append(actor, EventType.ADDRESS_POOL_CHANGED, poolId, Map.of("block", prefix.toString()), Map.of());
            return null;
        });
    }

    /**
     * Keeps a part of a pool from being assigned.
     *
     * @return as many holds as the range has prefixes
     * @throws LedgerInvalid when it is not in the pool, or NetBox chooses in it
     * @throws LedgerConflict naming who has some of it
     */
    public List<AddressHold> reserve(long poolId, AddressRange range, String note, Actor actor) {
        return transactions.run(() -> {
            AddressPool pool = pools.get(poolId);
            requireOwnChoice(pool);
            List<AddressHold> reserved = new ArrayList<>();
            for (IpPrefix prefix : range.prefixes()) {
                List<Long> ids = jdbc.queryForList(
                        "insert into address_hold (block_id, pool_id, vrf_id, prefix, reason, note, created_by)"
                                + " select id, pool_id, vrf_id, ?::cidr, 'reserved', ?, ? from address_block"
                                + " where pool_id = ? and prefix >>= ?::cidr returning id",
                        Long.class,
                        prefix.toString(),
                        note,
                        actor.name(),
                        poolId,
                        prefix.toString());
                if (ids.isEmpty()) {
                    throw new LedgerInvalid(prefix + " does not lie in a block of the pool '" + pool.name() + "'.");
                }
                reserved.addAll(jdbc.query(AddressRows.HELD + "where id = ?", AddressRows.HOLD, ids.getFirst()));
            }
            events.append(
                    actor,
                    EventType.ADDRESS_POOL_CHANGED,
                    poolId,
                    Map.of(),
                    Map.of("reserved", texts(range.prefixes())));
            return reserved;
        });
    }

    /**
     * Lets a reserved part be assigned again: every hold that lies in the range.
     *
     * @throws LedgerNotFound when nothing in it is reserved
     */
    public void unreserve(long poolId, AddressRange range, Actor actor) {
        transactions.run(() -> {
            pools.get(poolId);
            int ended = 0;
            for (IpPrefix prefix : range.prefixes()) {
                ended += jdbc.update(
                        "delete from address_hold where pool_id = ? and reason = 'reserved' and prefix <<= ?::inet",
                        poolId,
                        prefix.toString());
            }
            if (ended == 0) {
                throw new LedgerNotFound("Nothing from " + range.first().addressText() + " to "
                        + range.last().addressText() + " is reserved in this pool.");
            }
            events.append(
                    actor,
                    EventType.ADDRESS_POOL_CHANGED,
                    poolId,
                    Map.of("reserved", texts(range.prefixes())),
                    Map.of());
            return null;
        });
    }

    /** @param after the last id of the page before, 0 for the first */
    public List<AddressHold> reserved(long poolId, long after, int limit) {
        return jdbc.query(
                AddressRows.HELD + "where pool_id = ? and reason = 'reserved' and id > ? order by id limit ?",
                AddressRows.HOLD,
                pools.get(poolId).id(),
                after,
                limit);
    }

    static void requireOwnChoice(AddressPool pool) {
        if (pool.isChosenByNetBox()) {
            throw new LedgerInvalid("NetBox chooses in the pool '" + pool.name() + "'; reserve it there.");
        }
    }

    private static void requireBlock(AddressPool pool, IpPrefix prefix) {
        if (prefix.v6() != pool.kind().isV6() || !Prefixes.isNetwork(prefix)) {
            throw new LedgerInvalid("prefix: " + prefix + " is no "
                    + (pool.kind().isV6() ? "IPv6" : "IPv4") + " prefix without bits beyond its length.");
        }
        if (prefix.length() > pool.assignedLength()) {
            throw new LedgerInvalid(
                    "prefix: " + prefix + " is smaller than what the pool assigns, /" + pool.assignedLength() + ".");
        }
        if (prefix.length() < (prefix.v6() ? 16 : 6)) {
            throw new LedgerInvalid("prefix: " + prefix + " is more than anybody has; the shortest is "
                    + (prefix.v6() ? "/16." : "/6."));
        }
    }

    private static List<String> texts(List<IpPrefix> prefixes) {
        return prefixes.stream().map(IpPrefix::toString).toList();
    }
}
