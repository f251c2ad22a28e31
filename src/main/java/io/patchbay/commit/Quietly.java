package io.patchbay.commit;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs at most once in ten seconds: whoever can make the hub fail must not be able to fill its disk. */
public final class Quietly {
    private static final long SILENCE_NANOS = 10_000_000_000L;

    private final Logger log;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    public Quietly(Class<?> owner) {
        this.log = LoggerFactory.getLogger(owner);
    }

    public void warn(String sentence, Throwable cause) {
        long now = System.nanoTime();
        long earliest = next.get();
        if (now - earliest >= 0 && next.compareAndSet(earliest, now + SILENCE_NANOS)) {
            log.warn("{} Further ones are only counted for 10 s.", sentence, cause);
        }
    }
}
