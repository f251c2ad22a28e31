package io.patchbay.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** What an operation does when its change is committed: at once, unless a transaction is around the whole operation. */
public final class AfterCommit {
    private static final ThreadLocal<List<Runnable>> WAITING = new ThreadLocal<>();

    private AfterCommit() {}

    public static void run(Runnable task) {
        List<Runnable> waiting = WAITING.get();
        if (waiting == null) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    /** @param transaction holds back what its work gives to {@link #run} until it has ended well */
    static <T> T of(Callable<T> transaction) throws Exception {
        List<Runnable> waiting = new ArrayList<>();
        WAITING.set(waiting);
        T result;
        try {
            result = transaction.call();
        } finally {
            WAITING.remove();
        }
        waiting.forEach(Runnable::run);
        return result;
    }
}
