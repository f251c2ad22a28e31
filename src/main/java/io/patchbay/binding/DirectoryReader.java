package io.patchbay.binding;

import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.Tenants;
import io.patchbay.ledger.Words;
import io.patchbay.line.AccessNode;
import io.patchbay.vault.Vault;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the directory from the ledger. */
final class DirectoryReader {
    private final Vault vault;

    DirectoryReader(Vault vault) {
        this.vault = vault;
    }

    Directory read(JdbcTemplate jdbc) {
        Map<Long, List<NasSecret>> secrets = new HashMap<>();
        jdbc.query(LedgerQueries.NAS_SECRETS, row -> {
            long nas = row.getLong("nas_client_id");
            Octets secret = Octets.of(vault.open(row.getBytes("sealed"), NasSecretContext.secret(nas)));
            secrets.computeIfAbsent(nas, any -> new ArrayList<>(2)).add(new NasSecret(row.getLong("id"), secret));
        });
        return new Directory(
                jdbc.query(
                        LedgerQueries.NAS_CLIENTS,
                        (row, number) -> nas(row, secrets.getOrDefault(row.getLong("id"), List.of()))),
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

    private NasClient nas(ResultSet row, List<NasSecret> secrets) throws SQLException {
        byte[] common = row.getBytes("common_password_sealed");
        long id = row.getLong("id");
        return new NasClient(
                id,
                row.getString("name"),
                row.getLong("tenant_id"),
                IpPrefix.parse(row.getString("address_text")),
                row.getString("vendor"),
                List.copyOf(secrets),
                Words.parse(MessageAuthenticatorMode.class, row.getString("message_authenticator")),
                row.getBoolean("limit_proxy_state"),
                row.getBoolean("option82_trusted"),
                Words.parse(Option82Policy.class, row.getString("option82_policy")),
                Words.parse(LineAuthentication.class, row.getString("line_authentication")),
                common == null ? null : Octets.of(vault.open(common, NasSecretContext.commonPassword(id))),
                Words.parse(DenialPolicy.class, row.getString("unknown_policy")),
                Words.parse(DenialPolicy.class, row.getString("suspended_policy")),
                Words.parse(DenialPolicy.class, row.getString("expired_policy")),
                row.getString("port_template"),
                row.getInt("reject_delay_ms"));
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
                row.getString("qos_profile"));
    }
}
