package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.patchbay.database.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPopulationTest {
    private static final Path SHIPPED = Path.of("config/demo");

    private final LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
    private final NasClients clients = new NasClients(ledger.jdbc, ledger.transaction, ledger.events, ledger.vault);
    private final DemoPopulation demo =
            new DemoPopulation(ledger.jdbc, ledger.transaction, ledger.events, clients, ledger.subscriberImport);

    @TempDir
    Path folder;

    @Test
    void aNewLedgerGetsItOnce() {
        assertThat(demo.loadIfNew(SHIPPED)).isTrue();
        assertThat(demo.loadIfNew(SHIPPED)).isFalse();
        assertThat(clients.all()).extracting(NasClient::name).containsExactly("demo", "demo-juniper");
        NasClient first = clients.all().getFirst();
        assertThat(first.address()).hasToString("127.0.0.1/32");
        assertThat(first.vendor()).isEqualTo("generic");
        assertThat(first.secrets().getFirst().value().text()).isEqualTo("testing123");
        assertThat(first.option82Trusted()).isTrue();
        assertThat(first.option82Policy()).isEqualTo(Option82Policy.ENFORCE);
        assertThat(first.lineAuthentication()).isEqualTo(LineAuthentication.IGNORE_PASSWORD);
        assertThat(clients.all().getLast().portTemplate()).isEqualTo("juniper");
        assertThat(ledger.count("service")).isEqualTo(5);
        assertThat(ledger.count("service where state = 'suspended'")).isOne();
        assertThat(ledger.count("service where expires_at < now()")).isOne();
        assertThat(ledger.count("plan where rate_down_kbps > 0")).isEqualTo(2);
    }

    @Test
    void theBenchmarkPopulationIsImportedBesideIt() {
        demo.loadIfNew(SHIPPED);
        assertThat(ledger.load(
                                "username,password,circuit_id,remote_id,mac,s_vlan,ipv4,ipv6_wan_prefix,ipv6_delegated_prefix",
                                "user00000001,pw,bng01 eth 0/00/00:0001,R00000001,02:00:00:00:00:01,101,10.64.0.1,"
                                        + "2001:db8:f000:1::/64,2001:db8:0:100::/56")
                        .rejected())
                .isEmpty();
    }

    @Test
    void aLedgerInUseGetsNone() {
        ledger.load("circuit_id", "a");
        assertThat(demo.loadIfNew(SHIPPED)).isFalse();
        assertThat(clients.all()).isEmpty();
    }

    @Test
    void aRowThatIsRefusedStopsItAllAndNamesTheLine() throws Exception {
        Files.copy(SHIPPED.resolve("network.yaml"), folder.resolve("network.yaml"));
        Files.writeString(folder.resolve("subscribers.csv"), "circuit_id,s_vlan\na,9999\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> demo.loadIfNew(folder))
                .withMessageContaining("subscribers.csv:2")
                .withMessageContaining("9999");
        assertThat(ledger.count("nas_client")).isZero();
        assertThat(ledger.count("event")).isZero();
    }
}
