package io.patchbay.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a group of records needs to be folded. */
final class SessionTables {
    private static final String COLUMNS = """
            k.n, s.id, s.era, s.service_id, s.started_at, s.nas_started_at, s.start_seen, s.last_heard_at,
            s.session_seconds, s.bytes_down, s.bytes_up, s.packets_down, s.packets_up,
            s.ipv6_bytes_down, s.ipv6_bytes_up, s.ipv6_packets_down, s.ipv6_packets_up,
            s.addresses_hash, s.ended_at, s.end_cause, s.presumed, s.archived_on,
            s.ctid::text, s.xmin::text
            """;

    private static final String LOCK = "for no key update of s";

    private static final String KEYS =
            "from unnest(?::bytea[], ?::bigint[], ?::text[]) with ordinality as k (sid, nas, identity, n)\n";

    /** In the order of the keys, and of the eras within a key: the index is read in that order. */
    private static final String LIVE = "select " + COLUMNS + KEYS + """
            join session_live s on s.acct_session_id = k.sid and s.nas_client_id = k.nas and s.nas_identity = k.identity
            """;

    private static final String LOCK_ARCHIVED = "select " + COLUMNS + KEYS + """
            join session s on s.acct_session_id = k.sid and s.nas_client_id = k.nas and s.nas_identity = k.identity
            where s.archived_on < 'infinity'
            order by k.n, s.id
            """ + LOCK;

    private static final String RESTARTS = """
            select n.id, n.name, r.at from unnest(?::bigint[], ?::text[]) as n (id, name)
            cross join lateral (select at from nas_restart
                where nas_client_id = n.id and nas_identity = n.name order by at desc limit 1) r""";

    private final Connection connection;

    SessionTables(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param keys in their order
     * @param lock whether nobody else may change them until the transaction ends; otherwise whoever updates them sees that
     *     somebody did
     */
    List<Session> live(List<SessionKey> keys, boolean lock) throws SQLException {
        return read(lock ? LIVE + LOCK : LIVE, keys);
    }

    /** @param keys in their order */
    List<Session> lockArchived(List<SessionKey> keys) throws SQLException {
        return keys.isEmpty() ? List.of() : read(LOCK_ARCHIVED, keys);
    }

    Map<NasIdentity, Instant> restarts(Collection<NasIdentity> identities) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(RESTARTS)) {
            select.setObject(
                    1, identities.stream().mapToLong(NasIdentity::nasClientId).toArray());
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", identities.stream().map(NasIdentity::name).toArray(String[]::new)));
            Map<NasIdentity, Instant> restarts = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    restarts.put(new NasIdentity(rows.getLong(1), rows.getString(2)), instant(rows, 3));
                }
            }
            return restarts;
        }
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** @param first of the eight columns; an IPv6 counter that is null is -1 */
    static Traffic traffic(ResultSet row, int first) throws SQLException {
        return new Traffic(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                orMinusOne(row, first + 4),
                orMinusOne(row, first + 5),
                orMinusOne(row, first + 6),
                orMinusOne(row, first + 7));
    }

    private List<Session> read(String sql, List<SessionKey> keys) throws SQLException {
        byte[][] ids = new byte[keys.size()][];
        long[] clients = new long[ids.length];
        String[] identities = new String[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = keys.get(i).acctSessionId().toByteArray();
            clients[i] = keys.get(i).nas().nasClientId();
            identities[i] = keys.get(i).nas().name();
        }
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("bytea", ids));
            select.setObject(2, clients);
            select.setArray(3, connection.createArrayOf("text", identities));
            List<Session> sessions = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sessions.add(session(rows, keys.get((int) rows.getLong(1) - 1)));
                }
            }
            return sessions;
        }
    }

    private static Session session(ResultSet row, SessionKey key) throws SQLException {
        Session session = new Session(row.getLong(2), key, row.getInt(3), row.getLong(9));
        session.serviceId = row.getLong(4);
        session.startedAt = instant(row, 5);
        session.nasStartedAt = instant(row, 6);
        session.startSeen = row.getBoolean(7);
        session.lastHeardAt = instant(row, 8);
        session.traffic = traffic(row, 10);
        session.addressesHash = row.getLong(18);
        session.endedAt = instant(row, 19);
        session.endCause = row.getString(20);
        session.presumed = row.getBoolean(21);
        LocalDate archivedOn = row.getObject(22, LocalDate.class);
        session.archivedOn = LocalDate.MAX.equals(archivedOn) ? null : archivedOn;
        session.rowVersion(row.getString(23), row.getString(24));
        return session;
    }

    private static long orMinusOne(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? -1 : value;
    }
}
