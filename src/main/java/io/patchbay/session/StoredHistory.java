package io.patchbay.session;

import io.patchbay.ledger.Words;
import io.patchbay.wire.IpPrefix;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stored records and addresses of sessions, read at most once in a transaction. */
final class StoredHistory implements SessionHistory {
    private static final String RECORDS = """
            select session_id, kind, session_seconds, event_at, received_at, delay_s,
                bytes_down, bytes_up, packets_down, packets_up,
                ipv6_bytes_down, ipv6_bytes_up, ipv6_packets_down, ipv6_packets_up
            from accounting_record where session_id = any (?) and received_at >= ?""";
    private static final String HELD = """
            select kind, inet_send(prefix), port_from, port_to, from_at from session_address
            where session_id = ? and archived_on = coalesce(?, 'infinity'::date) and until_at is null""";

    /** A record may come to the database by way of the journal, after later ones. */
    private static final Duration STORED_OUT_OF_ORDER = Duration.ofDays(1);

    private final Connection connection;
    private final Map<Long, List<ToldBefore>> told = new HashMap<>();
    private final Map<Long, List<AddressSpan>> held = new HashMap<>();

    StoredHistory(Connection connection) {
        this.connection = connection;
    }

    /** Reads the records of these at once, so that {@link #told} need not ask for each. */
    void prefetch(Collection<Session> sessions) throws SQLException {
        if (sessions.isEmpty()) {
            return;
        }
        sessions.forEach(session -> told.put(session.id, new ArrayList<>()));
        Instant earliest = sessions.stream()
                .map(session -> session.startedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow()
                .minus(STORED_OUT_OF_ORDER);
        try (PreparedStatement select = connection.prepareStatement(RECORDS)) {
            select.setObject(
                    1, sessions.stream().mapToLong(session -> session.id).toArray());
            select.setObject(2, earliest.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    told.get(rows.getLong(1)).add(record(rows));
                }
            }
        }
    }

    @Override
    public List<ToldBefore> told(Session session) {
        try {
            if (!told.containsKey(session.id)) {
                prefetch(List.of(session));
            }
            return told.get(session.id);
        } catch (SQLException failed) {
            throw new FailedLookup(failed);
        }
    }

    @Override
    public List<AddressSpan> held(Session session) {
        return held.computeIfAbsent(session.id, id -> readHeld(session));
    }

    private List<AddressSpan> readHeld(Session session) {
        try (PreparedStatement select = connection.prepareStatement(HELD)) {
            select.setLong(1, session.id);
            select.setObject(2, session.archivedOn, Types.DATE);
            List<AddressSpan> spans = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    HeldAddress address = new HeldAddress(
                            Words.parse(HeldAddress.Kind.class, rows.getString(1)),
                            prefix(rows.getBytes(2)),
                            rows.getInt(3),
                            rows.getInt(4));
                    spans.add(new AddressSpan(address, SessionTables.instant(rows, 5), true));
                }
            }
            return spans;
        } catch (SQLException failed) {
            throw new FailedLookup(failed);
        }
    }

    /** As text an IPv4 address within IPv6 would become IPv4. */
    private static IpPrefix prefix(byte[] familyLengthFlagSizeAddress) {
        byte[] value = familyLengthFlagSizeAddress;
        return IpPrefix.of(Arrays.copyOfRange(value, 4, value.length), value[1] & 0xff);
    }

    private static ToldBefore record(ResultSet row) throws SQLException {
        long seconds = row.getLong(3);
        boolean untimed = row.wasNull();
        row.getLong(7);
        Traffic traffic = row.wasNull() ? null : SessionTables.traffic(row, 7);
        return new ToldBefore(
                Words.parse(AccountingRecord.Kind.class, row.getString(2)),
                untimed ? -1 : seconds,
                traffic,
                SessionTables.instant(row, 4),
                SessionTables.instant(row, 5).minus(Duration.ofSeconds(row.getInt(6))));
    }

    /** Carries a failure of the database through the fold. */
    static final class FailedLookup extends RuntimeException {
        FailedLookup(SQLException cause) {
            super(cause);
        }

        @Override
        public synchronized SQLException getCause() {
            return (SQLException) super.getCause();
        }
    }
}
