package io.patchbay.commit;

import io.patchbay.commit.CommitListener.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * A step of a route that its exchange leaves only when its body, a {@link Committable}, is stored durably: what follows is
 * the acknowledgement. Meanwhile the exchange costs no thread. Whatever cannot be stored leaves too, but with an empty body
 * and {@code routeStop} set, so that no reply goes out and the sender asks again.
 *
 * <p>What is guaranteed:
 *
 * <ul>
 *   <li>No exchange goes on before the store has returned from a group with its item.
 *   <li>Items of one {@link Committable#orderKey} are stored by one writer. Those of one source and one urgency are stored in
 *       the order in which they were offered; a FIRST may overtake a LATER that waits, also of its own key: a Stop an
 *       Interim. Between different keys there is no order.
 *   <li>The queue is bounded and fair, as {@link FairQueue} says, in each writer's part of it.
 *   <li>While {@code loginsWaiting} says so, LATER is stored in a small share only.
 *   <li>An item that makes its group fail is found by halving; the others are stored.
 * </ul>
 *
 * Stopping the route that calls it changes nothing here; {@link #close} stores what waits, for 5 s at most.
 */
public final class GroupCommit<T extends Committable> extends AsyncProcessorSupport {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final CommitSettings settings;
    private final Class<T> kind;
    private final GroupStore<T> store;
    private final BooleanSupplier loginsWaiting;
    private final CommitCounts counts = new CommitCounts();
    private final Outcomes<T> outcomes;
    private final Quietly log = new Quietly(GroupCommit.class);
    private volatile List<Writer<T>> writers = List.of();

    /**
     * @param kind what the body is
     * @param store where groups go: a {@link JournaledStore} where what is beneath may be away
     * @param loginsWaiting whether the hub has more urgent work than LATER items; asked once a group
     */
    public GroupCommit(
            CommitSettings settings,
            Class<T> kind,
            GroupStore<T> store,
            BooleanSupplier loginsWaiting,
            CommitListener<T> listener) {
        this.settings = settings;
        this.kind = kind;
        this.store = store;
        this.loginsWaiting = loginsWaiting;
        this.outcomes = new Outcomes<>(counts, listener);
    }

    @Override
    protected void doStart() {
        if (writers.isEmpty()) {
            List<Writer<T>> started = new ArrayList<>();
            for (int i = 0; i < settings.writers(); i++) {
                String name = "commit-" + settings.name() + "-" + (i + 1);
                int capacity = settings.queue() / settings.writers();
                started.add(new Writer<>(name, capacity, settings, loginsWaiting, this::commit, outcomes));
            }
            started.forEach(Writer::start);
            writers = List.copyOf(started);
        }
    }

    @Override
    protected void doShutdown() {
        List<Writer<T>> ending = writers;
        ending.forEach(Writer::close);
        long deadline = System.nanoTime() + LAST_WORDS.toNanos();
        ending.forEach(writer -> writer.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime()))));
        writers = List.of();
    }

    @Override
    public void close() {
        shutdown();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Object body = exchange.getMessage().getBody();
        if (!kind.isInstance(body)) {
            exchange.setException(new IllegalArgumentException("The step commit takes a " + kind.getSimpleName()
                    + ", not " + (body == null ? "nothing" : body.getClass().getName())));
            callback.done(true);
            return true;
        }
        T item = kind.cast(body);
        List<Writer<T>> running = writers;
        if (running.isEmpty() || !writerOf(item, running).offer(new Waiting<>(item, exchange, callback))) {
            outcomes.stop(exchange, item, Reason.CLOSED);
            callback.done(true);
            return true;
        }
        return false;
    }

    private static <T extends Committable> Writer<T> writerOf(T item, List<Writer<T>> writers) {
        // The high bits of the product depend on every bit of the key, so that regular keys spread too.
        long spread = (item.orderKey() * 0x9E3779B97F4A7C15L) >>> 32;
        return writers.get((int) (spread % writers.size()));
    }

    private void commit(List<Waiting<T>> group) {
        List<T> items = new ArrayList<>(group.size());
        for (Waiting<T> each : group) {
            items.add(each.item());
        }
        long began = System.nanoTime();
        try {
            store.store(items);
        } catch (NotCommittedException neither) {
            outcomes.notCommitted(group, neither.reason());
            return;
        } catch (StoreAwayException away) {
            log.warn("What comes for " + settings.name() + " is not acknowledged: the store is away.", away);
            outcomes.notCommitted(group, Reason.STORE_AWAY);
            return;
        } catch (RuntimeException | Error failure) {
            commitInHalves(group, failure);
            return;
        } finally {
            counts.group(System.nanoTime() - began);
        }
        outcomes.committed(group);
    }

    private void commitInHalves(List<Waiting<T>> group, Throwable failure) {
        int half = group.size() / 2;
        if (half == 0) {
            log.warn("An item for " + settings.name() + " cannot be stored and is not acknowledged.", failure);
            outcomes.notCommitted(group, Reason.REFUSED);
            return;
        }
        commit(group.subList(0, half));
        commit(group.subList(half, group.size()));
    }

    /** Items that wait, of all writers. */
    public int waiting() {
        return writers.stream().mapToInt(Writer::waiting).sum();
    }

    public String name() {
        return settings.name();
    }

    CommitCounts counts() {
        return counts;
    }
}
