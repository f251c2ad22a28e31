package io.patchbay.ledger.address;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a pool will be exhausted, if it goes on as lately: free divided by the faster one of two paces, that of the last hour and
 * that of the last day. A pace is how much more is used now than at the oldest sample of that time, by the seconds since; used
 * is total less free, so that a block that is added makes no pace negative. A sample must be at least five minutes old: less is
 * no pace.
 */
final class PoolForecast {
    private static final List<Duration> TIMES = List.of(Duration.ofHours(1), Duration.ofDays(1));
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private PoolForecast() {}

    record Sample(Instant at, BigInteger used) {}

    /**
     * @param samples in any order
     * @return null when it does not shrink, or nothing is known yet
     */
    static Long secondsToExhaustion(BigInteger free, BigInteger used, Instant now, List<Sample> samples) {
        double pace = TIMES.stream()
                .mapToDouble(time -> pace(used, now, now.minus(time), samples))
                .max()
                .orElse(0);
        return pace <= 0 ? null : (long) Math.min(free.doubleValue() / pace, Long.MAX_VALUE);
    }

    private static double pace(BigInteger used, Instant now, Instant since, List<Sample> samples) {
        return samples.stream()
                .filter(sample -> !sample.at().isBefore(since) && !sample.at().isAfter(now.minus(SHORTEST)))
                .min((one, other) -> one.at().compareTo(other.at()))
                .map(oldest -> used.subtract(oldest.used()).doubleValue()
                        / (Duration.between(oldest.at(), now).toMillis() / 1000.0))
                .orElse(0.0);
    }
}
