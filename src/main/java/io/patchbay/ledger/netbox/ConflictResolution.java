package io.patchbay.ledger.netbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.AuthorityAway;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.address.PoolParts;
import io.patchbay.ledger.netbox.GivenObjects.Given;
import io.patchbay.netbox.ClaimKey;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import io.patchbay.wire.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Does what a person decided about a conflict. What cannot be done leaves it open, and says why. */
public final class ConflictResolution {
    private final NetBox netBox;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final NetBoxConflicts conflicts;
    private final GivenObjects given;
    private final GivenChanges changes;
    private final ServiceFields services;
    private final PoolParts parts;
    private final ChangeInbox inbox;
    private final MirrorRepair mirror;

    ConflictResolution(
            NetBox netBox,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            EventLog events,
            NetBoxConflicts conflicts,
            GivenChanges changes,
            PoolParts parts,
            ChangeInbox inbox,
            MirrorRepair mirror) {
        this.netBox = netBox;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.conflicts = conflicts;
        this.given = new GivenObjects(jdbc);
        this.changes = changes;
        this.services = new ServiceFields(netBox, jdbc);
        this.parts = parts;
        this.inbox = inbox;
        this.mirror = mirror;
    }

    /** What was decided. */
    public enum Decision {
        KEEP_LEDGER("ledger-kept"),
        TAKE_NETBOX("netbox-taken"),
        DISMISS("dismissed");

        private final String state;

        Decision(String state) {
            this.state = state;
        }
    }

    /**
     * @return the service whose addresses it changed; empty when it changed none
     * @throws io.patchbay.ledger.LedgerNotFound when there is no such conflict
     * @throws LedgerConflict when it is not open any more, or the decision cannot be carried out; AuthorityAway when NetBox has to
     *     be written to and does not answer
     */
    public OptionalLong resolve(long id, Decision decision, Actor actor) {
        NetBoxConflict conflict = conflicts.get(id);
        if (!conflict.state().equals("open")) {
            throw new LedgerConflict("Conflict " + id + " is not open any more: " + conflict.state() + ".");
        }
        boolean changed =
                switch (decision) {
                    case KEEP_LEDGER -> keepLedger(conflict);
                    case TAKE_NETBOX -> takeNetBox(conflict, actor);
                    case DISMISS -> false;
                };
        conflicts.close(conflict, decision.state, actor);
        return changed && conflict.serviceId() != null ? OptionalLong.of(conflict.serviceId()) : OptionalLong.empty();
    }

    private boolean keepLedger(NetBoxConflict conflict) {
        switch (conflict.kind()) {
            case "deleted-in-netbox" -> restore(conflict);
            case "value-refused" -> writeBack(conflict);
            // It is tried again; whatever stands there is not overwritten.
            case "object-in-the-way", "foreign-in-use" -> mirror.repair(List.of(conflict.serviceId()));
            case "block-removed" ->
                jdbc.update("update address_block set netbox_id = null where netbox_id = ?", conflict.netBoxId());
            default -> {}
        }
        return false;
    }

    private boolean takeNetBox(NetBoxConflict conflict, Actor actor) {
        switch (conflict.kind()) {
            case "deleted-in-netbox", "foreign-in-use", "object-in-the-way" -> {
                release(conflict, actor);
                if (!conflict.kind().equals("deleted-in-netbox") && conflict.netBoxId() != null) {
                    inbox.put(type(conflict), conflict.netBoxId(), null, null, ChangeInbox.HeardBy.SYNC);
                }
                return true;
            }
            case "value-refused" -> {
                Given ours = given.find(type(conflict), conflict.netBoxId())
                        .orElseThrow(() -> new LedgerConflict("The service does not have it any more."));
                String refusal = changes.enter(ours, conflict.netBoxValue());
                if (refusal != null) {
                    throw new LedgerConflict("The ledger still cannot take " + conflict.netBoxValue() + ": " + refusal);
                }
                return true;
            }
            case "block-removed" -> parts.removeBlock(conflict.poolId(), IpPrefix.parse(conflict.ledgerValue()), actor);
            default ->
                throw new LedgerInvalid("A conflict of the kind " + conflict.kind()
                        + " is mended in NetBox or dismissed: there is nothing to take.");
        }
        return false;
    }

