package io.patchbay.ledger;

import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whose something is. */
public final class Owners {
    /** What has a column {@code tenant_id}, by the name of its collection in the API. */
    private static final Map<String, String> TABLES =
            Map.of("plans", "plan", "subscribers", "subscriber", "services", "service");

    private final JdbcTemplate jdbc;

    public Owners(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param collection plans, subscribers or services
     * @return its tenant's id; null when there is no such thing
     */
    public Long tenantOf(String collection, long id) {
        return jdbc
                .queryForList("select tenant_id from " + TABLES.get(collection) + " where id = ?", Long.class, id)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Whether a service of the tenant lives on the line. */
    public boolean livesOn(long tenantId, long lineId) {
        return jdbc.queryForObject(
                "select exists (select from service where line_id = ? and tenant_id = ?)",
                Boolean.class,
                lineId,
                tenantId);
    }
}
