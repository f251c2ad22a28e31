package io.patchbay.ledger.address;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.AuthorityAway;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.wire.IpPrefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What NetBox is asked to choose. A claim is committed, NetBox called outside any transaction, its answer written into the claim,
 * and the claim goes with the commit of the assignment. Wherever that breaks off, the claim is left, with its key: whoever wants
 * the same resumes it, and after a while a sweep gives back what was given under it.
 */
final class AddressClaims {
    /** Longer than a call to NetBox may take: until then nobody else works on the claim. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final String COLUMNS =
            "id, key, pool_id, service_id, kind, assigned_length, text(wanted) as wanted, text(prefix) as given";

    private final JdbcTemplate jdbc;
    private final AddressTransactions transactions;
    private final EventLog events;
    private final AddressAuthority authority;

    /** @param authority what chooses; may be one that is always away */
    AddressClaims(JdbcTemplate jdbc, AddressTransactions transactions, EventLog events, AddressAuthority authority) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
        this.authority = authority;
    }

    /**
     * Has NetBox choose, and writes down what it chose.
     *
     * @throws PoolExhausted when it has nothing left, LedgerConflict when somebody has what is wanted, or the same is being asked
     *     for, AuthorityAway when it did not answer
     */
    void obtain(AddressPool pool, long serviceId, AddressKind kind, int length, IpPrefix wanted, Actor actor) {
        if (AddressTransactions.isInside()) {
            throw new IllegalStateException(
                    "NetBox is never called within a transaction: prepare the assignment before it");
        }
        AddressClaim claim = take(pool, serviceId, kind, length, wanted, actor);
        if (claim.given() != null) {
            return;
        }
        AddressAuthority.Allocation allocation = authority.allocate(pool, claim);
        switch (allocation) {
            case AddressAuthority.Allocation.Given given ->
                jdbc.update(
                        "update address_claim set prefix = ?::cidr where id = ?",
                        given.prefix().toString(),
                        claim.id());
            case AddressAuthority.Allocation.Exhausted nothing -> {
                drop(claim);
                throw new PoolExhausted("NetBox has no /" + length + " left in the pool '" + pool.name() + "'.");
            }
            case AddressAuthority.Allocation.Conflict conflict -> {
                drop(claim);
                throw new LedgerConflict(conflict.sentence());
            }
            case AddressAuthority.Allocation.Away away -> {
                jdbc.update("update address_claim set leased_until = clock_timestamp() where id = ?", claim.id());
                throw new AuthorityAway(
                        "NetBox chooses in the pool '" + pool.name() + "' and does not answer: " + away.sentence());
            }
        }
    }

    /** What NetBox has chosen for this wish and nobody has assigned yet. */
    Optional<AddressClaim> given(AddressPool pool, long serviceId, AddressKind kind, int length, IpPrefix wanted) {
        return jdbc
                .query(
                        "select " + COLUMNS + " from address_claim where service_id = ? and kind = ? and pool_id = ?"
                                + " and assigned_length = ? and wanted is not distinct from ?::cidr and prefix is not null"
                                + " for update",
                        AddressClaims::claim,
                        serviceId,
                        kind.word(),
                        pool.id(),
                        length,
                        text(wanted))
                .stream()
                .findFirst();
    }

    /** Its prefix is assigned, in this transaction. */
    void drop(AddressClaim claim) {
        jdbc.update("delete from address_claim where id = ?", claim.id());
    }

    /** NetBox chose what the ledger knows to be somebody's: it is given back, and a person must say who is right. */
    void refuse(AddressPool pool, long serviceId, AddressKind kind, int length, IpPrefix wanted, String sentence) {
        Optional<AddressClaim> given = transactions.run(() -> given(pool, serviceId, kind, length, wanted));
        given.ifPresent(claim -> {
            transactions.run(() -> {
                events.append(
                        Actor.NETBOX,
                        EventType.NETBOX_CONFLICT,
                        pool.id(),
                        Map.of("prefix", claim.given().toString(), "serviceId", serviceId, "sentence", sentence));
                return null;
            });
            giveBack(pool, claim);
        });
    }

    /** Claims that nobody works on and that were made some time ago. */
    List<AddressClaim> leftOver(Duration age, int most) {
        return jdbc.query(
                "select " + COLUMNS + " from address_claim where leased_until < clock_timestamp()"
                        + " and created_at < clock_timestamp() - make_interval(secs => ?) order by leased_until limit ?",
                AddressClaims::claim,
                age.toSeconds(),
                most);
    }

    /**
     * What NetBox gave is no longer told to anybody from the moment on that it is being given back.
     *
     * @return whether it is gone, at NetBox and here; it is not when somebody has begun to work on it, or NetBox is away
     */
    boolean giveBack(AddressPool pool, AddressClaim claim) {
        int mine = jdbc.update(
                "update address_claim set leased_until = clock_timestamp() + make_interval(secs => ?), prefix = null"
                        + " where id = ? and (leased_until < clock_timestamp() or prefix is not null)",
                LEASE.toSeconds(),
                claim.id());
        if (mine == 0) {
            return false;
        }
        AddressAuthority.LettingGo letting = authority.withdraw(pool, claim.key());
        return switch (letting) {
            case AddressAuthority.LettingGo.Gone gone -> {
                drop(claim);
                yield true;
            }
            case AddressAuthority.LettingGo.Away away -> {
                jdbc.update("update address_claim set leased_until = clock_timestamp() where id = ?", claim.id());
                yield false;
            }
        };
    }

    private AddressClaim take(
            AddressPool pool, long serviceId, AddressKind kind, int length, IpPrefix wanted, Actor actor) {
        return transactions.run(
                () -> jdbc
                        .query(
                                "insert into address_claim as c (pool_id, service_id, kind, assigned_length, wanted, leased_until,"
                                        + " created_by) values (?, ?, ?, ?, ?::cidr, clock_timestamp() + make_interval(secs => ?), ?)"
                                        + " on conflict (service_id, kind, pool_id, assigned_length, wanted) do update"
                                        + " set leased_until = excluded.leased_until where c.leased_until < clock_timestamp()"
                                        + " returning " + COLUMNS,
                                AddressClaims::claim,
                                pool.id(),
                                serviceId,
                                kind.word(),
                                length,
                                text(wanted),
                                LEASE.toSeconds(),
                                actor.name())
                        .stream()
                        .findFirst()
                        .or(() -> given(pool, serviceId, kind, length, wanted))
                        .orElseThrow(
                                () -> new LedgerConflict(
                                        "NetBox is being asked for the same at this moment; look what came of it, and then ask again.")));
    }

    private static String text(IpPrefix prefix) {
        return prefix == null ? null : prefix.toString();
    }

    private static AddressClaim claim(ResultSet row, int number) throws SQLException {
        String wanted = row.getString("wanted");
        String given = row.getString("given");
        return new AddressClaim(
                row.getLong("id"),
                row.getObject("key", UUID.class),
                row.getLong("pool_id"),
                row.getLong("service_id"),
                AddressKind.of(row.getString("kind")),
                row.getInt("assigned_length"),
                wanted == null ? null : IpPrefix.parse(wanted),
                given == null ? null : IpPrefix.parse(given));
    }
}
