package io.patchbay.ledger.netbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.event.Actor;
import io.patchbay.ledger.AuthorityAway;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.ledger.netbox.GivenObjects.Given;
import io.patchbay.ledger.vlan.VlanChooser;
import io.patchbay.ledger.vlan.VlanModel;
import io.patchbay.ledger.vlan.VlanPool;
import io.patchbay.netbox.ClaimKey;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * NetBox chooses a VLAN: the next free number of the pool's VLAN group. In a pool of single tags it is the S-VLAN; in one whose
 * ranges lie in one S-VLAN it is the C-VLAN in that.
 */
final class NetBoxVlans implements VlanChooser {
    static final String KEY = "vlan-claim/";
    private static final Duration LEASE = Duration.ofMinutes(2);
    /** Nobody repeats a request after that. */
    private static final Duration CLAIM_KEPT = Duration.ofMinutes(15);

    private final NetBox netBox;
    private final JdbcTemplate jdbc;
    private final GivenObjects given;
    private final ServiceFields services;

    private record Claim(long id, UUID key, Integer vid) {}

    private record Range(int sFirst, int sLast, int cFirst, int cLast) {}

    NetBoxVlans(NetBox netBox, JdbcTemplate jdbc) {
        this.netBox = netBox;
        this.jdbc = jdbc;
        this.given = new GivenObjects(jdbc);
        this.services = new ServiceFields(netBox, jdbc);
    }

    @Override
    public void prepare(VlanPool pool, long serviceId, Actor actor) {
        List<Range> ranges = ranges(pool);
        Claim claim = claim(pool, serviceId, actor);
        if (claim.vid() != null) {
            return;
        }
        ObjectNode fields = services.of(serviceId);
        fields.put("name", "service-" + serviceId + "-" + claim.key().toString().substring(0, 8));
        NetBoxOutcome<NetBoxObject> outcome = netBox.allocateVlan(pool.netboxGroupId(), key(claim.key()), fields)
                .map(allocation -> allocation.object());
        if (!(outcome instanceof NetBoxOutcome.Done<NetBoxObject> done)) {
            throw refused(pool, claim, outcome);
        }
        int vid = done.value().number("vid").intValue();
        if (place(ranges, vid).isEmpty()) {
            giveBack(claim);
            throw new LedgerConflict("NetBox chose VLAN " + vid + " for the pool '" + pool.name()
                    + "', which has no such number: narrow the VLAN group in NetBox, or widen the pool.");
        }
        given.put(new Given(
                ObjectType.VLAN,
                done.value().id(),
                key(claim.key()).text(),
                serviceId,
                "vlan",
                pool.id(),
                Integer.toString(vid)));
        jdbc.update("update netbox_vlan_claim set vid = ? where id = ?", vid, claim.id());
    }

    @Override
    public Optional<Chosen> take(VlanPool pool, long serviceId) {
        List<Integer> vids = jdbc.queryForList(
                "delete from netbox_vlan_claim where service_id = ? and pool_id = ? and vid is not null returning vid",
                Integer.class,
                serviceId,
                pool.id());
        return vids.stream().findFirst().flatMap(vid -> place(ranges(pool), vid));
    }

    /** Gives back VLANs that no service has any more, and claims that nobody came back for. @return how many */
    int giveBack() {
        int gone = 0;
        for (Long id : jdbc.queryForList(
                "select netbox_id from netbox_let_go where object_type = 'vlan' order by at limit 100", Long.class)) {
            Optional<Given> ours = given.find(ObjectType.VLAN, id);
            if (ours.isEmpty() || letGo(ours.get())) {
                jdbc.update("delete from netbox_let_go where object_type = 'vlan' and netbox_id = ?", id);
                gone++;
            }
        }
        for (Claim claim : jdbc.query(
                "select id, key, vid from netbox_vlan_claim where leased_until < now()"
                        + " and created_at < now() - make_interval(secs => ?) order by id limit 100",
                (row, number) -> new Claim(row.getLong(1), row.getObject(2, UUID.class), null),
                CLAIM_KEPT.toSeconds())) {
            gone += giveBack(claim) ? 1 : 0;
        }
        return gone;
    }

    private boolean letGo(Given ours) {
        NetBoxOutcome<NetBoxObject> there = netBox.get(ObjectType.VLAN, ours.netBoxId());
        boolean isOurs = there instanceof NetBoxOutcome.Done<NetBoxObject> done
                && ours.claimKey()
                        .equals(done.value().custom(netBox.customFields().key()));
        if (isOurs && !isGone(netBox.delete(ObjectType.VLAN, ours.netBoxId(), null))
                || !there.isDone() && !(there instanceof NetBoxOutcome.Missing<NetBoxObject>)) {
            return false;
        }
        given.remove(ObjectType.VLAN, ours.netBoxId());
        return true;
    }

