package io.patchbay.commit;

import io.patchbay.commit.CommitListener.Reason;
import io.patchbay.commit.Journal.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that takes groups while the one beneath it is away: into a journal on disk, forced, so that they may be
 * acknowledged. From the first such group on all go there, until a thread has drained it, oldest first: so groups of one
 * writer reach the store in their order.
 *
 * <p>What was stored may be stored again, after a crash between storing and deleting: the store beneath is idempotent by
 * meaning.
 */
public final class JournaledStore<T extends Committable> implements GroupStore<T>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournaledStore.class);

    private final GroupStore<T> store;
    private final String name;
    private final Journal journal;
    private final Drain<T> drain;
    private final Thread thread;
    private final Quietly log = new Quietly(JournaledStore.class);
    private final Object lock = new Object();
    private volatile boolean journaling;
    private boolean closed;
    /** Why nothing is acknowledged; null when all is. */
    private volatile String refusing;

    private JournaledStore(GroupStore<T> store, String name, Journal journal, int groupSize) {
        this.store = store;
        this.name = name;
        this.journal = journal;
        this.drain = new Drain<>(store, journal, groupSize, name);
        this.journaling = !journal.isEmpty();
        this.thread = Thread.ofPlatform().name("journal-" + name).daemon().unstarted(this::run);
    }

    /**
     * Opens the journal, with what an earlier run left in it, and begins to drain it.
     *
     * @param name as in {@link CommitSettings#name}
     * @param folder {@code <data-dir>/journal/<name>}; made when it is not there
     * @param groupSize most items of a group that is drained
     * @throws IOException when the folder cannot be made, read or written
     */
    public static <T extends Committable> JournaledStore<T> open(
            GroupStore<T> store, String name, Path folder, JournalSettings settings, int groupSize) throws IOException {
        return open(store, name, new DiskFiles(folder), settings, groupSize);
    }

    static <T extends Committable> JournaledStore<T> open(
            GroupStore<T> store, String name, JournalFiles files, JournalSettings settings, int groupSize)
            throws IOException {
        JournaledStore<T> opened = new JournaledStore<>(store, name, new Journal(files, settings), groupSize);
        if (opened.journaling) {
            LOG.info(
                    "The journal in {} holds {} entries of an earlier run; {} bytes of a torn write were cut off.",
                    files.place(),
                    opened.entries(),
                    opened.journal.tornBytes());
        }
        opened.thread.start();
        return opened;
    }

    /** Stored, or journaled, when it returns. */
    @Override
    public void store(List<T> group) {
        StoreAwayException away = null;
        while (true) {
            if (!journaling) {
                try {
                    store.store(group);
                    acknowledgeAgain();
                    return;
                } catch (StoreAwayException notNow) {
                    away = notNow;
                }
            }
            synchronized (lock) {
                // Drained just now, perhaps: then the store is there and comes first.
                if (journaling || away != null) {
                    append(group, away);
                    return;
                }
            }
        }
    }

    private void append(List<T> group, StoreAwayException away) {
        List<byte[]> entries = new ArrayList<>(group.size());
        for (T item : group) {
            entries.add(item.journalBytes());
        }
        try {
            journal.append(entries);
        } catch (JournalFullException full) {
            throw refuse(Reason.JOURNAL_FULL, full);
        } catch (IOException failed) {
            throw refuse(Reason.JOURNAL_FAILED, failed);
        }
        acknowledgeAgain();
        if (!journaling) {
            LOG.warn("The store is away: what comes for {} is journaled in {}.", name, journal.place(), away);
            journaling = true;
            lock.notifyAll();
        }
    }

    private NotCommittedException refuse(Reason reason, IOException cause) {
        if (refusing == null) {
            LOG.error(
                    "Nothing that comes for {} is acknowledged: the store is away, and the journal takes nothing more.",
                    name,
                    cause);
        }
        refusing = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new NotCommittedException(reason, refusing, cause);
    }

    private void acknowledgeAgain() {
        if (refusing != null) {
            refusing = null;
            LOG.info("What comes for {} is acknowledged again.", name);
        }
    }

    private void run() {
        Backoff backoff = new Backoff();
        boolean storeIsBack = false;
        while (awaitWork()) {
            try {
                storeIsBack = drainSome(storeIsBack);
            } catch (RuntimeException | Error fault) {
                storeIsBack = false;
                log.warn("Draining the journal for " + name + " failed; it is tried again.", fault);
            }
            if (storeIsBack) {
                backoff.reset();
            } else {
                pause(backoff.next());
            }
        }
    }

    private boolean awaitWork() {
        synchronized (lock) {
            while (!journaling && !closed) {
                waitUnlessClosed(0);
            }
            return !closed;
        }
    }

    /** Whether the store took what it was given. */
    private boolean drainSome(boolean storeIsBack) {
        Segment oldest;
        synchronized (lock) {
            if (storeIsBack && drain.isNearlyDone()) {
                // The writers wait for this last little, else there would always be another group behind it.
                return drainTheRest();
            }
            oldest = journal.oldest();
            if (oldest == null) {
                endJournaling();
                return true;
            }
        }
        Drain.Result result = drain.drain(oldest);
        synchronized (lock) {
            return drain.finish(oldest, result);
        }
    }

    private boolean drainTheRest() {
        Segment oldest = journal.oldest();
        while (oldest != null) {
            if (!drain.finish(oldest, drain.drain(oldest))) {
                return false;
            }
            oldest = journal.oldest();
        }
        endJournaling();
        return true;
    }

    private void endJournaling() {
        journaling = false;
        LOG.info("The journal in {} is stored; what comes for {} goes to the store again.", journal.place(), name);
        acknowledgeAgain();
    }

    private void pause(long milliseconds) {
        synchronized (lock) {
            waitUnlessClosed(milliseconds);
        }
    }

    private void waitUnlessClosed(long milliseconds) {
        try {
            if (!closed) {
                lock.wait(milliseconds);
            }
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    @Override
    public T read(byte[] journalBytes) {
        return store.read(journalBytes);
    }

    /** One sentence for the operator; null when all is well. */
    public String trouble() {
        if (refusing != null) {
            return "Nothing that comes for " + name + " is acknowledged while the store is away: " + refusing;
        }
        if (journaling) {
            return "The store is away or catching up; " + journal.entries() + " records for " + name
                    + " are in the journal.";
        }
        if (journal.kept() > 0) {
            return journal.kept() + " files in " + journal.place() + " (*.kept) hold acknowledged records for " + name
                    + " that could not be stored; the log says why. Rename them without .kept and restart to try"
                    + " again, or delete them.";
        }
        return null;
    }

    /** Whether groups go to the journal. */
    public boolean isJournaling() {
        return journaling;
    }

    /** Whether the journal is full or its disk failing, so that nothing is acknowledged. */
    public boolean isRefusing() {
        return refusing != null;
    }

    /** 0: groups go to the store. 1: they go to the journal. 2: nothing is acknowledged. */
    int state() {
        if (isRefusing()) {
            return 2;
        }
        return journaling ? 1 : 0;
    }

    public long bytes() {
        return journal.bytes();
    }

    public long entries() {
        return journal.entries();
    }

    int kept() {
        return journal.kept();
    }

    String name() {
        return name;
    }

    /** After the writers have stopped. What is in the journal stays there for the next start. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        try {
            thread.join(10_000);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        synchronized (lock) {
            journal.close();
        }
    }
}
