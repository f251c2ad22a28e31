package io.patchbay.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Stores into a list; can be told to hold on, and to fail. */
final class FakeStore implements GroupStore<Item> {
    private final List<List<Item>> groups = new ArrayList<>();
    private final Semaphore open = new Semaphore(Integer.MAX_VALUE / 2);
    private volatile Consumer<List<Item>> judge = group -> {};
    private int attempts;

    /** From now on each group waits until it is let through. */
    void hold() {
        open.drainPermits();
    }

    void letThrough(int groups) {
        open.release(groups);
    }

    void release() {
        open.release(Integer.MAX_VALUE / 2);
    }

    /** Throws for a group that cannot be stored. */
    void judge(Consumer<List<Item>> judge) {
        this.judge = judge;
    }

    void away() {
        judge(group -> {
            throw new StoreAwayException("The store is away.", null);
        });
    }

    void back() {
        judge(group -> {});
    }

    @Override
    public void store(List<Item> group) {
        synchronized (this) {
            attempts++;
        }
        open.acquireUninterruptibly();
        judge.accept(group);
        synchronized (this) {
            groups.add(List.copyOf(group));
        }
    }

    @Override
    public Item read(byte[] journalBytes) {
        return Item.read(journalBytes);
    }

    synchronized int attempts() {
        return attempts;
    }

    synchronized List<List<Item>> groups() {
        return List.copyOf(groups);
    }

    synchronized List<Integer> ids() {
        return groups.stream().flatMap(List::stream).map(Item::id).toList();
    }
}
