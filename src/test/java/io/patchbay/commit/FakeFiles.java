package io.patchbay.commit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * A disk as bad as a disk may be: what is not forced is gone after a power cut, or torn anywhere; a failed force drops the
 * pages and calls them clean; a full disk takes a part. Every call is an operation with a number, at which it can be told to
 * fail or to lose its power.
 */
final class FakeFiles implements JournalFiles {
    /** The power is cut: an error, so that nobody handles it. */
    static final class PowerCut extends Error {}

    private static final class Content {
        /** What a reader sees. */
        byte[] seen = {};
        /** What a power cut leaves. */
        byte[] onDisk = {};
        /** Behind this the pages are dirty. */
        int cleanUpTo;

        byte[] afterPowerCut(int survivingBytes) {
            int end = Math.min(seen.length, cleanUpTo + survivingBytes);
            if (end <= cleanUpTo) {
                return onDisk;
            }
            byte[] left = Arrays.copyOf(onDisk, Math.max(end, onDisk.length));
            System.arraycopy(seen, cleanUpTo, left, cleanUpTo, end - cleanUpTo);
            return left;
        }
    }

    private Map<String, Content> named = new TreeMap<>();
    private Map<String, Content> namedOnDisk = new HashMap<>();
    private int operations;
    private IntPredicate fails = operation -> false;
    private IntPredicate forceFails = force -> false;
    private int forces;
    private int powerCutAt = Integer.MAX_VALUE;
    private long capacity = Long.MAX_VALUE / 4;

    FakeFiles failing(IntPredicate operation) {
        fails = operation;
        return this;
    }

    FakeFiles failingForce(IntPredicate force) {
        forceFails = force;
        return this;
    }

    FakeFiles withPowerCutAt(int operation) {
        powerCutAt = operation;
        return this;
    }

    synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    synchronized int operations() {
        return operations;
    }

    synchronized int forces() {
        return forces;
    }

    /**
     * The same disk when the power is back.
     *
     * @param survivingBytes of each file's unforced bytes that are on disk nevertheless
     * @param names whether what was created, deleted and renamed since the folder was forced is on disk nevertheless
     */
    synchronized FakeFiles afterPowerCut(int survivingBytes, boolean names) {
        FakeFiles again = new FakeFiles();
        (names ? named : namedOnDisk).forEach((name, content) -> {
            Content left = new Content();
            left.seen = content.afterPowerCut(survivingBytes).clone();
            left.onDisk = left.seen;
            left.cleanUpTo = left.seen.length;
            again.named.put(name, left);
        });
        again.namedOnDisk = new HashMap<>(again.named);
        return again;
    }

    /** Changes one byte on the disk. */
    synchronized void damage(String name, int at) {
        named.get(name).seen[at] ^= 0x20;
    }

    synchronized void overwrite(String name, byte[] content) {
        Content overwritten = new Content();
        overwritten.seen = content;
        overwritten.onDisk = content;
        overwritten.cleanUpTo = content.length;
        named.put(name, overwritten);
        namedOnDisk.put(name, overwritten);
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(named.keySet());
    }

    @Override
    public synchronized JournalFile create(String name) throws IOException {
        begin();
        Content content = new Content();
        if (named.putIfAbsent(name, content) != null) {
            throw new IOException(name + " is there already");
        }
        return new Opened(content);
    }

    @Override
    public synchronized byte[] read(String name) throws IOException {
        begin();
        return named.get(name).seen.clone();
    }

    @Override
    public synchronized void cut(String name, long length) throws IOException {
        begin();
        Content content = named.get(name);
        content.seen = Arrays.copyOf(content.seen, (int) length);
        content.onDisk = content.seen.clone();
        content.cleanUpTo = content.seen.length;
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        begin();
        named.remove(name);
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        begin();
        named.put(to, named.remove(from));
    }

    @Override
    public synchronized void forceFolder() throws IOException {
        begin();
        namedOnDisk = new HashMap<>(named);
    }

    @Override
    public synchronized long freeBytes() {
        return capacity - used();
    }

    @Override
    public String place() {
        return "the fake disk";
    }

    private long used() {
        return named.values().stream().mapToLong(content -> content.seen.length).sum();
    }

    private void begin() throws IOException {
        int operation = operations++;
        if (operation == powerCutAt) {
            throw new PowerCut();
        }
        if (fails.test(operation)) {
            throw new IOException("Input/output error");
        }
    }

    private final class Opened implements JournalFile {
        private final Content content;

        Opened(Content content) {
            this.content = content;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            synchronized (FakeFiles.this) {
                byte[] all = new byte[bytes.remaining()];
                bytes.get(all);
                boolean full = used() + all.length > capacity;
                try {
                    begin();
                } catch (PowerCut cut) {
                    write(all, all.length);
                    throw cut;
                } catch (IOException failed) {
                    write(all, all.length / 2);
                    throw failed;
                }
                write(all, full ? (int) Math.max(0, capacity - used()) : all.length);
                if (full) {
                    throw new IOException("No space left on device");
                }
            }
        }

        private void write(byte[] bytes, int length) {
            int end = content.seen.length;
            content.seen = Arrays.copyOf(content.seen, end + length);
            System.arraycopy(bytes, 0, content.seen, end, length);
        }

        @Override
        public void force() throws IOException {
            synchronized (FakeFiles.this) {
                try {
                    begin();
                    if (forceFails.test(forces++)) {
                        throw new IOException("Input/output error");
                    }
                } catch (IOException failed) {
                    content.onDisk = content.afterPowerCut((content.seen.length - content.cleanUpTo) / 2);
                    content.cleanUpTo = content.seen.length;
                    throw failed;
                }
                content.onDisk = content.afterPowerCut(Integer.MAX_VALUE / 2).clone();
                content.cleanUpTo = content.seen.length;
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (FakeFiles.this) {
                begin();
                content.seen = Arrays.copyOf(content.seen, (int) length);
                content.cleanUpTo = Math.min(content.cleanUpTo, (int) length);
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (FakeFiles.this) {
                begin();
            }
        }
    }
}
