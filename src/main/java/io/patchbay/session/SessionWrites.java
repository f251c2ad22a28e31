package io.patchbay.session;

import io.patchbay.ledger.Words;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Writes what a group of records changed. */
final class SessionWrites {
    /** SQLSTATE: serialization failure. */
    static final String CHANGED = "40001";

    private static final long NOT_ENDED = Long.MIN_VALUE;

    /**
     * No indexed column among them, so that an update within a page touches no index. The row is found by its place, and must
     * be the version that was read: reading does not lock, which would write every row twice.
     */
    private static final String ADVANCE = """
            update session_live s set
                last_heard_at = timestamptz 'epoch' + u.last_heard * interval '1 microsecond',
                session_seconds = u.seconds,
                bytes_down = u.bytes_down, bytes_up = u.bytes_up,
                packets_down = u.packets_down, packets_up = u.packets_up,
                ipv6_bytes_down = nullif(u.ipv6_bytes_down, -1), ipv6_bytes_up = nullif(u.ipv6_bytes_up, -1),
                ipv6_packets_down = nullif(u.ipv6_packets_down, -1), ipv6_packets_up = nullif(u.ipv6_packets_up, -1),
                addresses_hash = u.addresses_hash,
                ended_at = timestamptz 'epoch' + nullif(u.ended, %d) * interval '1 microsecond',
                end_cause = u.end_cause, presumed = u.presumed
            from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::boolean[],
                ?::tid[], ?::xid[])
                as u (id, last_heard, seconds, bytes_down, bytes_up, packets_down, packets_up, ipv6_bytes_down,
                    ipv6_bytes_up, ipv6_packets_down, ipv6_packets_up, addresses_hash, ended, end_cause, presumed,
                    place, writer)
            where s.ctid = u.place and s.xmin = u.writer and s.id = u.id""".formatted(NOT_ENDED);

    /** Everything; seldom, so that one row at a time will do. */
    private static final String REVISE = """
            update session set archived_on = case when ? then archived_on else 'infinity' end,
                service_id = coalesce(?, service_id), line_id = coalesce(?, line_id),
                user_name = coalesce(user_name, ?), circuit_id = coalesce(circuit_id, ?),
                remote_id = coalesce(remote_id, ?), nas_port_id = coalesce(nas_port_id, ?), mac = coalesce(mac, ?),
                class = coalesce(class, ?),
                started_at = ?, nas_started_at = ?, start_seen = ?, last_heard_at = ?, session_seconds = ?,
                bytes_down = ?, bytes_up = ?, packets_down = ?, packets_up = ?,
                ipv6_bytes_down = nullif(?, -1::bigint), ipv6_bytes_up = nullif(?, -1::bigint),
                ipv6_packets_down = nullif(?, -1::bigint), ipv6_packets_up = nullif(?, -1::bigint),
                addresses_hash = ?, ended_at = ?, end_cause = ?, presumed = ?
            where id = ?""";

    private static final String RETRIEVE_ADDRESSES =
            "update session_address set archived_on = 'infinity' where session_id = ? and archived_on < 'infinity'";

    private static final String CLOSE_ADDRESS = """
            update session_address set until_at = ? where session_id = ? and kind = ? and prefix = ?::cidr
                and port_from = ? and until_at is null""";

    private static final String COUNT = """
            insert into accounting_count (writer, records) values (?, ?)
            on conflict (writer) do update set records = accounting_count.records + excluded.records""";

    private final Connection connection;

    SessionWrites(Connection connection) {
        this.connection = connection;
    }

