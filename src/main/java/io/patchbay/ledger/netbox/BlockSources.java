package io.patchbay.ledger.netbox;

import io.patchbay.event.Actor;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.address.AddressPools;
import io.patchbay.ledger.address.Gateway;
import io.patchbay.ledger.address.PoolAuthority;
import io.patchbay.ledger.address.PoolParts;
import io.patchbay.ledger.netbox.ChangeIngestion.Taken;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import io.patchbay.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Prefixes of NetBox that are blocks of pools here: one by its id, or all of a role or tag, those that come later too. A prefix
 * that goes takes its block along when nothing in it is used, and is a conflict otherwise.
 */
public final class BlockSources {
    private final NetBox netBox;
    private final JdbcTemplate jdbc;
    private final AddressPools pools;
    private final PoolParts parts;
    private final NetBoxConflicts conflicts;
    private final ChangeInbox inbox;

    BlockSources(
            NetBox netBox,
            JdbcTemplate jdbc,
            AddressPools pools,
            PoolParts parts,
            NetBoxConflicts conflicts,
            ChangeInbox inbox) {
        this.netBox = netBox;
        this.jdbc = jdbc;
        this.pools = pools;
        this.parts = parts;
        this.conflicts = conflicts;
        this.inbox = inbox;
    }

    /** How the prefixes of a source are known: by id, by the slug of a role, by the slug of a tag. */
    public enum Kind {
        PREFIX,
        ROLE,
        TAG
    }

    /** @param value an id or a slug */
    public record Source(long poolId, Kind kind, String value) {
        Filters filters() {
            return switch (kind) {
                case PREFIX -> Filters.of("id", value);
                case ROLE -> Filters.of("role", value);
                case TAG -> Filters.of("tag", value);
            };
        }
    }

    /**
     * What an import did.
     *
     * @param added prefixes that are blocks now
     * @param kept those that were before
     * @param refused sentences, one for each that cannot be a block
     */
    public record Imported(List<String> added, List<String> kept, List<String> refused) {}

    private enum Adding {
        ADDED,
        KEPT,
        REFUSED
    }

