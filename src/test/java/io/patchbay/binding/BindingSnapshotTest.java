package io.patchbay.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.ledger.Credential;
import io.patchbay.ledger.NasObservations;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.ServiceState;
import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.Vault;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

class BindingSnapshotTest {
    @TempDir
    Path folder;

    private Path file;
    private BindingSnapshot snapshot;
    /** No database: nothing here asks it. */
    private final NasObservations observations = new NasObservations(new JdbcTemplate(), Clock.systemUTC());

    @BeforeEach
    void openFolder() {
        file = folder.resolve("bindings.snapshot");
        snapshot = new BindingSnapshot(file, vault("master.key"), observations);
    }

    @Test
    void givesBackWhatWasWritten() {
        BindingIndex written = Given.index(
                Given.service(1)
                        .user("alice", "top-secret")
                        .circuit("c1")
                        .remote("R1")
                        .vlans(100, 7)
                        .build(),
                Given.service(2)
                        .user("bob", Credential.Scheme.NT_HASH, "0123456789abcdef")
                        .kind("voice")
                        .state(ServiceState.SUSPENDED)
                        .expiresAt(1_800_000_000L)
                        .policy(Option82Policy.LOG)
                        .build(),
                Given.service(3).line(0).build());
        snapshot.write(written);

        BindingIndex read = new BindingIndex();
        assertThat(snapshot.restore(read)).isBetween(java.time.Instant.now().minusSeconds(60), java.time.Instant.now());

        assertThat(read.isComplete()).isTrue();
        assertThat(read.directory()).isEqualTo(written.directory());
        assertThat(every(read)).containsExactlyInAnyOrderElementsOf(every(written));
        assertThat(read.byService(1).credential().secret()).isEqualTo(Octets.ofText("top-secret"));
        assertThat(read.byUser(1, "alice").plan()).isSameAs(read.byService(2).plan());
    }

    @Test
    void spansManyPieces() {
        BindingIndex written = Given.index();
        for (int id = 1; id <= 5_000; id++) {
            written.apply(Given.service(id)
                    .user("user" + id, "pw")
                    .circuit("olt1 eth 0/1:" + id)
                    .build());
        }
        snapshot.write(written);
        BindingIndex read = new BindingIndex();
        snapshot.restore(read);
        assertThat(every(read)).containsExactlyInAnyOrderElementsOf(every(written));
    }

    @Test
    void holdsNoSecretInClear() throws IOException {
        snapshot.write(Given.index(Given.service(1).user("alice", "top-secret").build()));
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).startsWith("PATCHBAY").doesNotContain("top-secret", "alice", "testing123");
    }

    @Test
    void takesTheOldOnesPlaceAndLeavesNoPart() {
        snapshot.write(Given.index(Given.service(1).build()));
        snapshot.write(Given.index(Given.service(2).build()));
        BindingIndex read = new BindingIndex();
        snapshot.restore(read);
        assertThat(read.byService(1)).isNull();
        assertThat(read.byService(2)).isNotNull();
        assertThat(folder.resolve("bindings.snapshot.part")).doesNotExist();
    }

    @Test
    void aMissingOneIsTold() {
        assertRefused("There is no snapshot");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.1, 0.5, 0.9, 0.9999})
    void aTornOneIsRefused(double part) throws IOException {
        snapshot.write(Given.index(Given.service(1).user("alice", "pw").build()));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
        assertRefused("ends too early");
    }

    @Test
    void oneChangedBitAnywhereIsRefused() throws IOException {
        snapshot.write(Given.index(Given.service(1).user("alice", "pw").build()));
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertRefused("snapshot");
        }
    }

    @Test
    void aForeignFileIsRefused() throws IOException {
        Files.writeString(file, "subscriber,password\nalice,pw\nbob,pw\n");
        assertRefused("is not a snapshot of Patchbay");
    }

    @Test
    void oneOfAnotherMasterKeyIsRefused() {
        new BindingSnapshot(file, vault("other.key"), observations)
                .write(Given.index(Given.service(1).build()));
        assertRefused("does not open");
    }

    private void assertRefused(String sentence) {
        BindingIndex index = new BindingIndex();
        assertThatThrownBy(() -> snapshot.restore(index))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(sentence);
        assertThat(index.isComplete()).isFalse();
        assertThat(index.size()).isZero();
    }

    private Vault vault(String keyFile) {
        return new Vault(MasterKeys.loadOrCreate(folder.resolve(keyFile)));
    }

    private static List<Binding> every(BindingIndex index) {
        List<Binding> bindings = new ArrayList<>();
        index.forEach(bindings::add);
        return bindings;
    }
}
