package io.patchbay.ledger.netbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.ledger.address.AddressAuthority;
import io.patchbay.ledger.address.AddressClaim;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.address.AddressPool;
import io.patchbay.ledger.netbox.GivenObjects.Given;
import io.patchbay.netbox.ClaimKey;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import io.patchbay.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * NetBox chooses: the next free address or prefix of those prefixes in NetBox that the pool's blocks stand for. The claim's key
 * goes into the unique custom field, so that a claim has one object however often it is asked for.
 */
final class NetBoxAddressAuthority implements AddressAuthority {
    static final String KEY = "claim/";
    /** More than so many in a row that the ledger holds and NetBox does not know of are a matter for a person. */
    private static final int PARKED_AT_MOST = 20;

    private final NetBox netBox;
    private final JdbcTemplate jdbc;
    private final GivenObjects given;
    private final Parking parking;
    private final ServiceFields services;

    NetBoxAddressAuthority(NetBox netBox, JdbcTemplate jdbc) {
        this.netBox = netBox;
        this.jdbc = jdbc;
        this.given = new GivenObjects(jdbc);
        this.parking = new Parking(netBox, jdbc);
        this.services = new ServiceFields(netBox, jdbc);
    }

    private record Parent(IpPrefix prefix, long netBoxId) {}

    @Override
    public Allocation allocate(AddressPool pool, AddressClaim claim) {
        List<Parent> parents = parents(pool);
        if (parents.isEmpty()) {
            return new Allocation.Conflict("The pool '" + pool.name()
                    + "' has no block that stands for a prefix in NetBox: import one (POST /api/v1/netbox/pools/"
                    + pool.id() + "/blocks).");
        }
        for (int parked = 0; parked <= PARKED_AT_MOST; parked++) {
            NetBoxOutcome<NetBoxObject> outcome =
                    claim.wanted() == null ? next(parents, claim) : chosen(parents, claim);
            if (!(outcome instanceof NetBoxOutcome.Done<NetBoxObject> done)) {
                return refused(outcome);
            }
            NetBoxObject object = done.value();
            IpPrefix value = NetBoxValues.prefix(object);
            if (value == null
                    || parents.stream().noneMatch(parent -> parent.prefix().contains(value))) {
                return new Allocation.Conflict("NetBox has " + NetBoxValues.text(object) + " for this claim ("
                        + object.type().model() + " " + object.id() + "), which is not in the pool '" + pool.name()
                        + "'.");
            }
            if (!parking.isTaken(pool.id(), claim.serviceId(), value)) {
                given.put(new Given(
                        object.type(),
                        object.id(),
                        key(claim.key()).text(),
                        claim.serviceId(),
                        claim.kind().word(),
                        pool.id(),
                        value.toString()));
                return new Allocation.Given(value);
            }
            if (claim.wanted() != null) {
                return new Allocation.Conflict(value + " is free in NetBox, but the ledger holds it.");
            }
            NetBoxOutcome<NetBoxObject> set = parking.park(pool.id(), object, value);
            if (!set.isDone()) {
                return refused(set);
            }
        }
        return new Allocation.Conflict("NetBox gives what the ledger holds, " + PARKED_AT_MOST
                + " times in a row: look at the holds of the pool '" + pool.name() + "'.");
    }

    private NetBoxOutcome<NetBoxObject> next(List<Parent> parents, AddressClaim claim) {
        ObjectNode fields = services.of(claim.serviceId());
        NetBoxOutcome<NetBoxObject> last = null;
        for (Parent parent : parents) {
            if (type(claim.kind()) == ObjectType.IP_ADDRESS) {
                fields.put("prefix_length", claim.kind().isV6() ? 128 : 32);
                last = netBox.allocateAddress(ObjectType.PREFIX, parent.netBoxId(), key(claim.key()), fields)
                        .map(allocation -> allocation.object());
            } else {
                last = netBox.allocatePrefix(parent.netBoxId(), claim.length(), key(claim.key()), fields)
                        .map(allocation -> allocation.object());
            }
            if (!(last instanceof NetBoxOutcome.Exhausted<NetBoxObject>)) {
                return last;
            }
        }
        return last;
    }

    private NetBoxOutcome<NetBoxObject> chosen(List<Parent> parents, AddressClaim claim) {
        Optional<Parent> around = parents.stream()
                .filter(parent -> parent.prefix().contains(claim.wanted()))
                .findFirst();
        if (around.isEmpty()) {
            return new NetBoxOutcome.Conflict<>(claim.wanted() + " is in no block that stands for a prefix in NetBox.");
        }
        ObjectType type = type(claim.kind());
        return netBox.get(ObjectType.PREFIX, around.get().netBoxId()).then(parent -> {
            Long vrf = parent.related("vrf");
            return at(type, claim.wanted(), vrf).then(there -> {
                Optional<NetBoxObject> other = there.stream()
                        .filter(object -> !key(claim.key())
                                .text()
                                .equals(object.custom(netBox.customFields().key())))
                        .findFirst();
                if (other.isPresent()) {
                    return new NetBoxOutcome.Conflict<>(claim.wanted() + " is not free in NetBox: " + type.model() + " "
                            + other.get().id() + " has it.");
                }
                ObjectNode fields = services.of(claim.serviceId());
                fields.put(NetBoxValues.field(type), claim.wanted().toString());
                fields.put("vrf", vrf);
                return netBox.createOnce(type, key(claim.key()), fields).map(allocation -> allocation.object());
            });
        });
    }

    private NetBoxOutcome<List<NetBoxObject>> at(ObjectType type, IpPrefix prefix, Long vrf) {
        return NetBoxValues.at(netBox, type, prefix).map(objects -> objects.stream()
                .filter(object -> Objects.equals(vrf, object.related("vrf")))
                .toList());
    }

