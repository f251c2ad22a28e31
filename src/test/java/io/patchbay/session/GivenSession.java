package io.patchbay.session;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;

/** A session as the tables would hold it: begun by a Start, live and just heard of, unless told otherwise. */
public final class GivenSession {
    private static final AtomicLong IDS = new AtomicLong(900_000_000);

    private record Held(String kind, String prefix, int portFrom, int portTo, Instant from, Instant until) {}

    private final long id = IDS.incrementAndGet();
    private final String acctSessionId;
    private final Instant startedAt;
    private final List<Held> addresses = new ArrayList<>();
    private long nasClientId = 1;
    private String nas = "bng-1";
    private Long serviceId;
    private Long lineId;
    private String userName;
    private String circuitId;
    private byte[] mac;
    private Instant nasStartedAt;
    private boolean startSeen = true;
    private Instant lastHeardAt;
    private Instant endedAt;
    private String endCause;
    private boolean presumed;

    public GivenSession(String acctSessionId, Instant startedAt) {
        this.acctSessionId = acctSessionId;
        this.startedAt = startedAt;
        this.lastHeardAt = startedAt;
    }

    public GivenSession nas(long id, String name) {
        nasClientId = id;
        nas = name;
        return this;
    }

    public GivenSession of(long service, Long line) {
        serviceId = service;
        lineId = line;
        return this;
    }

    public GivenSession user(String name) {
        userName = name;
        return this;
    }

    public GivenSession circuit(String name) {
        circuitId = name;
        return this;
    }

    public GivenSession mac(byte... bytes) {
        mac = bytes;
        return this;
    }

    public GivenSession nasClock(Instant startedByTheNas) {
        nasStartedAt = startedByTheNas;
        return this;
    }

    public GivenSession startUnseen() {
        startSeen = false;
        return this;
    }

    public GivenSession heard(Instant at) {
        lastHeardAt = at;
        return this;
    }

    public GivenSession stopped(Instant at) {
        lastHeardAt = at;
        endedAt = at;
        endCause = "User-Request";
        return this;
    }

    public GivenSession presumedOver(Instant lastHeard, Instant at, String cause) {
        lastHeardAt = lastHeard;
        endedAt = at;
        endCause = cause;
        presumed = true;
        return this;
    }

    /** For as long as the session. */
    public GivenSession holds(String kind, String prefix) {
        return holds(kind, prefix, startedAt, null);
    }

    public GivenSession holds(String kind, String prefix, Instant from, Instant until) {
        addresses.add(new Held(kind, prefix, 0, 65535, from, until));
        return this;
    }

    public GivenSession holdsPorts(String address, int from, int to) {
        addresses.add(new Held("public-ipv4-ports", address, from, to, startedAt, null));
        return this;
    }

    /** @return its id */
    public long store(JdbcTemplate jdbc) {
        jdbc.update(
                """
                insert into session (id, nas_client_id, nas_name, nas_identity, nas_address, acct_session_id, service_id, line_id,
                    user_name, circuit_id, mac, started_at, nas_started_at, start_seen, last_heard_at, session_seconds,
                    bytes_down, bytes_up, packets_down, packets_up, ended_at, end_cause, presumed)
                values (?, ?, ?, ?, '192.0.2.1', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 600, 5000000000, 1000, 40, 10, ?, ?, ?)""",
                id,
                nasClientId,
                nas,
                nas,
                bytes(acctSessionId),
                serviceId,
                lineId,
                userName,
                circuitId == null ? null : bytes(circuitId),
                mac,
                timestamp(startedAt),
                timestamp(nasStartedAt),
                startSeen,
                timestamp(lastHeardAt),
                timestamp(endedAt),
                endCause,
                presumed);
        for (Held held : addresses) {
            jdbc.update(
                    "insert into session_address (session_id, kind, prefix, port_from, port_to, from_at, until_at)"
                            + " values (?, ?, ?::cidr, ?, ?, ?, ?)",
                    id,
                    held.kind(),
                    held.prefix(),
                    held.portFrom(),
                    held.portTo(),
                    timestamp(held.from()),
                    timestamp(held.until()));
        }
        return id;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Timestamp timestamp(Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
