package io.patchbay.sighting;

import io.patchbay.wire.Octets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.unit.DataSize;

/** The table authentication, as its writer uses it: one partition a day, made when its first row comes. */
final class AuthenticationStore {
    private static final String ADD = """
            insert into authentication (nas_client_id, nas_name, service_id, user_name, circuit_id, remote_id, mac, outcome,
                reason, first_at, last_at, times)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String PARTITION = "authentication_";
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private record Partition(String name, LocalDate day, long bytes) {}

    private final JdbcTemplate jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final Set<LocalDate> days = new HashSet<>();

    AuthenticationStore(JdbcTemplate jdbc, TransactionOperations transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** All of them or none. */
    void add(List<AttemptTally> tallies) {
        List<Object[]> rows = tallies.stream().map(AuthenticationStore::row).toList();
        try {
            makeRoomFor(tallies);
            transaction.executeWithoutResult(status -> {
                // A log may lose its last second with the machine; it does not make the ledger's commits wait for the
                // disk.
                jdbc.execute("set local synchronous_commit = off");
                jdbc.batchUpdate(ADD, rows);
            });
        } catch (RuntimeException failed) {
            days.clear(); // another database may have come back than the one that went away
            throw failed;
        }
    }

    /** Drops the days that are over for longer than {@code keep}, and the oldest while all together are above the size. */
    void forget(Duration keep, DataSize keepSize) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate oldest = LocalDate.ofInstant(clock.instant().minus(keep), ZoneOffset.UTC);
        List<Partition> partitions = partitions();
        long bytes = partitions.stream().mapToLong(Partition::bytes).sum();
        for (Partition partition : partitions) {
            boolean surplus = bytes > keepSize.toBytes() && partition.day().isBefore(today);
            if (partition.day().isBefore(oldest) || surplus) {
                days.remove(partition.day());
                alter("drop table if exists " + partition.name());
                bytes -= partition.bytes();
            }
        }
    }

    private void makeRoomFor(List<AttemptTally> tallies) {
        for (AttemptTally tally : tallies) {
            LocalDate day = LocalDate.ofInstant(tally.lastAt(), ZoneOffset.UTC);
            if (!days.contains(day)) {
                alter("create table if not exists " + PARTITION + DAY.format(day)
                        + " partition of authentication for values from ('" + day + "T00:00:00Z') to ('"
                        + day.plusDays(1) + "T00:00:00Z')");
                days.add(day);
            }
        }
    }

    /** One node at a time, and never long in a queue before the readers: then another time. */
    private void alter(String statement) {
        transaction.executeWithoutResult(status -> {
            jdbc.execute("set local lock_timeout = '2s'");
            jdbc.execute("select pg_advisory_xact_lock(hashtext('authentication'))");
            jdbc.execute(statement);
        });
    }

    private List<Partition> partitions() {
        return jdbc
                .query(
                        "select c.relname, pg_total_relation_size(c.oid) from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                                + " where i.inhparent = 'authentication'::regclass",
                        (row, number) -> new Partition(
                                row.getString(1),
                                LocalDate.parse(row.getString(1).substring(PARTITION.length()), DAY),
                                row.getLong(2)))
                .stream()
                .sorted(Comparator.comparing(Partition::day))
                .toList();
    }

    private static Object[] row(AttemptTally tally) {
        AuthenticationAttempt attempt = tally.last();
        return new Object[] {
            attempt.nasClientId(),
            attempt.nasName(),
            attempt.serviceId() == 0 ? null : attempt.serviceId(),
            SightingStore.storable(attempt.userName()),
            bytes(attempt.line().circuitId()),
            bytes(attempt.line().remoteId()),
            bytes(attempt.line().mac()),
            SightingIdentity.word(attempt.outcome()),
            attempt.reason() == null ? null : SightingIdentity.word(attempt.reason()),
            Timestamp.from(tally.firstAt()),
            Timestamp.from(tally.lastAt()),
            tally.times()
        };
    }

    private static byte[] bytes(Octets octets) {
        return octets == null ? null : octets.toByteArray();
    }
}