    private boolean giveBack(Claim claim) {
        NetBoxOutcome<Optional<NetBoxObject>> found = netBox.findClaimed(ObjectType.VLAN, key(claim.key()));
        if (!(found instanceof NetBoxOutcome.Done<Optional<NetBoxObject>> done)) {
            return false;
        }
        if (done.value().isPresent()) {
            long id = done.value().get().id();
            if (!isGone(netBox.delete(ObjectType.VLAN, id, null))) {
                return false;
            }
            given.remove(ObjectType.VLAN, id);
        }
        jdbc.update("delete from netbox_vlan_claim where id = ?", claim.id());
        return true;
    }

    private static boolean isGone(NetBoxOutcome<Void> deleted) {
        return deleted.isDone() || deleted instanceof NetBoxOutcome.Missing<Void>;
    }

    private Claim claim(VlanPool pool, long serviceId, Actor actor) {
        return jdbc
                .query(
                        "insert into netbox_vlan_claim as c (pool_id, service_id, leased_until, created_by)"
                                + " values (?, ?, now() + make_interval(secs => ?), ?)"
                                + " on conflict (service_id, pool_id) do update set leased_until = excluded.leased_until"
                                + " where c.leased_until < now() or c.vid is not null returning id, key, vid",
                        (row, number) -> new Claim(
                                row.getLong(1), row.getObject(2, UUID.class), row.getObject(3, Integer.class)),
                        pool.id(),
                        serviceId,
                        LEASE.toSeconds(),
                        actor.name())
                .stream()
                .findFirst()
                .orElseThrow(
                        () -> new LedgerConflict(
                                "NetBox is being asked for the same at this moment; look what came of it, and then ask again."));
    }

    /** Nothing was taken, or it is not known: then the claim stays, free for whoever asks again. */
    private RuntimeException refused(VlanPool pool, Claim claim, NetBoxOutcome<NetBoxObject> outcome) {
        services.forget();
        boolean away =
                switch (outcome) {
                    case NetBoxOutcome.Away<NetBoxObject> one -> true;
                    case NetBoxOutcome.Denied<NetBoxObject> one -> true;
                    case NetBoxOutcome.Unusable<NetBoxObject> one -> true;
                    case NetBoxOutcome.Stale<NetBoxObject> one -> true;
                    case NetBoxOutcome.Done<NetBoxObject> one -> false;
                    case NetBoxOutcome.Exhausted<NetBoxObject> one -> false;
                    case NetBoxOutcome.Invalid<NetBoxObject> one -> false;
                    case NetBoxOutcome.Conflict<NetBoxObject> one -> false;
                    case NetBoxOutcome.Missing<NetBoxObject> one -> false;
                };
        if (away) {
            jdbc.update(
                    "update netbox_vlan_claim set leased_until = now() - interval '1 second' where id = ?", claim.id());
            return new AuthorityAway(
                    "NetBox chooses in the VLAN pool '" + pool.name() + "' and does not answer: " + outcome.reason());
        }
        jdbc.update("delete from netbox_vlan_claim where id = ?", claim.id());
        return outcome instanceof NetBoxOutcome.Exhausted<NetBoxObject>
                ? new PoolExhausted("NetBox has no VLAN left in the pool '" + pool.name() + "'.")
                : new LedgerConflict(outcome.reason());
    }

    private List<Range> ranges(VlanPool pool) {
        if (pool.model() == VlanModel.SHARED) {
            throw new LedgerInvalid("NetBox chooses VLANs of one line each; the pool '" + pool.name() + "' is shared.");
        }
        List<Range> ranges = jdbc.query(
                "select s_first, s_last, c_first, c_last from vlan_range where pool_id = ?",
                (row, number) -> new Range(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)),
                pool.id());
        boolean isOne = ranges.stream().allMatch(range -> range.cFirst() == 0)
                || ranges.stream()
                        .allMatch(range -> range.cFirst() > 0
                                && range.sFirst() == range.sLast()
                                && range.sFirst() == ranges.getFirst().sFirst());
        if (ranges.isEmpty() || !isOne) {
            throw new LedgerInvalid("NetBox chooses one number: the ranges of the pool '" + pool.name()
                    + "' must be single tags, or C-VLANs in one S-VLAN.");
        }
        return ranges;
    }

    private static Optional<Chosen> place(List<Range> ranges, int vid) {
        return ranges.stream()
                .filter(range -> range.cFirst() == 0
                        ? vid >= range.sFirst() && vid <= range.sLast()
                        : vid >= range.cFirst() && vid <= range.cLast())
                .map(range -> range.cFirst() == 0 ? new Chosen(vid, null) : new Chosen(range.sFirst(), vid))
                .findFirst();
    }

    private static ClaimKey key(UUID key) {
        return new ClaimKey(KEY + key);
    }
}
