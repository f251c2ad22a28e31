package io.patchbay.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    @TempDir
    Path folder;

    @Test
    void whatWasSealedOpensInItsContextOnly() {
        Vault vault = new Vault(MasterKeys.loadOrCreate(folder.resolve("master.key")));
        byte[] sealed = vault.seal("testing123".getBytes(UTF_8), "nas-secret/1");

        assertThat(sealed).hasSize("testing123".length() + Vault.OVERHEAD);
        assertThat(new String(sealed, UTF_8)).doesNotContain("testing123");
        assertThat(vault.open(sealed, "nas-secret/1")).isEqualTo("testing123".getBytes(UTF_8));
        assertThatThrownBy(() -> vault.open(sealed, "nas-secret/2"))
                .isInstanceOf(UnsealException.class)
                .hasMessageContaining("nas-secret/2");
    }

    @Test
    void noTwoSealedCopiesAreAlike() {
        Vault vault = new Vault(keys((byte) 1));
        assertThat(vault.seal(new byte[8], "a")).isNotEqualTo(vault.seal(new byte[8], "a"));
    }

    @Test
    void aChangeOfAnyByteIsNoticed() {
        Vault vault = new Vault(keys((byte) 1));
        byte[] sealed = vault.seal("secret".getBytes(UTF_8), "x");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> vault.open(changed, "x")).isInstanceOf(UnsealException.class);
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> vault.open(cut, "x")).isInstanceOf(UnsealException.class);
        }
    }

    @Test
    void aMebibyteAndNothingAreSealedToo() {
        Vault vault = new Vault(keys((byte) 1));
        byte[] large = new byte[1 << 20];
        new Random(1).nextBytes(large);
        assertThat(vault.open(vault.seal(large, "snapshot/0"), "snapshot/0")).isEqualTo(large);
        assertThat(vault.open(vault.seal(new byte[0], "empty"), "empty")).isEmpty();
    }

    @Test
    void afterARotationOldSecretsOpenAndNewOnesNameTheNewKey() {
        Vault before = new Vault(keys((byte) 1));
        Vault after = new Vault(keys((byte) 2, (byte) 1));
        byte[] old = before.seal("old".getBytes(UTF_8), "x");
        byte[] fresh = after.seal("new".getBytes(UTF_8), "x");

        assertThat(after.open(old, "x")).isEqualTo("old".getBytes(UTF_8));
        assertThat(Vault.keyId(old)).isNotEqualTo(after.keys().currentId());
        assertThat(Vault.keyId(fresh)).isEqualTo(after.keys().currentId());
        assertThatThrownBy(() -> before.open(fresh, "x"))
                .isInstanceOf(UnsealException.class)
                .hasMessageContaining(MasterKeys.display(Vault.keyId(fresh)))
                .hasMessageContaining("does not hold");
    }

    @Test
    void theKeyFileIsMadeOnceAndForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("deeper").resolve("master.key");
        MasterKeys first = MasterKeys.loadOrCreate(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(MasterKeys.loadOrCreate(file).currentId()).isEqualTo(first.currentId());
        assertThat(file.getParent()).isDirectoryContaining(other -> other.equals(file));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aLineThatIsNoKeyIsNamed() throws IOException {
        Path file = folder.resolve("master.key");
        Files.writeString(file, "# comment\n\nc2hvcnQ=\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> MasterKeys.loadOrCreate(file))
                .withMessageContaining(file + ":3")
                .withMessageContaining("32 bytes");
        Files.writeString(file, "# nothing else\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> MasterKeys.loadOrCreate(file))
                .withMessageContaining("holds no key");
    }

    @Test
    void aKeyFileThatOthersMayReadIsNoticed() throws IOException {
        Path file = folder.resolve("master.key");
        MasterKeys.loadOrCreate(file);
        assertThat(MasterKeys.isReadableByOthers(file)).isFalse();
        for (String rights : List.of("rw-r-----", "rw----r--")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
            assertThat(MasterKeys.isReadableByOthers(file)).as(rights).isTrue();
        }
        MasterKeys.loadOrCreate(file);
    }

    private static MasterKeys keys(byte... seeds) {
        byte[][] keys = new byte[seeds.length][32];
        for (int i = 0; i < seeds.length; i++) {
            Arrays.fill(keys[i], seeds[i]);
        }
        return MasterKeys.of("test keys", List.of(keys));
    }
}
