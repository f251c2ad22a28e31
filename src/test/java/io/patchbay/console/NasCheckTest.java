package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.DynamicAuthorization;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.MessageAuthenticatorMode;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.Vault;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A profile or template that is gone is told at the start, with the name of the NAS that misses it. */
@ExtendWith(OutputCaptureExtension.class)
class NasCheckTest {
    @TempDir
    Path folder;

    @Test
    void aNasWithoutProfileOrTemplateIsNamed(CapturedOutput log) {
        NasClients clients = clients();
        clients.create(nas("whole", "192.0.2.1", "generic", "juniper"), Actor.named("test"));
        clients.create(nas("bare", "192.0.2.2", "generic", null), Actor.named("test"));
        clients.create(nas("mute", "192.0.2.3", "acme", null), Actor.named("test"));
        clients.create(nas("blind", "192.0.2.4", "generic", "gone"), Actor.named("test"));

        new NasCheck(clients, Set.of("generic"), Set.of("juniper"), null).check();

        assertThat(log).contains("NAS mute is answered nothing: its vendor acme", "there is no port template gone");
        assertThat(log).contains("NAS blind").doesNotContain("NAS whole", "NAS bare");
    }

    private NasClients clients() {
        DataSource database = TestDatabase.fresh();
        JdbcTemplate jdbc = new JdbcTemplate(database);
        return new NasClients(
                jdbc,
                new TransactionTemplate(new JdbcTransactionManager(database)),
                new EventLog(jdbc),
                new Vault(MasterKeys.loadOrCreate(folder.resolve("master.key"))));
    }

    private static NasClient nas(String name, String address, String vendor, String portTemplate) {
        return new NasClient(
                0,
                name,
                1,
                IpPrefix.parse(address),
                vendor,
                List.of(new NasSecret(0, Octets.ofText("s"))),
                MessageAuthenticatorMode.AUTO,
                true,
                false,
                Option82Policy.ENFORCE,
                LineAuthentication.OFF,
                null,
                DenialPolicy.REJECT,
                DenialPolicy.REJECT,
                DenialPolicy.REJECT,
                portTemplate,
                1000,
                DynamicAuthorization.USUAL,
                null);
    }
}