    @Override
    public LettingGo withdraw(AddressPool pool, UUID key) {
        for (ObjectType type : List.of(ObjectType.IP_ADDRESS, ObjectType.PREFIX)) {
            NetBoxOutcome<Optional<NetBoxObject>> found = netBox.findClaimed(type, key(key));
            if (!(found instanceof NetBoxOutcome.Done<Optional<NetBoxObject>> done)) {
                return new LettingGo.Away(found.reason());
            }
            if (done.value().isPresent()) {
                LettingGo letting = delete(type, done.value().get().id());
                if (letting instanceof LettingGo.Away) {
                    return letting;
                }
            }
        }
        return new LettingGo.Gone();
    }

    @Override
    public LettingGo release(AddressPool pool, IpPrefix prefix) {
        List<Given> known = given.ofValue(pool.id(), prefix.toString());
        if (known.isEmpty()) {
            return releaseUnknown(pool, prefix);
        }
        for (Given one : known) {
            NetBoxOutcome<NetBoxObject> there = netBox.get(one.type(), one.netBoxId());
            LettingGo letting =
                    switch (there) {
                        case NetBoxOutcome.Missing<NetBoxObject> missing -> forgotten(one);
                        case NetBoxOutcome.Done<NetBoxObject> done ->
                            one.claimKey()
                                            .equals(done.value()
                                                    .custom(netBox.customFields()
                                                            .key()))
                                    ? delete(one.type(), one.netBoxId())
                                    : forgotten(one);
                        default -> new LettingGo.Away(there.reason());
                    };
            if (letting instanceof LettingGo.Away) {
                return letting;
            }
        }
        return new LettingGo.Gone();
    }

    /** What was written down of it was lost, or was never ours: only what bears a claim's key is deleted. */
    private LettingGo releaseUnknown(AddressPool pool, IpPrefix prefix) {
        List<Parent> parents = parents(pool);
        Optional<Parent> around = parents.stream()
                .filter(parent -> parent.prefix().contains(prefix))
                .findFirst();
        if (around.isEmpty()) {
            return new LettingGo.Gone();
        }
        List<NetBoxObject> there = new ArrayList<>();
        NetBoxOutcome<NetBoxObject> parent =
                netBox.get(ObjectType.PREFIX, around.get().netBoxId());
        if (parent instanceof NetBoxOutcome.Missing<NetBoxObject>) {
            return new LettingGo.Gone();
        }
        for (ObjectType type : List.of(ObjectType.IP_ADDRESS, ObjectType.PREFIX)) {
            NetBoxOutcome<List<NetBoxObject>> found = parent.then(object -> at(type, prefix, object.related("vrf")));
            if (!(found instanceof NetBoxOutcome.Done<List<NetBoxObject>> done)) {
                return new LettingGo.Away(found.reason());
            }
            there.addAll(done.value());
        }
        return there.stream()
                .filter(object -> String.valueOf(
                                object.custom(netBox.customFields().key()))
                        .startsWith(KEY))
                .map(object -> delete(object.type(), object.id()))
                .filter(LettingGo.Away.class::isInstance)
                .findFirst()
                .orElse(new LettingGo.Gone());
    }

    private LettingGo forgotten(Given one) {
        given.remove(one.type(), one.netBoxId());
        return new LettingGo.Gone();
    }

    private LettingGo delete(ObjectType type, long id) {
        NetBoxOutcome<Void> outcome = netBox.delete(type, id, null);
        if (outcome.isDone() || outcome instanceof NetBoxOutcome.Missing<Void>) {
            given.remove(type, id);
            return new LettingGo.Gone();
        }
        return new LettingGo.Away(outcome.reason());
    }

    private List<Parent> parents(AddressPool pool) {
        return jdbc.query(
                "select text(prefix), netbox_id from address_block where pool_id = ? and netbox_id is not null order by prefix",
                (row, number) -> new Parent(IpPrefix.parse(row.getString(1)), row.getLong(2)),
                pool.id());
    }

    private Allocation refused(NetBoxOutcome<?> outcome) {
        services.forget();
        return switch (outcome) {
            case NetBoxOutcome.Exhausted<?> nothing -> new Allocation.Exhausted();
            case NetBoxOutcome.Invalid<?> invalid -> new Allocation.Conflict(invalid.reason());
            case NetBoxOutcome.Conflict<?> conflict -> new Allocation.Conflict(conflict.reason());
            case NetBoxOutcome.Missing<?> missing ->
                new Allocation.Conflict("A prefix of the pool is not in NetBox any more: " + missing.reason());
            case NetBoxOutcome.Done<?> done -> throw new IllegalStateException("It is done");
            case NetBoxOutcome.Stale<?> stale -> new Allocation.Away(stale.reason());
            case NetBoxOutcome.Denied<?> denied -> new Allocation.Away(denied.reason());
            case NetBoxOutcome.Unusable<?> unusable -> new Allocation.Away(unusable.reason());
            case NetBoxOutcome.Away<?> away -> new Allocation.Away(away.reason());
        };
    }

    static ClaimKey key(UUID key) {
        return new ClaimKey(KEY + key);
    }

    /** A host address is an IPAddress, everything else a Prefix: a route of one address too. */
    static ObjectType type(AddressKind kind) {
        return switch (kind) {
            case IPV4_ADDRESS, IPV6_WAN_ADDRESS -> ObjectType.IP_ADDRESS;
            case IPV4_ROUTE, IPV6_WAN_PREFIX, IPV6_DELEGATED_PREFIX, IPV6_ROUTE -> ObjectType.PREFIX;
        };
    }
}
