package io.patchbay.ledger.address;

import io.patchbay.database.DatabaseAway;
import io.patchbay.event.Actor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What becomes free because its time has come: a route calls it now and then. Of several nodes one does it, the others find it
 * being done. In small batches, each a transaction of its own, so that nobody who assigns waits long.
 */
public final class AddressSweeps {
    private static final Logger LOG = LoggerFactory.getLogger(AddressSweeps.class);
    private static final int BATCH = 200;
    private static final int BATCHES_A_TURN = 500;
    private static final int CALLS_A_TURN = 100;
    /** Nobody repeats a request after that. */
    private static final Duration CLAIM_KEPT = Duration.ofMinutes(15);

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final AddressPools pools;
    private final AddressHolds holds;
    private final AddressClaims claims;
    private final AddressAuthority authority;
    private final BooleanSupplier tablesThere;
    private volatile boolean away;

    /** @param tablesThere false until the tables are migrated: nothing is done before */
    AddressSweeps(
            DataSource dataSource,
            AddressPools pools,
            AddressHolds holds,
            AddressClaims claims,
            AddressAuthority authority,
            BooleanSupplier tablesThere) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.pools = pools;
        this.holds = holds;
        this.claims = claims;
        this.authority = authority;
        this.tablesThere = tablesThere;
    }

    /**
     * Ends cool-downs, reservations, renumbered prefixes and what was seen in use, where their time has come.
     *
     * @return how many
     */
    public int releaseDue() {
        return takingTurns("release-due-addresses", () -> {
            int released = 0;
            for (int batch = 0; batch < BATCHES_A_TURN; batch++) {
                int ended = holds.endDueBatch(BATCH);
                released += ended;
                if (ended < BATCH) {
                    break;
                }
            }
            return released;
        });
    }

    /**
     * Likewise in the pools that NetBox chooses in: NetBox lets go first. And gives back what NetBox chose and nobody was assigned,
     * because the hub or the caller broke off in between.
     *
     * @return how many
     */
    public int releaseAtNetBox() {
        return takingTurns("release-addresses-at-netbox", () -> dueAtNetBox() + leftOverClaims());
    }

    private int dueAtNetBox() {
        List<AddressHold> due = jdbc.query(
                "select h.id, h.pool_id, text(h.prefix) as prefix, h.reason, h.service_id, h.kind, h.until, h.note, h.created_at,"
                        + " h.created_by from address_hold h join address_pool p on p.id = h.pool_id"
                        + " where h.until <= clock_timestamp() and h.reason <> 'reserved' and p.authority = 'netbox'"
                        + " order by h.until limit ?",
                AddressRows.HOLD,
                CALLS_A_TURN);
        int released = 0;
        for (AddressHold hold : due) {
            // Foreign and in use: NetBox gave us nothing there.
            boolean isOurs = hold.reason() != HoldReason.FOREIGN && hold.reason() != HoldReason.IN_USE;
            if (isOurs
                    && authority.release(pools.get(hold.poolId()), hold.prefix())
                            instanceof AddressAuthority.LettingGo.Away) {
                break;
            }
            holds.end(hold.id(), Actor.SWEEP);
            released++;
        }
        return released;
    }

    private int leftOverClaims() {
        int givenBack = 0;
        for (AddressClaim claim : claims.leftOver(CLAIM_KEPT, CALLS_A_TURN)) {
            if (!claims.giveBack(pools.get(claim.poolId()), claim)) {
                break;
            }
            givenBack++;
        }
        return givenBack;
    }

    /** A database that is away is told of once; the sweep comes again. */
    private int takingTurns(String name, IntSupplier work) {
        if (!tablesThere.getAsBoolean()) {
            return 0;
        }
        try (Connection connection = dataSource.getConnection()) {
            int done = isFirst(connection, name) ? unlocking(connection, name, work) : 0;
            away = false;
            return done;
        } catch (SQLException failed) {
            return orAway(new IllegalStateException("The sweep " + name + " failed: " + failed.getMessage(), failed));
        } catch (RuntimeException failed) {
            return orAway(failed);
        }
    }

    private int orAway(RuntimeException failed) {
        if (!DatabaseAway.is(failed)) {
            throw failed;
        }
        if (!away) {
            LOG.warn("The sweeps of addresses wait for the database: {}", failed.getMessage());
        }
        away = true;
        return 0;
    }

    /** A lock of the connection, which no transaction and no row holds while NetBox is called. */
    private static boolean isFirst(Connection connection, String name) throws SQLException {
        return ask(connection, "select pg_try_advisory_lock(hashtext('address-sweep'), hashtext(?))", name);
    }

    private static int unlocking(Connection connection, String name, IntSupplier work) throws SQLException {
        try {
            return work.getAsInt();
        } finally {
            ask(connection, "select pg_advisory_unlock(hashtext('address-sweep'), hashtext(?))", name);
        }
    }

    private static boolean ask(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
