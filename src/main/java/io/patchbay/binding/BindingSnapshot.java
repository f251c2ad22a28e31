package io.patchbay.binding;

import io.patchbay.ledger.NasObservations;
import io.patchbay.vault.UnsealException;
import io.patchbay.vault.Vault;
import io.patchbay.wire.IpPrefix;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The index on disk, with which the hub starts while the database is away. The file: {@code PATCHBAY}, format version (4
 * bytes), identifier (16 bytes), sealed pieces, and a CRC-32C of all that (8 bytes). It holds secrets, hence sealed under the
 * master key. It takes the place of the one before in one step: there is always a whole one.
 */
public final class BindingSnapshot {
    private static final long MAGIC = 0x5041544348424159L;
    private static final int FORMAT = 4;

    private final Path file;
    private final Vault vault;
    private final NasObservations observations;

    /**
     * @param file mostly {@code <data-dir>/bindings.snapshot}; its folder must exist
     * @param observations which sources sign is part of a snapshot: a start without it would accept what they did not sign
     */
    public BindingSnapshot(Path file, Vault vault, NasObservations observations) {
        this.file = file;
        this.vault = vault;
        this.observations = observations;
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /** Grows with everything that a snapshot holds: what was written at the same count is still so. */
    public long changes(BindingIndex index) {
        return index.changes() + observations.changes();
    }

    /** Writes the index as it is. @throws SnapshotException when the disk does not take it */
    public synchronized void write(BindingIndex index) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileOutputStream raw = new FileOutputStream(part.toFile())) {
                CRC32C checksum = new CRC32C();
                DataOutputStream out =
                        new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(raw, 1 << 16), checksum));
                write(index, out);
                out.writeLong(checksum.getValue());
                out.flush();
                raw.getFD().sync();
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException | UncheckedIOException failed) {
            throw new SnapshotException("The snapshot " + file + " cannot be written: " + failed.getMessage(), failed);
        }
    }

    private void write(BindingIndex index, DataOutputStream out) throws IOException {
        UUID identifier = UUID.randomUUID();
        out.writeLong(MAGIC);
        out.writeInt(FORMAT);
        out.writeLong(identifier.getMostSignificantBits());
        out.writeLong(identifier.getLeastSignificantBits());
        SealedOutputStream sealed = new SealedOutputStream(out, vault, context(identifier));
        DataOutputStream plain = new DataOutputStream(new BufferedOutputStream(sealed, 1 << 14));
        SnapshotWriter writer = new SnapshotWriter(plain);
        plain.writeLong(Instant.now().toEpochMilli());
        Directory directory = index.directory();
        writer.directory(directory);
        writer.sources(observations.signing());
        index.forEach(binding -> {
            // Its plan or node may have come after the directory was taken; then it is in the next snapshot.
            boolean hasNode = binding.accessNodeId() == 0 || directory.accessNode(binding.accessNodeId()) != null;
            if (hasNode && directory.plan(binding.plan().id()) != null) {
                try {
                    plain.writeBoolean(true);
                    writer.binding(binding);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        });
        plain.writeBoolean(false);
        plain.flush();
        sealed.finish();
    }

    /**
     * Fills the index with the snapshot and makes it complete.
     *
     * @return when it was written
     * @throws SnapshotException when there is none, or it is torn, foreign, or sealed with another key; the index stays as it
     *     was
     */
    public Instant restore(BindingIndex index) {
        CRC32C checksum = new CRC32C();
        try (DataInputStream in = new DataInputStream(
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), checksum))) {
            if (in.readLong() != MAGIC) {
                throw new SnapshotException("The snapshot " + file + " is not a snapshot of Patchbay; remove it.");
            }
            int format = in.readInt();
            if (format != FORMAT) {
                throw new SnapshotException("The snapshot " + file + " has format " + format + ", this version reads "
                        + FORMAT + "; it is written anew once the database is there.");
            }
            UUID identifier = new UUID(in.readLong(), in.readLong());
            SealedInputStream sealed = new SealedInputStream(in, vault, context(identifier));
            DataInputStream plain = new DataInputStream(new BufferedInputStream(sealed, 1 << 14));
            Instant written = Instant.ofEpochMilli(plain.readLong());
            SnapshotReader reader = new SnapshotReader(plain);
            Directory directory = reader.directory();
            List<IpPrefix> sources = reader.sources();
            BindingIndex.Filling filling = index.startFilling(0);
            while (plain.readBoolean()) {
                filling.add(reader.binding(directory), 0);
            }
            checkEnd(plain, in, checksum);
            observations.restore(sources);
            index.replaceAll(directory, filling);
            return written;
        } catch (NoSuchFileException none) {
            throw new SnapshotException("There is no snapshot " + file + " yet.", none);
        } catch (EOFException torn) {
            throw torn(torn);
        } catch (UnsealException wrongKey) {
            throw new SnapshotException("The snapshot " + file + " does not open: " + wrongKey.getMessage(), wrongKey);
        } catch (IOException | RuntimeException damaged) {
            throw damaged instanceof SnapshotException told ? told : torn(damaged);
        }
    }

    private void checkEnd(DataInputStream plain, DataInputStream in, CRC32C checksum) throws IOException {
        boolean more = plain.read() >= 0;
        long expected = checksum.getValue();
        if (more || in.readLong() != expected || in.read() >= 0) {
            throw new IOException("its checksum is not that of its bytes");
        }
    }

    private SnapshotException torn(Exception cause) {
        String why = cause instanceof EOFException ? "it ends too early" : cause.toString();
        return new SnapshotException("The snapshot " + file + " is damaged and not used: " + why, cause);
    }

    private static String context(UUID identifier) {
        return "bindings-snapshot/" + identifier;
    }
}
