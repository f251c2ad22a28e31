package io.patchbay.ledger;

import java.sql.Array;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tenants of the ledger. */
public final class Tenants {
    private Tenants() {}

    public static List<Tenant> all(JdbcTemplate jdbc) {
        return jdbc.query("select id, name, realms, strip_realm, fold_case from tenant order by id", (row, number) -> {
            Array realms = row.getArray("realms");
            return new Tenant(
                    row.getLong("id"),
                    row.getString("name"),
                    List.of((String[]) realms.getArray()),
                    row.getBoolean("strip_realm"),
                    row.getBoolean("fold_case"));
        });
    }
}