    /**
     * Progress of sessions whose rows are in session_live.
     *
     * @throws SQLException with {@link #CHANGED} when another has changed one of them since it was read
     */
    void advance(List<Session> sessions) throws SQLException {
        if (sessions.isEmpty()) {
            return;
        }
        int count = sessions.size();
        long[][] numbers = new long[13][count];
        String[] causes = new String[count];
        String[] places = new String[count];
        String[] writers = new String[count];
        boolean[] presumed = new boolean[count];
        for (int i = 0; i < count; i++) {
            Session session = sessions.get(i);
            Traffic traffic = session.traffic;
            numbers[0][i] = session.id;
            numbers[1][i] = micros(session.lastHeardAt);
            numbers[2][i] = session.sessionSeconds;
            numbers[3][i] = traffic.bytesDown();
            numbers[4][i] = traffic.bytesUp();
            numbers[5][i] = traffic.packetsDown();
            numbers[6][i] = traffic.packetsUp();
            numbers[7][i] = traffic.ipv6BytesDown();
            numbers[8][i] = traffic.ipv6BytesUp();
            numbers[9][i] = traffic.ipv6PacketsDown();
            numbers[10][i] = traffic.ipv6PacketsUp();
            numbers[11][i] = session.addressesHash;
            numbers[12][i] = session.endedAt == null ? NOT_ENDED : micros(session.endedAt);
            causes[i] = session.endCause;
            presumed[i] = session.presumed;
            places[i] = session.rowPlace();
            writers[i] = session.rowWriter();
        }
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
            for (int i = 0; i < numbers.length; i++) {
                update.setObject(i + 1, numbers[i]);
            }
            update.setArray(14, connection.createArrayOf("text", causes));
            update.setObject(15, presumed);
            update.setArray(16, connection.createArrayOf("tid", places));
            update.setArray(17, connection.createArrayOf("xid", writers));
            if (update.executeUpdate() < count) {
                throw new SQLException("A session was changed by another writer", CHANGED);
            }
        }
    }

    /** Sessions of which more than progress changed, or that are archived. */
    void revise(List<Session> sessions) throws SQLException {
        if (sessions.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(REVISE);
                PreparedStatement retrieve = connection.prepareStatement(RETRIEVE_ADDRESSES)) {
            for (Session session : sessions) {
                revision(new Parameters(update), session);
                if (session.isRetrieved()) {
                    retrieve.setLong(1, session.id);
                    retrieve.addBatch();
                }
            }
            update.executeBatch();
            retrieve.executeBatch();
        }
    }

    private static void revision(Parameters parameters, Session session) throws SQLException {
        AccountingRecord by = session.identifiedBy();
        parameters
                .next(session.archivedOn != null)
                .nextId(by == null ? 0 : by.serviceId())
                .nextId(by == null ? 0 : by.lineId())
                .next(by == null ? null : Storable.text(by.userName()))
                .next(by == null ? null : by.circuitId())
                .next(by == null ? null : by.remoteId())
                .next(by == null ? null : by.nasPortId())
                .next(by == null ? null : by.mac())
                .next(by == null ? null : by.classValue())
                .next(session.startedAt)
                .next(session.nasStartedAt)
                .next(session.startSeen)
                .next(session.lastHeardAt)
                .next(session.sessionSeconds)
                .next(session.traffic)
                .next(session.addressesHash)
                .next(session.endedAt)
                .next(session.endCause)
                .next(session.presumed)
                .next(session.id)
                .addBatch();
    }

    void closeAddresses(List<Session> sessions) throws SQLException {
        PreparedStatement update = null;
        try {
            for (Session session : sessions) {
                for (AddressSpan span : session.addressChanges()) {
                    if (span.stored) {
                        update = update == null ? connection.prepareStatement(CLOSE_ADDRESS) : update;
                        new Parameters(update)
                                .next(span.until)
                                .next(session.id)
                                .next(Words.of(span.address.kind()))
                                .next(Storable.cidr(span.address.prefix()))
                                .next(span.address.portFrom())
                                .addBatch();
                    }
                }
            }
            if (update != null) {
                update.executeBatch();
            }
        } finally {
            if (update != null) {
                update.close();
            }
        }
    }

    /** Last in the transaction: the row is locked until the commit. */
    void count(String writer, int records) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(COUNT)) {
            upsert.setString(1, writer);
            upsert.setLong(2, records);
            upsert.executeUpdate();
        }
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
