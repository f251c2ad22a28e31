package io.patchbay.sighting;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param queue how many attempts wait to be folded, accepted and denied ones apart; more are dropped and counted; at least 16
 * @param rows how many different attempts a flush writes at most, denied ones first; at least 1
 * @param flushInterval how long repeats are folded before they are written; at least 10 ms
 * @param keep how long attempts stay, in whole days of UTC; at least 1 day
 * @param keepSize above this on disk the oldest days go before their time; today always stays
 */
@ConfigurationProperties("patchbay.authentication-log")
public record AuthenticationLogSettings(
        @DefaultValue("16384") int queue,
        @DefaultValue("2000") int rows,
        @DefaultValue("1s") Duration flushInterval,
        @DefaultValue("7d") Duration keep,
        @DefaultValue("20GB") DataSize keepSize) {
    public AuthenticationLogSettings {
        atLeast("queue", queue, 16);
        atLeast("rows", rows, 1);
        atLeast("flush-interval (ms)", flushInterval.toMillis(), 10);
        atLeast("keep (days)", keep.toDays(), 1);
        atLeast("keep-size (MB)", keepSize.toMegabytes(), 1);
    }

    private static void atLeast(String name, long value, long minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(
                    "patchbay.authentication-log." + name + " is " + value + "; it must be at least " + minimum);
        }
    }
}