    /** Makes again what was deleted, under the same key. */
    private void restore(NetBoxConflict conflict) {
        Given ours = given.find(type(conflict), conflict.netBoxId())
                .orElseThrow(() -> new LedgerConflict("The service does not have it any more; dismiss the conflict."));
        if (!changes.isUsed(ours)) {
            throw new LedgerConflict("The service does not have it any more; dismiss the conflict.");
        }
        ObjectNode fields = services.of(ours.serviceId());
        if (ours.isVlan()) {
            Long group = jdbc.queryForObject(
                    "select netbox_group_id from vlan_pool where id = ?", Long.class, ours.poolId());
            fields.put("vid", Integer.parseInt(ours.value())).put("name", "service-" + ours.serviceId());
            fields.put("group", group);
        } else {
            fields.put(NetBoxValues.field(ours.type()), ours.value());
            fields.put("vrf", vrf(ours));
        }
        NetBoxObject made = done(netBox.createOnce(ours.type(), new ClaimKey(ours.claimKey()), fields)
                .map(allocation -> allocation.object()));
        transaction.executeWithoutResult(status -> {
            given.remove(ours.type(), ours.netBoxId());
            given.put(new Given(
                    ours.type(),
                    made.id(),
                    ours.claimKey(),
                    ours.serviceId(),
                    ours.kind(),
                    ours.poolId(),
                    ours.value()));
        });
    }

    /** The VRF of the prefix that it lies in. */
    private Long vrf(Given ours) {
        return jdbc
                .queryForList(
                        "select netbox_id from address_block where pool_id = ? and prefix >>= ?::inet and netbox_id is not null",
                        Long.class,
                        ours.poolId(),
                        ours.value())
                .stream()
                .findFirst()
                .map(parent -> done(netBox.get(ObjectType.PREFIX, parent)).related("vrf"))
                .orElse(null);
    }

    private void writeBack(NetBoxConflict conflict) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        if (type(conflict) == ObjectType.VLAN) {
            fields.put("vid", Integer.parseInt(conflict.ledgerValue()));
        } else {
            fields.put(NetBoxValues.field(type(conflict)), conflict.ledgerValue());
        }
        done(netBox.patch(type(conflict), conflict.netBoxId(), fields, null));
    }

    /** The service lets go of it: NetBox's authority has said so, and now a person. */
    private void release(NetBoxConflict conflict, Actor actor) {
        transaction.executeWithoutResult(status -> {
            int released = type(conflict) == ObjectType.VLAN
                    ? jdbc.update("delete from service_vlan where service_id = ?", conflict.serviceId())
                    : jdbc.update(
                            "delete from service_prefix where service_id = ? and prefix <<= ?::inet",
                            conflict.serviceId(),
                            conflict.ledgerValue());
            if (released > 0) {
                events.append(
                        actor,
                        EventType.SERVICE_CHANGED,
                        conflict.serviceId(),
                        Map.of(conflict.objectType(), conflict.ledgerValue()),
                        Map.of());
            }
        });
    }

    private static ObjectType type(NetBoxConflict conflict) {
        return TypeWords.type(conflict.objectType());
    }

    private static <T> T done(NetBoxOutcome<T> outcome) {
        return switch (outcome) {
            case NetBoxOutcome.Done<T> done -> done.value();
            case NetBoxOutcome.Away<T> away -> throw new AuthorityAway(away.reason());
            case NetBoxOutcome.Denied<T> denied -> throw new AuthorityAway(denied.reason());
            case NetBoxOutcome.Unusable<T> unusable -> throw new AuthorityAway(unusable.reason());
            case NetBoxOutcome.Exhausted<T> no -> throw new LedgerConflict(no.reason());
            case NetBoxOutcome.Invalid<T> no -> throw new LedgerConflict(no.reason());
            case NetBoxOutcome.Conflict<T> no -> throw new LedgerConflict(no.reason());
            case NetBoxOutcome.Stale<T> no -> throw new LedgerConflict(no.reason());
            case NetBoxOutcome.Missing<T> no -> throw new LedgerConflict(no.reason());
        };
    }
}