    /**
     * Takes blocks from NetBox, now and whenever there are more.
     *
     * @throws LedgerInvalid when the pool's authority is {@code local}, or NetBox knows no such role or tag
     * @throws io.patchbay.netbox.NetBoxException when NetBox cannot be asked
     */
    public Imported take(Source source, Actor actor) {
        AddressPool pool = pools.get(source.poolId());
        if (pool.authority() == PoolAuthority.LOCAL) {
            throw new LedgerInvalid("The authority of the pool '" + pool.name()
                    + "' is local: blocks are taken from NetBox by those with netbox or netbox-block.");
        }
        List<NetBoxObject> found =
                netBox.find(ObjectType.PREFIX, source.filters()).orElseThrow();
        jdbc.update(
                "insert into netbox_source (pool_id, kind, value) values (?, ?, ?) on conflict do nothing",
                source.poolId(),
                TypeWords.lower(source.kind()),
                source.value());
        Imported imported = new Imported(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        found.forEach(object -> add(pool, object, actor, imported));
        return imported;
    }

    /** All sources again. @return how many blocks were added */
    public int refresh() {
        int added = 0;
        for (Source source : sources()) {
            NetBoxOutcome<List<NetBoxObject>> found = netBox.find(ObjectType.PREFIX, source.filters());
            if (found instanceof NetBoxOutcome.Done<List<NetBoxObject>> done) {
                Imported imported = new Imported(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                done.value().forEach(object -> add(pools.get(source.poolId()), object, Actor.NETBOX, imported));
                added += imported.added().size();
            }
        }
        // Those whose prefix is not there any more are looked at like any other change.
        jdbc.queryForList("select netbox_id from address_block where netbox_id is not null", Long.class)
                .forEach(id -> inbox.put(ObjectType.PREFIX, id, null, null, ChangeInbox.HeardBy.SYNC));
        return added;
    }

    public List<Source> sources() {
        return jdbc.query(
                "select pool_id, kind, value from netbox_source where kind <> 'range' order by 1, 2, 3",
                (row, number) -> new Source(
                        row.getLong(1),
                        Kind.valueOf(row.getString(2).toUpperCase(java.util.Locale.ROOT)),
                        row.getString(3)));
    }

    /** A prefix was made or changed. */
    Taken changed(NetBoxObject object) {
        Taken taken = Taken.NOTHING;
        IpPrefix prefix = NetBoxValues.prefix(object);
        for (IpPrefix block : blocksOf(object.id())) {
            if (prefix == null || !block.equals(prefix)) {
                remove(object.id(), "was changed to " + NetBoxValues.text(object) + " in NetBox");
                taken = Taken.BLOCK;
            }
        }
        for (Source source : sources()) {
            if (isOf(source, object)) {
                Adding adding = add(
                        pools.get(source.poolId()),
                        object,
                        Actor.NETBOX,
                        new Imported(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
                taken = adding == Adding.REFUSED ? Taken.CONFLICT : adding == Adding.ADDED ? Taken.BLOCK : taken;
            }
        }
        return taken == Taken.NOTHING && !blocksOf(object.id()).isEmpty() ? Taken.BLOCK : taken;
    }

    /** A prefix was deleted. */
    Taken deleted(long netBoxId) {
        return remove(netBoxId, "was deleted in NetBox") ? Taken.BLOCK : Taken.NOTHING;
    }

    private static boolean isOf(Source source, NetBoxObject object) {
        return switch (source.kind()) {
            case PREFIX -> source.value().equals(Long.toString(object.id()));
            case ROLE ->
                source.value().equals(object.fields().path("role").path("slug").asText(null));
            case TAG -> object.fields().path("tags").findValuesAsText("slug").contains(source.value());
        };
    }

    private Adding add(AddressPool pool, NetBoxObject object, Actor actor, Imported imported) {
        IpPrefix prefix = NetBoxValues.prefix(object);
        if (blocksOf(object.id()).contains(prefix)) {
            imported.kept().add(prefix.toString());
            return Adding.KEPT;
        }
        String refusal;
        String vrf = jdbc.queryForObject("select name from vrf where id = ?", String.class, pool.vrfId());
        if (!vrf.equals(ForeignObjects.vrf(object))) {
            refusal = "it is in the VRF '" + ForeignObjects.vrf(object) + "', the pool in '" + vrf + "'.";
        } else {
            try {
                parts.addBlock(pool.id(), prefix, object.id(), Gateway.NONE, actor);
                imported.added().add(prefix.toString());
                seeForeign(prefix);
                return Adding.ADDED;
            } catch (LedgerException refused) {
                refusal = refused.getMessage();
            }
        }
        String sentence = "ipam.prefix " + object.id() + " (" + NetBoxValues.text(object)
                + ") cannot be a block of the pool '" + pool.name() + "': " + refusal;
        imported.refused().add(sentence);
        conflicts.found(new ConflictFound(
                ConflictFound.Kind.BLOCK_REFUSED,
                ObjectType.PREFIX,
                object.id(),
                null,
                pool.id(),
                null,
                null,
                NetBoxValues.text(object),
                sentence));
        return Adding.REFUSED;
    }

    /** What others have in it already. */
    private void seeForeign(IpPrefix prefix) {
        netBox.find(ObjectType.IP_ADDRESS, Filters.of("parent", prefix), this::look);
        netBox.find(ObjectType.PREFIX, Filters.of("within", prefix), this::look);
    }

    private void look(NetBoxObject object) {
        if (object.custom(netBox.customFields().key()) == null) {
            inbox.put(object.type(), object.id(), null, null, ChangeInbox.HeardBy.SYNC);
        }
    }

    private List<IpPrefix> blocksOf(long netBoxId) {
        return jdbc.query(
                "select text(prefix) from address_block where netbox_id = ?",
                (row, number) -> IpPrefix.parse(row.getString(1)),
                netBoxId);
    }

    private record Block(long poolId, IpPrefix prefix) {}

    private boolean remove(long netBoxId, String how) {
        List<Block> blocks = jdbc.query(
                "select pool_id, text(prefix) from address_block where netbox_id = ?",
                (row, number) -> new Block(row.getLong(1), IpPrefix.parse(row.getString(2))),
                netBoxId);
        for (Block block : blocks) {
            try {
                parts.removeBlock(block.poolId(), block.prefix(), Actor.NETBOX);
                conflicts.endedOfBlock(block.poolId(), block.prefix().toString());
            } catch (LedgerConflict used) {
                conflicts.found(new ConflictFound(
                        ConflictFound.Kind.BLOCK_REMOVED,
                        ObjectType.PREFIX,
                        netBoxId,
                        null,
                        block.poolId(),
                        null,
                        block.prefix().toString(),
                        null,
                        "ipam.prefix " + netBoxId + " " + how + ", and its block is in use: " + used.getMessage()));
            }
        }
        return !blocks.isEmpty();
    }
}
