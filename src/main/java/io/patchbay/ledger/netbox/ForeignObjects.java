package io.patchbay.ledger.netbox;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.netbox.ChangeIngestion.Taken;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.ObjectType;
import io.patchbay.wire.IpPrefix;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Addresses and prefixes of others within blocks in which the ledger chooses: they are held, so that nobody is given them, for as
 * long as they are in NetBox. Where a service has one already it is a conflict.
 */
final class ForeignObjects {
    private static final String GLOBAL_VRF = "default";

    private static final String BLOCK = """
            select b.id, b.pool_id, b.vrf_id from address_block b
            join address_pool a on a.id = b.pool_id and a.authority <> 'netbox'
            join vrf v on v.id = b.vrf_id and v.name = ?
            where b.prefix >>= ?::inet and b.netbox_id is distinct from ?""";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final NetBoxConflicts conflicts;

    private record Block(long id, long poolId, long vrfId) {}

    ForeignObjects(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events, NetBoxConflicts conflicts) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.conflicts = conflicts;
    }

    /** @param object without a key of the hub */
    Taken changed(NetBoxObject object) {
        IpPrefix prefix = object.type() == ObjectType.VLAN || "container".equals(object.text("status"))
                ? null
                : NetBoxValues.prefix(object);
        List<Block> blocks = prefix == null
                ? List.of()
                : jdbc.query(
                        BLOCK,
                        (row, number) -> new Block(row.getLong(1), row.getLong(2), row.getLong(3)),
                        vrf(object),
                        prefix.toString(),
                        object.type() == ObjectType.PREFIX ? object.id() : null);
        if (!blocks.isEmpty() && isHeldSo(object, prefix)) {
            return Taken.NOTHING;
        }
        boolean released = deleted(object.type(), object.id());
        if (blocks.isEmpty()) {
            return released ? Taken.HELD : Taken.NOTHING;
        }
        return hold(object, prefix, blocks.getFirst());
    }

    private Taken hold(NetBoxObject object, IpPrefix prefix, Block block) {
        try {
            transaction.executeWithoutResult(status -> {
                Long hold = jdbc.queryForObject(
                        "insert into address_hold (block_id, pool_id, vrf_id, prefix, reason, note, created_by)"
                                + " values (?, ?, ?, ?::cidr, 'foreign', ?, 'netbox') returning id",
                        Long.class,
                        block.id(),
                        block.poolId(),
                        block.vrfId(),
                        prefix.toString(),
                        object.type().model() + " " + object.id() + " in NetBox");
                jdbc.update(
                        "insert into netbox_foreign values (?, ?, ?)", TypeWords.of(object.type()), object.id(), hold);
                events.append(
                        Actor.NETBOX,
                        EventType.ADDRESS_HOLD_CHANGED,
                        hold,
                        Map.of(),
                        Map.of("prefix", prefix.toString(), "reason", "foreign"));
            });
            return Taken.HELD;
        } catch (DataIntegrityViolationException taken) {
            return inUse(object, prefix, block);
        }
    }

    /** By a service: a conflict for each. By a hold: nobody is given it as it is. */
    private Taken inUse(NetBoxObject object, IpPrefix prefix, Block block) {
        List<Long> services = jdbc.queryForList(
                "select service_id from service_prefix where vrf_id = ? and prefix && ?::inet",
                Long.class,
                block.vrfId(),
                prefix.toString());
        for (long service : services) {
            conflicts.found(new ConflictFound(
                    ConflictFound.Kind.FOREIGN_IN_USE,
                    object.type(),
                    object.id(),
                    service,
                    block.poolId(),
                    null,
                    prefix.toString(),
                    NetBoxValues.text(object),
                    "Somebody has made " + object.type().model() + " " + object.id() + " (" + NetBoxValues.text(object)
                            + ") in NetBox, and service " + service + " uses it."));
        }
        return services.isEmpty() ? Taken.NOTHING : Taken.CONFLICT;
    }

    /** It is not there any more, or elsewhere. @return whether it was held */
    boolean deleted(ObjectType type, long netBoxId) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            List<Long> holds = jdbc.queryForList(
                    "select hold_id from netbox_foreign where object_type = ? and netbox_id = ?",
                    Long.class,
                    TypeWords.of(type),
                    netBoxId);
            for (long hold : holds) {
                jdbc.update("delete from address_hold where id = ?", hold);
                events.append(
                        Actor.NETBOX, EventType.ADDRESS_HOLD_CHANGED, hold, Map.of("reason", "foreign"), Map.of());
            }
            return !holds.isEmpty();
        }));
    }

    private boolean isHeldSo(NetBoxObject object, IpPrefix prefix) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from netbox_foreign f join address_hold h on h.id = f.hold_id join vrf v on v.id = h.vrf_id"
                        + " where f.object_type = ? and f.netbox_id = ? and h.prefix = ?::cidr and v.name = ?)",
                Boolean.class,
                TypeWords.of(object.type()),
                object.id(),
                prefix.toString(),
                vrf(object)));
    }

    static String vrf(NetBoxObject object) {
        return object.fields().path("vrf").path("name").asText(GLOBAL_VRF);
    }
}
