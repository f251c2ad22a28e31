package io.patchbay.session;

import io.patchbay.session.SessionView.Address;
import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The query that yields sessions with what they held, and what its rows say. */
final class SessionViews {
    private static final String ADDRESSES = """
            (select string_agg(concat_ws(',', a.kind, text(a.prefix), a.port_from, a.port_to,
                        (extract(epoch from a.from_at) * 1000000)::bigint,
                        (extract(epoch from a.until_at) * 1000000)::bigint), ' ' order by a.from_at, a.kind, a.prefix)
             from session_address a where a.session_id = s.id and a.archived_on = s.archived_on) as addresses""";

    /** Conditions on {@code s}, the session, follow. */
    static final String SELECT = "select s.*, host(s.nas_address) as nas_address_text, sv.subscriber_id,\n" + ADDRESSES
            + "\nfrom session s left join service sv on sv.id = s.service_id where true";

    private static final int WHOLE_KIND_AND_PORTS = 5;
    private static final int LAST_PORT = 65535;

    private SessionViews() {}

    static SessionView view(ResultSet row) throws SQLException {
        Octets acctSessionId = octets(row, "acct_session_id");
        Octets circuitId = octets(row, "circuit_id");
        Octets remoteId = octets(row, "remote_id");
        Octets mac = octets(row, "mac");
        Instant endedAt = instant(row, "ended_at");
        return new SessionView(
                row.getLong("id"),
                endedAt == null ? "live" : row.getBoolean("presumed") ? "presumed" : "ended",
                row.getString("nas_name"),
                row.getString("nas_identity"),
                row.getString("nas_address_text"),
                display(acctSessionId),
                hex(acctSessionId),
                number(row, "subscriber_id"),
                number(row, "service_id"),
                number(row, "line_id"),
                row.getString("user_name"),
                display(circuitId),
                hex(circuitId),
                display(remoteId),
                hex(remoteId),
                display(octets(row, "nas_port_id")),
                hex(mac),
                instant(row, "started_at"),
                instant(row, "nas_started_at"),
                row.getBoolean("start_seen"),
                instant(row, "last_heard_at"),
                row.getLong("session_seconds"),
                row.getLong("bytes_down"),
                row.getLong("bytes_up"),
                row.getLong("packets_down"),
                row.getLong("packets_up"),
                number(row, "ipv6_bytes_down"),
                number(row, "ipv6_bytes_up"),
                number(row, "ipv6_packets_down"),
                number(row, "ipv6_packets_up"),
                endedAt,
                row.getString("end_cause"),
                addresses(row.getString("addresses"), endedAt));
    }

    /** {@code kind,prefix,port,port,from,until}, the last in microseconds and left out while it is held; spaces between. */
    private static List<Address> addresses(String packed, Instant endedAt) {
        List<Address> addresses = new ArrayList<>();
        if (packed != null) {
            for (String entry : packed.split(" ")) {
                String[] fields = entry.split(",");
                int portFrom = Integer.parseInt(fields[2]);
                int portTo = Integer.parseInt(fields[3]);
                boolean wholeAddress = portFrom == 0 && portTo == LAST_PORT;
                addresses.add(new Address(
                        fields[0],
                        fields[1],
                        wholeAddress ? null : portFrom,
                        wholeAddress ? null : portTo,
                        micros(fields[4]),
                        fields.length > WHOLE_KIND_AND_PORTS ? micros(fields[5]) : endedAt));
            }
        }
        return List.copyOf(addresses);
    }

    private static Instant micros(String text) {
        return Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    static Long number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }

    static Octets octets(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? null : Octets.of(bytes);
    }

    static String display(Octets octets) {
        return octets == null ? null : octets.display();
    }

    private static String hex(Octets octets) {
        return octets == null ? null : octets.hex();
    }
}
