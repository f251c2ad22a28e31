package io.patchbay.converge.nas;

import io.patchbay.reply.Fingerprint;
import io.patchbay.reply.ServiceClass;
import io.patchbay.reply.SessionFacts;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;

/** The live sessions of the tables session and session_address, and what the hub remembers of them in session_given. */
final class SessionRows {
    private static final String SELECT = """
            select s.id, coalesce(s.service_id, 0) as service_id, s.nas_client_id, s.nas_name, s.nas_identity,
                   host(s.nas_address) as nas_address, s.acct_session_id, s.user_name, s.nas_port_id, s.mac, s.class,
                   g.rates, g.shape, a.addresses
            from session s
            left join session_given g on g.session_id = s.id
            left join lateral (
                select string_agg(kind || ' ' || text(prefix), ',' order by from_at) as addresses
                from session_address
                where session_id = s.id and archived_on = 'infinity' and until_at is null
            ) a on true
            where s.archived_on = 'infinity' and s.ended_at is null and\s""";

    private final JdbcTemplate jdbc;
    private final GivenRates rates;

    SessionRows(JdbcTemplate jdbc, GivenRates rates) {
        this.jdbc = jdbc;
        this.rates = rates;
    }

    List<LiveSession> ofServices(Collection<Long> serviceIds) {
        Long[] ids = serviceIds.toArray(Long[]::new);
        return read(
                SELECT + "s.service_id = any (?) order by s.id",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("bigint", ids)));
    }

    /** Null when it is over, or never was. */
    LiveSession byId(long sessionId) {
        List<LiveSession> found = read(SELECT + "s.id = ?", statement -> statement.setLong(1, sessionId));
        return found.isEmpty() ? null : found.getFirst();
    }

    private List<LiveSession> read(String sql, PreparedStatementSetter parameters) {
        List<LiveSession> sessions = jdbc.query(sql, parameters, (row, number) -> session(row));
        rates.refresh(sessions.stream()
                .filter(session -> session.given() != null)
                .map(session -> session.given().rates())
                .toList());
        List<LiveSession> whole = new ArrayList<>(sessions.size());
        sessions.forEach(session -> whole.add(withRates(session)));
        return whole;
    }

    private LiveSession withRates(LiveSession of) {
        SessionFacts.Rates had = of.given() == null ? null : rates.of(of.given().rates());
        SessionFacts facts = of.facts();
        SessionFacts whole = new SessionFacts(
                facts.acctSessionId(),
                facts.userName(),
                facts.nasIdentifier(),
                facts.nasAddress(),
                facts.nasPortId(),
                facts.mac(),
                facts.ipv4Address(),
                facts.ipv6Prefix(),
                facts.ipv6Address(),
                facts.ipv6DelegatedPrefix(),
                facts.classValue(),
                had);
        return new LiveSession(
                of.id(), of.serviceId(), of.nasClientId(), of.nasName(), of.nasAddress(), whole, of.given());
    }

    private static LiveSession session(ResultSet row) throws SQLException {
        String identity = row.getString("nas_identity");
        IpPrefix identityAddress = address(identity);
        Octets classValue = octets(row.getBytes("class"));
        Addresses addresses = new Addresses(row.getString("addresses"));
        return new LiveSession(
                row.getLong("id"),
                row.getLong("service_id"),
                row.getLong("nas_client_id"),
                row.getString("nas_name"),
                IpPrefix.parse(row.getString("nas_address")),
                new SessionFacts(
                        octets(row.getBytes("acct_session_id")),
                        row.getString("user_name"),
                        identity.isEmpty() || identityAddress != null ? null : identity,
                        identityAddress,
                        octets(row.getBytes("nas_port_id")),
                        octets(row.getBytes("mac")),
                        addresses.ipv4,
                        addresses.prefix,
                        addresses.ipv6,
                        addresses.delegated,
                        classValue,
                        null),
                given(row, classValue));
    }

    private static Fingerprint given(ResultSet row, Octets classValue) throws SQLException {
        ServiceClass.Given told = classValue == null ? null : ServiceClass.read(classValue);
        Fingerprint ofClass = told == null ? null : told.fingerprint();
        Integer rates = row.getObject("rates", Integer.class);
        if (rates == null) {
            return ofClass;
        }
        Integer shape = row.getObject("shape", Integer.class);
        return shape != null
                ? new Fingerprint(rates, shape)
                : ofClass == null ? null : new Fingerprint(rates, ofClass.shape());
    }

    private static Octets octets(byte[] bytes) {
        return bytes == null ? null : Octets.of(bytes);
    }

    /** Null when the text is no address: then it is a NAS-Identifier. */
    private static IpPrefix address(String text) {
        try {
            return text.isEmpty() ? null : IpPrefix.parse(text);
        } catch (IllegalArgumentException name) {
            return null;
        }
    }

    /** {@code kind prefix,kind prefix...}; of several of a kind the latest counts. */
    private static final class Addresses {
        private IpPrefix ipv4;
        private IpPrefix prefix;
        private IpPrefix ipv6;
        private IpPrefix delegated;

        private Addresses(String packed) {
            if (packed == null) {
                return;
            }
            for (String entry : packed.split(",")) {
                String[] parts = entry.split(" ");
                IpPrefix address = IpPrefix.parse(parts[1]);
                switch (parts[0]) {
                    case "ipv4-address" -> ipv4 = address;
                    case "ipv6-prefix" -> prefix = address;
                    case "ipv6-address" -> ipv6 = address;
                    case "ipv6-delegated-prefix" -> delegated = address;
                    default -> {} // a CGNAT's public address names no session
                }
            }
        }
    }

    /** Remembers what a session has after the NAS has acknowledged it. @param shape null when unknown */
    void remember(long sessionId, int newRates, Integer shape) {
        jdbc.update("""
                insert into session_given (session_id, rates, shape) values (?, ?, ?)
                on conflict (session_id) do update set rates = excluded.rates, shape = excluded.shape, at = now()""", sessionId, newRates, shape);
    }

    /** The NAS knows nothing of it: its Stop was lost. Presumed, so that a newer record would open it again. */
    void presumeEnded(long sessionId) {
        jdbc.update(
                "update session set ended_at = greatest(now(), last_heard_at), end_cause = 'unknown-to-nas', presumed = true"
                        + " where id = ? and archived_on = 'infinity' and ended_at is null",
                sessionId);
    }
}
