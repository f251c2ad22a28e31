package io.patchbay.ledger.vlan;

import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows of the tables of V30 and V33_1 as the records of this room. */
final class VlanRows {
    static final String BINDING = "select service_id, vlan_domain_id, model, s_vlan, c_vlan, pool_id, overridden,"
            + " assigned_at from service_vlan";
    static final String POOL = "select id, name, tenant_id, vlan_domain_id, model, lines_a_vlan, authority,"
            + " netbox_group_id from vlan_pool";
    static final String RANGE = "select id, pool_id, s_first, s_last, c_first, c_last from vlan_range";
    static final String EXCLUSION =
            "select id, vlan_domain_id, s_first, s_last, c_first, c_last, note from vlan_exclusion";

    private VlanRows() {}

    static VlanBinding binding(ResultSet row, int number) throws SQLException {
        return new VlanBinding(
                row.getLong("service_id"),
                row.getLong("vlan_domain_id"),
                Words.parse(VlanModel.class, row.getString("model")),
                row.getInt("s_vlan"),
                row.getObject("c_vlan", Integer.class),
                row.getObject("pool_id", Long.class),
                row.getBoolean("overridden"),
                row.getTimestamp("assigned_at").toInstant());
    }

    static VlanPool pool(ResultSet row, int number) throws SQLException {
        return new VlanPool(
                row.getLong("id"),
                row.getString("name"),
                row.getObject("tenant_id", Long.class),
                row.getLong("vlan_domain_id"),
                Words.parse(VlanModel.class, row.getString("model")),
                row.getObject("lines_a_vlan", Integer.class),
                Words.parse(VlanAuthority.class, row.getString("authority")),
                row.getObject("netbox_group_id", Long.class));
    }

    static VlanRange range(ResultSet row, int number) throws SQLException {
        return new VlanRange(row.getLong("id"), row.getLong("pool_id"), span(row));
    }

    static VlanExclusion exclusion(ResultSet row, int number) throws SQLException {
        return new VlanExclusion(row.getLong("id"), row.getLong("vlan_domain_id"), span(row), row.getString("note"));
    }

    /** @throws LedgerNotFound when there is none */
    static VlanPool poolToChange(JdbcTemplate jdbc, long id) {
        return one(jdbc.query(POOL + " where id = ? for update", VlanRows::pool, id))
                .orElseThrow(() -> new LedgerNotFound("There is no VLAN pool " + id + "."));
    }

    /** @throws LedgerInvalid when there is none */
    static void requireDomain(JdbcTemplate jdbc, long id) {
        if (jdbc.queryForList("select id from vlan_domain where id = ? for key share", id)
                .isEmpty()) {
            throw new LedgerInvalid("There is no VLAN domain " + id + ".");
        }
    }

    static <T> Optional<T> one(List<T> rows) {
        return rows.stream().findFirst();
    }

    private static VlanSpan span(ResultSet row) throws SQLException {
        return new VlanSpan(row.getInt("s_first"), row.getInt("s_last"), row.getInt("c_first"), row.getInt("c_last"));
    }
}
