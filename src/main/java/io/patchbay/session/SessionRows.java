package io.patchbay.session;

import io.patchbay.ledger.Words;
import java.sql.Connection;
import java.sql.SQLException;

/** New rows of the tables of sessions, their addresses and records, gathered and sent as COPY. */
final class SessionRows {
    private static final String SESSION = """
            session_live (id, nas_client_id, nas_name, nas_identity, nas_address, acct_session_id, era, service_id, line_id,
                user_name, circuit_id, remote_id, nas_port_id, mac, class, started_at, nas_started_at, start_seen,
                last_heard_at, session_seconds, bytes_down, bytes_up, packets_down, packets_up, ipv6_bytes_down,
                ipv6_bytes_up, ipv6_packets_down, ipv6_packets_up, addresses_hash, ended_at, end_cause, presumed)""";
    private static final String ADDRESS =
            "session_address_live (session_id, kind, prefix, port_from, port_to, from_at, until_at)";
    private static final String ARCHIVED_ADDRESS =
            "session_address (session_id, kind, prefix, port_from, port_to, from_at, until_at, archived_on)";
    private static final String RECORD = """
            accounting_record (session_id, received_at, event_at, session_seconds, bytes_down, bytes_up, packets_down,
                packets_up, ipv6_bytes_down, ipv6_bytes_up, ipv6_packets_down, ipv6_packets_up, delay_s,
                terminate_cause, kind)""";

    private final BinaryCopy sessions = new BinaryCopy();
    private final BinaryCopy addresses = new BinaryCopy();
    private final BinaryCopy archivedAddresses = new BinaryCopy();
    private final BinaryCopy records = new BinaryCopy();

    /** @param session one that changed */
    void add(Session session) {
        if (session.isNew()) {
            addSession(session);
        }
        for (AddressSpan span : session.addressChanges()) {
            if (!span.stored) {
                if (session.archivedOn == null) {
                    addresses.row(7);
                    addAddress(addresses, session, span);
                } else {
                    archivedAddresses.row(8);
                    addAddress(archivedAddresses, session, span);
                    archivedAddresses.date(session.archivedOn);
                }
            }
        }
        for (AccountingRecord record : session.told()) {
            addRecord(session.id, record);
        }
    }

    void send(Connection connection) throws SQLException {
        sessions.send(connection, SESSION);
        addresses.send(connection, ADDRESS);
        archivedAddresses.send(connection, ARCHIVED_ADDRESS);
        records.send(connection, RECORD);
    }

    private void addSession(Session session) {
        AccountingRecord by = session.identifiedBy() == null ? session.madeBy : session.identifiedBy();
        sessions.row(32);
        sessions.bigint(session.id);
        sessions.bigint(session.key.nas().nasClientId());
        sessions.text(Storable.text(by.nasName()));
        sessions.text(session.key.nas().name());
        sessions.inet(by.nasAddress());
        sessions.bytea(session.key.acctSessionId());
        sessions.integer(session.era);
        sessions.bigintOrNull(by.serviceId() == 0 ? -1 : by.serviceId());
        sessions.bigintOrNull(by.lineId() == 0 ? -1 : by.lineId());
        sessions.text(Storable.text(by.userName()));
        sessions.bytea(by.circuitId());
        sessions.bytea(by.remoteId());
        sessions.bytea(by.nasPortId());
        sessions.bytea(by.mac());
        sessions.bytea(by.classValue());
        sessions.timestamp(session.startedAt);
        sessions.timestamp(session.nasStartedAt);
        sessions.bool(session.startSeen);
        sessions.timestamp(session.lastHeardAt);
        sessions.bigint(session.sessionSeconds);
        traffic(sessions, session.traffic);
        sessions.bigint(session.addressesHash);
        sessions.timestamp(session.endedAt);
        sessions.text(session.endCause);
        sessions.bool(session.presumed);
    }

    private static void addAddress(BinaryCopy row, Session session, AddressSpan span) {
        row.bigint(session.id);
        row.text(Words.of(span.address.kind()));
        row.cidr(span.address.prefix());
        row.integer(span.address.portFrom());
        row.integer(span.address.portTo());
        row.timestamp(span.from);
        row.timestamp(span.until);
    }

    private void addRecord(long session, AccountingRecord record) {
        records.row(15);
        records.bigint(session);
        records.timestamp(Storable.time(record.receivedAt()));
        records.timestamp(Storable.time(record.eventTimestamp()));
        records.bigintOrNull(
                record.sessionTime() == null ? -1 : record.sessionTime().toSeconds());
        if (record.traffic() == null) {
            for (int counter = 0; counter < 8; counter++) {
                records.nothing();
            }
        } else {
            traffic(records, record.traffic());
        }
        records.integer((int) Math.min(Integer.MAX_VALUE, record.delay().toSeconds()));
        if (record.terminateCause() == 0) {
            records.nothing();
        } else {
            records.integer(record.terminateCause());
        }
        records.text(Words.of(record.kind()));
    }

    private static void traffic(BinaryCopy row, Traffic traffic) {
        row.bigint(traffic.bytesDown());
        row.bigint(traffic.bytesUp());
        row.bigint(traffic.packetsDown());
        row.bigint(traffic.packetsUp());
        row.bigintOrNull(traffic.ipv6BytesDown());
        row.bigintOrNull(traffic.ipv6BytesUp());
        row.bigintOrNull(traffic.ipv6PacketsDown());
        row.bigintOrNull(traffic.ipv6PacketsUp());
    }
}
