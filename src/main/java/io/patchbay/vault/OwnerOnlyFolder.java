package io.patchbay.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The hub's data folder: keys, passwords, the database and the snapshot lie in it, so that nobody else may enter. */
public final class OwnerOnlyFolder {
    private OwnerOnlyFolder() {}

    /** Makes the folder with mode 0700; one that is there already stays as its owner has set it. */
    public static Path make(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
        return folder;
    }
}
