package io.patchbay.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A request's body, read to its end before anything acts on it: so that no transaction waits for a slow upload, and a
 * repeated request is known by its hash. A small one is kept in memory, a large one in a file until {@link #close}.
 */
public final class StoredBody implements AutoCloseable {
    private final byte[] bytes;
    private final Path file;
    private final byte[] sha256;
    private final Runnable afterwards;

    private StoredBody(byte[] bytes, Path file, byte[] sha256, Runnable afterwards) {
        this.bytes = bytes;
        this.file = file;
        this.sha256 = sha256;
        this.afterwards = afterwards;
    }

    /** The body was longer than its operation takes. */
    public static final class TooLarge extends IOException {
        public TooLarge(long limit) {
            super("The body is longer than the " + limit + " bytes that this operation takes.");
        }
    }

    /** @throws TooLarge when it is longer than {@code limit} bytes */
    public static StoredBody inMemory(InputStream in, int limit) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new TooLarge(limit);
        }
        return new StoredBody(bytes, null, sha256().digest(bytes), () -> {});
    }

    /**
     * @param afterwards runs when the body is closed; not when this fails
     * @throws TooLarge when it is longer than {@code limit} bytes
     */
    public static StoredBody inFile(InputStream in, long limit, Runnable afterwards) throws IOException {
        Path file = Files.createTempFile("patchbay-upload", ".body");
        MessageDigest digest = sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            copy(in, out, limit);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(file);
            throw failed;
        }
        return new StoredBody(null, file, digest.digest(), afterwards);
    }

    public InputStream open() throws IOException {
        return file == null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
    }

    public boolean isInMemory() {
        return file == null;
    }

    public byte[] sha256Hash() {
        return sha256.clone();
    }

    /** Once. */
    @Override
    public void close() throws IOException {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } finally {
            afterwards.run();
        }
    }

    private static void copy(InputStream in, OutputStream out, long limit) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        int count;
        while ((count = in.read(buffer)) >= 0) {
            total += count;
            if (total > limit) {
                throw new TooLarge(limit);
            }
            out.write(buffer, 0, count);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
