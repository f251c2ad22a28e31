package io.patchbay.binding;

import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.Tenants;
import io.patchbay.ledger.UnreadableSecrets;
import io.patchbay.ledger.Words;
import io.patchbay.line.AccessNode;
import io.patchbay.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the directory from the ledger. A NAS client without a secret that opens is not in it: it could prove nothing. */
final class DirectoryReader {
    private final Vault vault;
    private final UnreadableSecrets unreadable;

    DirectoryReader(Vault vault, UnreadableSecrets unreadable) {
        this.vault = vault;
        this.unreadable = unreadable;
    }

    Directory read(JdbcTemplate jdbc) {
        return new Directory(
                NasClients.all(jdbc, vault, unreadable).stream()
                        .filter(nas -> !nas.secrets().isEmpty())
                        .toList(),
                jdbc.query(
                        LedgerQueries.ACCESS_NODES,
                        (row, number) -> new AccessNode(
                                row.getLong("id"),
                                row.getString("name"),
                                row.getLong("nas_client_id"),
                                row.getString("template"))),
                Tenants.all(jdbc),
                jdbc.query(LedgerQueries.PLANS, (row, number) -> plan(row)));
    }

    private static Plan plan(ResultSet row) throws SQLException {
        return new Plan(
                row.getLong("id"),
                row.getLong("tenant_id"),
                row.getString("name"),
                row.getInt("rate_down_kbps"),
                row.getInt("rate_up_kbps"),
                row.getInt("session_timeout_s"),
                row.getInt("idle_timeout_s"),
                row.getInt("interim_interval_s"),
                Words.parse(Option82Policy.class, row.getString("option82_policy")),
                row.getString("ipv4_pool"),
                row.getString("ipv6_wan_pool"),
                row.getString("ipv6_delegated_pool"),
                row.getString("qos_profile"),
                row.getInt("session_limit"));
    }
}
