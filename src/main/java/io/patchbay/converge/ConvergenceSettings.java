package io.patchbay.converge;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param attempts how often a service is tried before it counts as failed, at least 1
 * @param retryAfter how long after a first failure it is tried again, at least 100 ms; twice as long after each further one, up
 *     to ten minutes
 * @param lookAgainAfter how long after an acknowledged change it is looked whether it is true, at least 100 ms; doubled likewise
 * @param lease how long a node may take for one attempt before another may begin it, at least 10 s: longer than all repeats of
 *     a CoA-Request and a Disconnect-Request together
 * @param perLane how many services of one NAS are worked on at once, at least 1
 * @param inFlight how many services in all, at least 1
 */
@ConfigurationProperties("patchbay.converge")
public record ConvergenceSettings(
        @DefaultValue("5") int attempts,
        @DefaultValue("10s") Duration retryAfter,
        @DefaultValue("2s") Duration lookAgainAfter,
        @DefaultValue("2m") Duration lease,
        @DefaultValue("200") int perLane,
        @DefaultValue("5000") int inFlight) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public ConvergenceSettings {
        atLeast("attempts", attempts, 1);
        atLeast("retry-after (ms)", retryAfter.toMillis(), 100);
        atLeast("look-again-after (ms)", lookAgainAfter.toMillis(), 100);
        atLeast("lease (s)", lease.toSeconds(), 10);
        atLeast("per-lane", perLane, 1);
        atLeast("in-flight", inFlight, 1);
    }

    /** @param attempt from 1 */
    static Duration doubled(Duration first, int attempt) {
        Duration wait = first.multipliedBy(1L << Math.min(attempt - 1, 20));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static void atLeast(String name, long value, long minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(
                    "patchbay.converge." + name + " is " + value + "; it must be at least " + minimum);
        }
    }
}
