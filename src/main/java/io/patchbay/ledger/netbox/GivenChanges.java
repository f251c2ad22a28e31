package io.patchbay.ledger.netbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.netbox.ChangeIngestion.Taken;
import io.patchbay.ledger.netbox.GivenObjects.Given;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.wire.IpPrefix;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What NetBox chose and somebody changed there: its value wins. What was deleted while a service uses it is a conflict. */
final class GivenChanges {
    private final NetBox netBox;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final GivenObjects given;
    private final NetBoxConflicts conflicts;

    GivenChanges(
            NetBox netBox,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            EventLog events,
            NetBoxConflicts conflicts) {
        this.netBox = netBox;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.given = new GivenObjects(jdbc);
        this.conflicts = conflicts;
    }

    Taken changed(Given ours, NetBoxObject object) {
        String value = value(object);
        if (!ours.claimKey().equals(object.custom(netBox.customFields().key()))) {
            mark(ours);
        }
        if (value != null && isSame(ours, value)) {
            return Taken.NOTHING;
        }
        if (!isUsed(ours)) {
            return Taken.NOTHING; // released meanwhile: the sweep gives it back by its id
        }
        String refusal = value == null ? "has no value that could be read" : enter(ours, value);
        if (refusal == null) {
            conflicts.endedOfObject(TypeWords.of(ours.type()), ours.netBoxId());
            return Taken.ENTERED;
        }
        conflicts.found(new ConflictFound(
                ConflictFound.Kind.VALUE_REFUSED,
                ours.type(),
                ours.netBoxId(),
                ours.serviceId(),
                ours.poolId(),
                ours.claimKey(),
                ours.value(),
                value,
                "NetBox has " + value + " for service " + ours.serviceId() + " instead of " + ours.value()
                        + ", and the ledger cannot take it: " + refusal));
        return Taken.CONFLICT;
    }

    Taken deleted(Given ours) {
        if (!isUsed(ours)) {
            given.remove(ours.type(), ours.netBoxId());
            return Taken.NOTHING;
        }
        conflicts.found(new ConflictFound(
                ConflictFound.Kind.DELETED_IN_NETBOX,
                ours.type(),
                ours.netBoxId(),
                ours.serviceId(),
                ours.poolId(),
                ours.claimKey(),
                ours.value(),
                null,
                ours.value() + " was deleted in NetBox, and service " + ours.serviceId()
                        + " uses it. The service keeps it until somebody resolves this."));
        return Taken.CONFLICT;
    }

    /**
     * Gives the service NetBox's value in place of the one that it has.
     *
     * @return null, or why the ledger cannot; nothing is changed then
     */
    String enter(Given ours, String value) {
        try {
            transaction.executeWithoutResult(status -> {
                if (ours.isVlan()) {
                    enterVlan(ours, value);
                } else {
                    enterPrefix(ours, value);
                }
                given.put(new Given(
                        ours.type(),
                        ours.netBoxId(),
                        ours.claimKey(),
                        ours.serviceId(),
                        ours.kind(),
                        ours.poolId(),
                        value));
                events.append(
                        Actor.NETBOX,
                        EventType.SERVICE_CHANGED,
                        ours.serviceId(),
                        Map.of(ours.kind(), ours.value()),
                        Map.of(ours.kind(), value));
            });
            return null;
        } catch (DataIntegrityViolationException refused) {
            return sentence(refused);
        }
    }

    private void enterPrefix(Given ours, String value) {
        List<Integer> netmask = jdbc.query(
                "delete from service_prefix where service_id = ? and kind = ? and prefix = ?::cidr and pool_id = ?"
                        + " returning netmask_length",
                (row, number) -> row.getObject(1, Integer.class),
                ours.serviceId(),
                ours.kind(),
                ours.value(),
                ours.poolId());
        jdbc.update(
                "insert into service_prefix (service_id, vrf_id, kind, prefix, netmask_length, pool_id, assigned_at)"
                        + " select ?, vrf_id, ?, ?::cidr, ?, id, clock_timestamp() from address_pool where id = ?",
                ours.serviceId(),
                ours.kind(),
                value,
                netmask.getFirst(),
                ours.poolId());
    }

    private void enterVlan(Given ours, String value) {
        jdbc.update(
                "update service_vlan set s_vlan = case when c_vlan is null then ?::integer else s_vlan end,"
                        + " c_vlan = case when c_vlan is null then null else ?::integer end"
                        + " where service_id = ? and pool_id = ?",
                value,
                value,
                ours.serviceId(),
                ours.poolId());
    }

    boolean isUsed(Given ours) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                ours.isVlan()
                        ? "select exists (select from service_vlan where service_id = ? and pool_id = ?"
                                + " and coalesce(c_vlan, s_vlan) = ?::integer)"
                        : "select exists (select from service_prefix where service_id = ? and pool_id = ? and prefix = ?::cidr)",
                Boolean.class,
                ours.serviceId(),
                ours.poolId(),
                ours.value()));
    }

    /** Somebody took the key from it: without it nobody would find it again. */
    private void mark(Given ours) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.putObject("custom_fields")
                .put(netBox.customFields().key(), ours.claimKey())
                .put(netBox.customFields().service(), Long.toString(ours.serviceId()));
        NetBoxOutcome<NetBoxObject> outcome = netBox.patch(ours.type(), ours.netBoxId(), fields, null);
        if (!outcome.isDone()) {
            throw new IllegalStateException("The key of " + ours.type().model() + " " + ours.netBoxId()
                    + " could not be restored: " + outcome.reason());
        }
    }

    private static boolean isSame(Given ours, String value) {
        return ours.isVlan()
                ? ours.value().equals(value)
                : IpPrefix.parse(ours.value()).equals(IpPrefix.parse(value));
    }

    private static String value(NetBoxObject object) {
        return switch (object.type()) {
            case VLAN -> object.text("vid");
            default -> {
                IpPrefix prefix = NetBoxValues.prefix(object);
                yield prefix == null ? null : prefix.toString();
            }
        };
    }

    private static String sentence(DataIntegrityViolationException refused) {
        return String.valueOf(refused.getMostSpecificCause().getMessage())
                        .lines()
                        .findFirst()
                        .orElse("it is taken")
                        .replaceFirst("^ERROR: ", "")
                + ".";
    }
}
