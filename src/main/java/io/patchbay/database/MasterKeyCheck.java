package io.patchbay.database;

import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.UnsealException;
import io.patchbay.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether the master key file is this ledger's: the table {@code master_key_check} holds one sealed word for every key that
 * was ever the current one here. A hub with a strange key would refuse every subscriber, so it does not start.
 */
final class MasterKeyCheck {
    private static final String WORD = "patchbay";
    private static final String CONTEXT = "master-key-check";

    private final Vault vault;

    MasterKeyCheck(Vault vault) {
        this.vault = vault;
    }

    /** @throws IllegalStateException with a sentence, when a key of the ledger is missing */
    void run(DataSource ledger) {
        JdbcTemplate jdbc = new JdbcTemplate(ledger);
        List<byte[]> words =
                jdbc.query("select sealed from master_key_check order by key_id", (row, number) -> row.getBytes(1));
        for (byte[] word : words) {
            try {
                vault.open(word, CONTEXT);
            } catch (UnsealException strangeKey) {
                throw new IllegalStateException(
                        "The ledger's secrets were sealed with master key " + MasterKeys.display(Vault.keyId(word))
                                + ", but " + vault.keys().source()
                                + " does not hold it. Put that key back, from the node"
                                + " that made it or from your copy (setting patchbay.master-key-file).",
                        strangeKey);
            }
        }
        jdbc.update(
                "insert into master_key_check (key_id, sealed) values (?, ?) on conflict do nothing",
                MasterKeys.display(vault.keys().currentId()),
                vault.seal(WORD.getBytes(StandardCharsets.US_ASCII), CONTEXT));
    }
}
