package io.patchbay.ledger.workflow;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Services that wait for their line: pending, without one. Each may have hints by which its line is found. */
public final class Orders {
    private static final int CANDIDATES = 50;
    private static final String WAITING = """
            select s.id, s.tenant_id, b.external_id, c.user_name, p.name plan, n.name node, n.nas_client_id, o.onu_serial, o.uni,
                   o.circuit_id, o.remote_id, o.mac, o.note, coalesce(o.created_at, b.created_at) since
            from service s join subscriber b on b.id = s.subscriber_id join plan p on p.id = s.plan_id
            left join credential c on c.service_id = s.id left join service_order o on o.service_id = s.id
            left join access_node n on n.id = o.access_node_id
            where s.state = 'pending' and s.line_id is null
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;

    public Orders(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
    }

    /**
     * By service.
     *
     * @param tenantId null for all
     * @param after the last service of the page before; 0 for the first page
     */
    public List<WaitingOrder> waiting(Long tenantId, long after, int limit) {
        return jdbc.query(
                WAITING + " and s.id > ? and (?::bigint is null or s.tenant_id = ?) order by s.id limit ?",
                (row, number) -> order(row),
                after,
                tenantId,
                tenantId,
                limit);
    }

    /** @return empty when the service does not wait for a line */
    public Optional<WaitingOrder> find(long serviceId) {
        return jdbc.query(WAITING + " and s.id = ?", (row, number) -> order(row), serviceId).stream()
                .findFirst();
    }

    /**
     * Orders that a line may be the one of, those with a strong match first.
     *
     * @param onuSerial where somebody has told it; null otherwise
     */
    public List<LineMatch> matches(UnknownLine line, String onuSerial) {
        String names = text(line.circuitId()) + "\n" + text(line.remoteId());
        return jdbc
                .query(
                        WAITING + " and (?::bigint is null or s.tenant_id = ?) and (o.circuit_id = ? or o.remote_id = ?"
                                + " or o.mac = ? or o.onu_serial = ? or s.id = ? or c.user_name = ?"
                                + " or position(lower(o.onu_serial) in ?) > 0 or n.nas_client_id = ?)"
                                + " order by o.circuit_id = ? or o.remote_id = ? or o.mac = ? desc nulls last, s.id limit ?",
                        (row, number) -> order(row),
                        line.nasTenantId(),
                        line.nasTenantId(),
                        bytes(line.circuitId()),
                        bytes(line.remoteId()),
                        bytes(line.mac()),
                        onuSerial,
                        line.serviceId(),
                        line.userName(),
                        names.toLowerCase(Locale.ROOT),
                        line.nasClientId(),
                        bytes(line.circuitId()),
                        bytes(line.remoteId()),
                        bytes(line.mac()),
                        CANDIDATES)
                .stream()
                .flatMap(order -> LineMatcher.match(line, onuSerial, order).stream())
                .sorted((one, other) -> Boolean.compare(other.strong(), one.strong()))
                .toList();
    }

    /**
     * Gives a waiting service these hints and no others.
     *
     * @throws LedgerNotFound when there is no such service
     * @throws LedgerConflict when it does not wait for a line
     * @throws LedgerInvalid when a hint cannot be read, or names no access node
     */
    public WaitingOrder expect(long serviceId, OrderHints hints, Actor actor) {
        return transaction.execute(status -> {
            requireWaiting(serviceId);
            Map<String, Object> before = shown(serviceId);
            jdbc.update("delete from service_order where service_id = ?", serviceId);
            jdbc.update(
                    "insert into service_order (service_id, access_node_id, onu_serial, uni, circuit_id, remote_id, mac, note)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                    serviceId,
                    node(hints.accessNode()),
                    hints.onuSerial(),
                    hints.uni(),
                    bytes(WishedNames.octets("circuitId", hints.circuitId())),
                    bytes(WishedNames.octets("remoteId", hints.remoteId())),
                    bytes(WishedNames.mac(hints.mac())),
                    hints.note());
            events.append(actor, EventType.SERVICE_CHANGED, serviceId, before, shown(serviceId));
            return find(serviceId).orElseThrow();
        });
    }

    /** @throws LedgerNotFound when there is no such service, or it has no hints */
    public void forget(long serviceId, Actor actor) {
        transaction.executeWithoutResult(status -> {
            Map<String, Object> before = shown(serviceId);
            if (jdbc.update("delete from service_order where service_id = ?", serviceId) == 0) {
                throw new LedgerNotFound("Service " + serviceId + " has no hints of its line.");
            }
            events.append(actor, EventType.SERVICE_CHANGED, serviceId, before, Map.of());
        });
    }

    private void requireWaiting(long serviceId) {
        List<Boolean> waits = jdbc.queryForList(
                "select state = 'pending' and line_id is null from service where id = ? for update",
                Boolean.class,
                serviceId);
        if (waits.isEmpty()) {
            throw new LedgerNotFound("There is no service " + serviceId + ".");
        }
        if (!waits.getFirst()) {
            throw new LedgerConflict(
                    "Service " + serviceId + " does not wait for a line: it is not pending, or has one.");
        }
    }

    private Map<String, Object> shown(long serviceId) {
        return find(serviceId)
                .map(order -> {
                    Map<String, Object> shown = new LinkedHashMap<>();
                    put(shown, "accessNode", order.accessNode());
                    put(shown, "onuSerial", order.onuSerial());
                    put(shown, "uni", order.uni());
                    put(
                            shown,
                            "circuitId",
                            order.circuitId() == null ? null : order.circuitId().display());
                    put(
                            shown,
                            "remoteId",
                            order.remoteId() == null ? null : order.remoteId().display());
                    put(shown, "mac", order.mac() == null ? null : order.mac().hex());
                    return Map.<String, Object>of("expected", shown);
                })
                .orElse(Map.of());
    }

    private static void put(Map<String, Object> shown, String name, Object value) {
        if (value != null) {
            shown.put(name, value);
        }
    }

    private Long node(String name) {
        if (name == null) {
            return null;
        }
        return jdbc.queryForList("select id from access_node where name = ?", Long.class, name).stream()
                .findFirst()
                .orElseThrow(() -> new LedgerInvalid("There is no access node '" + name + "'."));
    }

    private static WaitingOrder order(ResultSet row) throws SQLException {
        return new WaitingOrder(
                row.getLong("id"),
                row.getLong("tenant_id"),
                row.getString("external_id"),
                row.getString("user_name"),
                row.getString("plan"),
                row.getString("node"),
                row.getObject("nas_client_id", Long.class),
                row.getString("onu_serial"),
                row.getObject("uni", Integer.class),
                octets(row, "circuit_id"),
                octets(row, "remote_id"),
                octets(row, "mac"),
                row.getString("note"),
                row.getTimestamp("since").toInstant());
    }

    private static Octets octets(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? null : Octets.of(bytes);
    }

    private static byte[] bytes(Octets octets) {
        return octets == null ? null : octets.toByteArray();
    }

    private static String text(Octets octets) {
        return octets == null ? "" : octets.text().replace("\0", "");
    }
}
