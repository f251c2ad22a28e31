package io.patchbay.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFolderTest {
    @TempDir
    private Path folder;

    @Test
    void aNewFolderIsItsOwnersAlone() throws IOException {
        Path made = OwnerOnlyFolder.make(folder.resolve("a/data"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    @Test
    void oneThatIsThereStaysAsItsOwnerHasSetIt() throws IOException {
        Path set = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(set, PosixFilePermissions.fromString("rwxr-x---"));
        OwnerOnlyFolder.make(set);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(set)))
                .isEqualTo("rwxr-x---");
    }
}
