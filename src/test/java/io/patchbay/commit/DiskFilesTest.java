package io.patchbay.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DiskFilesTest {
    private static final JournalSettings SETTINGS = JournalSettings.of(1 << 20, 0);

    @TempDir
    Path dataFolder;

    @Test
    void aJournalOnDiskOutlivesItsProcess() throws IOException {
        try (Journal journal = new Journal(new DiskFiles(folder()), SETTINGS)) {
            journal.append(List.of(bytes("one"), bytes("two")));
            journal.append(List.of(bytes("three")));
        }

        Journal next = new Journal(new DiskFiles(folder()), SETTINGS);
        assertThat(JournalRun.text(next.read(next.oldest()))).containsExactly("one", "two", "three");
        next.remove(next.oldest(), false);
        assertThat(folder()).isEmptyDirectory();
    }

    @Test
    void aTornTailIsCutOffTheFile() throws IOException {
        DiskFiles files = new DiskFiles(folder());
        try (Journal journal = new Journal(files, SETTINGS)) {
            journal.append(List.of(bytes("one"), bytes("two")));
        }
        files.cut("0000000000000001.journal", 8 + 11 + 10);

        Journal next = new Journal(files, SETTINGS);
        assertThat(next.tornBytes()).isEqualTo(10);
        assertThat(folder().resolve("0000000000000001.journal")).hasSize(8 + 11);
        assertThat(JournalRun.drainAll(next)).containsExactly("one");
    }

    @Test
    void whatCouldNotBeStoredIsKeptBesideIt() throws IOException {
        Journal journal = new Journal(new DiskFiles(folder()), SETTINGS);
        journal.append(List.of(bytes("one")));
        journal.remove(journal.oldest(), true);

        assertThat(folder().resolve("0000000000000001.journal.kept")).exists();
        assertThat(new Journal(new DiskFiles(folder()), SETTINGS).kept()).isEqualTo(1);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyItsOwnerReadsIt() throws IOException {
        Journal journal = new Journal(new DiskFiles(folder()), SETTINGS);
        journal.append(List.of(bytes("one")));

        assertThat(mode(folder())).isEqualTo("rwx------");
        assertThat(mode(folder().resolve("0000000000000001.journal"))).isEqualTo("rw-------");
    }

    private Path folder() {
        return dataFolder.resolve("journal").resolve("accounting");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
