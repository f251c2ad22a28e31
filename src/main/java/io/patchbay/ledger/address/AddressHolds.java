package io.patchbay.ledger.address;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.Words;
import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is in a pool and neither free nor assigned: made, found, ended. */
public final class AddressHolds {
    /** What ends by itself. What NetBox chose ends when NetBox has let go of it: see {@link AddressSweeps}. */
    private static final String DUE = """
            delete from address_hold where id in (
                select h.id from address_hold h join address_pool p on p.id = h.pool_id
                where h.until <= clock_timestamp() and h.reason <> 'reserved' and p.authority <> 'netbox' and %s
                order by h.block_id, h.prefix limit %d for update of h%s)
            returning id, pool_id, text(prefix) as prefix, reason, service_id, kind, until, note, created_at, created_by""";

    private final JdbcTemplate jdbc;
    private final AddressTransactions transactions;
    private final EventLog events;

    AddressHolds(JdbcTemplate jdbc, AddressTransactions transactions, EventLog events) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
    }

    /** @throws LedgerNotFound when there is no such hold */
    public AddressHold get(long id) {
        return jdbc.query(AddressRows.HELD + "where id = ?", AddressRows.HOLD, id).stream()
                .findFirst()
                .orElseThrow(() -> new LedgerNotFound("There is no hold " + id + " on an address."));
    }

    /**
     * Ends a hold: what it held is free.
     *
     * @throws LedgerNotFound when there is no such hold
     */
    public void end(long id, Actor actor) {
        transactions.run(() -> {
            AddressHold hold = get(id);
            if (jdbc.update("delete from address_hold where id = ?", id) == 0) {
                throw new LedgerNotFound("There is no hold " + id + " on an address.");
            }
            events.append(actor, EventType.ADDRESS_HOLD_CHANGED, id, told(hold), Map.of());
            return null;
        });
    }

    /**
     * Those of a service.
     *
     * @param reasons none for all
     */
    public List<AddressHold> ofService(long serviceId, HoldReason... reasons) {
        return jdbc.query(
                AddressRows.HELD
                        + "where service_id = ? and (cardinality(?::text[]) = 0 or reason = any (?)) order by id",
                AddressRows.HOLD,
                serviceId,
                words(reasons),
                words(reasons));
    }

    /** What a service gets again: kept for it, or released lately. A reservation comes first, then what it had last. */
    Optional<AddressHold> kept(long serviceId, long poolId, AddressKind kind, int length) {
        return jdbc
                .query(
                        AddressRows.HELD + "where service_id = ? and pool_id = ? and masklen(prefix) = ?"
                                + " and (kind = ? or kind is null and reason = 'reservation')"
                                + " and reason in ('reservation', 'cool-down')"
                                + " order by reason = 'reservation' desc, created_at desc, id desc limit 1",
                        AddressRows.HOLD,
                        serviceId,
                        poolId,
                        length,
                        kind.word())
                .stream()
                .findFirst();
    }

    /** Likewise, exactly this one. */
    Optional<AddressHold> kept(long serviceId, long vrfId, IpPrefix prefix) {
        return jdbc
                .query(
                        AddressRows.HELD + "where service_id = ? and vrf_id = ? and prefix = ?::cidr"
                                + " and reason in ('reservation', 'cool-down')",
                        AddressRows.HOLD,
                        serviceId,
                        vrfId,
                        prefix.toString())
                .stream()
                .findFirst();
    }

    /** Takes it up: it is free within this transaction, and nobody else sees it so. */
    void takeUp(AddressHold hold, Actor actor) {
        jdbc.update("delete from address_hold where id = ?", hold.id());
        if (hold.reason() == HoldReason.RESERVATION) {
            events.append(actor, EventType.ADDRESS_HOLD_CHANGED, hold.id(), told(hold), Map.of());
        }
    }

    /** What the trigger holds of a prefix that was released a moment ago, in this transaction. */
    void endAfterRelease(long serviceId, long poolId, IpPrefix prefix) {
        jdbc.update(
                "delete from address_hold where service_id = ? and pool_id = ? and prefix = ?::cidr"
                        + " and reason in ('cool-down', 'revoking')",
                serviceId,
                poolId,
                prefix.toString());
    }

    /** @return its id; appends no event */
    long insert(
            long poolId,
            long vrfId,
            IpPrefix prefix,
            HoldReason reason,
            Long serviceId,
            AddressKind kind,
            Instant until,
            String note,
            Actor actor) {
        List<Long> ids = jdbc.queryForList(
                "insert into address_hold (block_id, pool_id, vrf_id, prefix, reason, service_id, kind, until, note, created_by)"
                        + " select id, pool_id, vrf_id, ?::cidr, ?, ?, ?, ?, ?, ? from address_block"
                        + " where pool_id = ? and vrf_id = ? and prefix >>= ?::cidr returning id",
                Long.class,
                prefix.toString(),
                Words.of(reason),
                serviceId,
                kind == null ? null : kind.word(),
                AddressRows.timestamp(until),
                note,
                actor.name(),
                poolId,
                vrfId,
                prefix.toString());
        return ids.isEmpty() ? 0 : ids.getFirst();
    }

    /** Ends what is due in a pool, some of it: looked for when nothing else is left. @return how many */
    int endDue(long poolId) {
        return endAll(jdbc.query(DUE.formatted("h.pool_id = ?", 100, ""), AddressRows.HOLD, poolId));
    }

    /** Ends what is due and lies in the way of a chosen prefix. */
    void endDue(long vrfId, IpPrefix prefix) {
        endAll(jdbc.query(
                DUE.formatted("h.vrf_id = ? and h.prefix && ?::inet", 1000, ""),
                AddressRows.HOLD,
                vrfId,
                prefix.toString()));
    }

    /** Ends what is due anywhere, a batch; what somebody works on is left for the next time. @return how many */
    int endDueBatch(int batch) {
        return transactions.run(
                () -> endAll(jdbc.query(DUE.formatted("true", batch, " skip locked"), AddressRows.HOLD)));
    }

    /** A cool-down ends as its release said; what was promised or kept for somebody is told of. */
    private int endAll(List<AddressHold> ended) {
        ended.stream()
                .filter(hold -> hold.reason() == HoldReason.RESERVATION || hold.reason() == HoldReason.RENUMBERED)
                .forEach(hold ->
                        events.append(Actor.SWEEP, EventType.ADDRESS_HOLD_CHANGED, hold.id(), told(hold), Map.of()));
        return ended.size();
    }

    static Map<String, Object> told(AddressHold hold) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("prefix", hold.prefix().toString());
        told.put("reason", Words.of(hold.reason()));
        if (hold.serviceId() != null) {
            told.put("serviceId", hold.serviceId());
        }
        if (hold.until() != null) {
            told.put("until", hold.until().toString());
        }
        if (hold.note() != null) {
            told.put("note", hold.note());
        }
        return told;
    }

    private static String[] words(HoldReason[] reasons) {
        String[] words = new String[reasons.length];
        for (int i = 0; i < reasons.length; i++) {
            words[i] = Words.of(reasons[i]);
        }
        return words;
    }
}
