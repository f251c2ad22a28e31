package io.patchbay.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys under which secrets are sealed, from a text file: one key a line, 32 bytes in base64, the current key first;
 * empty lines and lines that begin with {@code #} are comments. To rotate, put a new line ({@code openssl rand -base64 32})
 * on top and leave the old one below: from then on new secrets are sealed with the new key, those that are there are not
 * sealed anew, and a hub does not start without every key that was ever the current one of its ledger. A key's id is
 * computed from the key, so a line cannot be mislabelled.
 */
public final class MasterKeys {
    private static final Logger LOG = LoggerFactory.getLogger(MasterKeys.class);
    private static final int KEY_BYTES = 32;
    private static final String COMMENT = """
            # Patchbay master keys, the current one first: whoever has this file can read every password in the ledger.
            # All nodes of one ledger share it. Keep a copy apart from the database's backups.
            """;

    private final Map<Integer, SecretKey> keys;
    private final int currentId;
    private final String source;

    private MasterKeys(Map<Integer, SecretKey> keys, int currentId, String source) {
        this.keys = keys;
        this.currentId = currentId;
        this.source = source;
    }

    /**
     * Reads {@code file}; makes it, with one new key and readable by its owner only, when there is none.
     *
     * @throws IllegalStateException naming file and line, when a line is no key
     */
    public static MasterKeys loadOrCreate(Path file) {
        try {
            try {
                warnOfOtherReaders(file);
                return read(file);
            } catch (NoSuchFileException firstStart) {
                create(file);
                return read(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The master key file " + file + " cannot be read or made", unreadable);
        }
    }

    /** @param keys 32 bytes each, the current key first */
    static MasterKeys of(String source, List<byte[]> keys) {
        Map<Integer, SecretKey> byId = new LinkedHashMap<>();
        keys.forEach(key -> byId.put(idOf(key), new SecretKeySpec(key, "AES")));
        return new MasterKeys(byId, byId.keySet().iterator().next(), source);
    }

    public int currentId() {
        return currentId;
    }

    /** The key of that id; null when the file does not hold it. */
    SecretKey key(int id) {
        return keys.get(id);
    }

    public boolean holds(int id) {
        return keys.containsKey(id);
    }

    /** Where the keys come from, for error messages. */
    public String source() {
        return source;
    }

    /** How a key id is shown: eight hexadecimal digits. */
    public static String display(int id) {
        return String.format("%08x", id);
    }

    private static void warnOfOtherReaders(Path file) throws IOException {
        if (isReadableByOthers(file)) {
            LOG.warn(
                    "The master key file {} can be read by others than its owner, and with it every password in the"
                            + " ledger. Run: chmod 600 {}",
                    file,
                    file);
        }
    }

    /** Whether group or everybody may read the file; false where the file system does not know such rights. */
    static boolean isReadableByOthers(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        return rights.contains(PosixFilePermission.GROUP_READ) || rights.contains(PosixFilePermission.OTHERS_READ);
    }

    private static MasterKeys read(Path file) throws IOException {
        List<byte[]> keys = new ArrayList<>();
        int lineNumber = 0;
        for (String line : Files.readAllLines(file)) {
            lineNumber++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            byte[] key = decode(line.strip());
            if (key.length != KEY_BYTES) {
                throw new IllegalStateException(
                        file + ":" + lineNumber
                                + " is not a master key: expected 32 bytes in base64, as `openssl rand -base64 32` prints them.");
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException("The master key file " + file
                    + " holds no key. Restore it from a copy; remove it only when the ledger"
                    + " is new and holds no secret.");
        }
        return of(file.toString(), keys);
    }

    private static byte[] decode(String line) {
        try {
            return Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /** Written beside and linked into place: a node that starts at the same moment never reads half a file. */
    private static void create(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        String text = COMMENT + Base64.getEncoder().encodeToString(key) + "\n";
        Path folder = file.toAbsolutePath().getParent();
        OwnerOnlyFolder.make(folder);
        Path draft = Files.createTempFile(folder, "master-key", ".new", ownerOnly(folder));
        try {
            Files.writeString(draft, text, StandardOpenOption.SYNC);
            Files.createLink(file, draft);
            // Secrets are sealed with it from now on: it must outlive a power cut as they do.
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        } catch (FileAlreadyExistsException anotherNodeWasFaster) {
            // its key is the ledger's
        } finally {
            Files.delete(draft);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static int idOf(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return ByteBuffer.wrap(mac.doFinal("patchbay master key id".getBytes(StandardCharsets.US_ASCII)))
                    .getInt();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }
}
