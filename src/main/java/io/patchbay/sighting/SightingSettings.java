package io.patchbay.sighting;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param queue how many sightings wait for the writer before further ones are only counted; at least 16
 * @param distinct how many different sightings of one reason a flush holds, and how many are kept while the database is away:
 *     a storm of guessed passwords does not displace a mismatch
 * @param flushInterval how long repeats are folded before they are written; at least 10 ms
 * @param keep how long a sighting stays after it was last seen; at least 1 hour
 * @param keepRows how many sightings of each reason stay at most, the longest unseen going first
 */
@ConfigurationProperties("patchbay.sighting")
public record SightingSettings(
        @DefaultValue("16384") int queue,
        @DefaultValue("4096") int distinct,
        @DefaultValue("1s") Duration flushInterval,
        @DefaultValue("90d") Duration keep,
        @DefaultValue("200000") long keepRows) {
    public SightingSettings {
        atLeast("queue", queue, 16);
        atLeast("distinct", distinct, 16);
        atLeast("flush-interval (ms)", flushInterval.toMillis(), 10);
        atLeast("keep (hours)", keep.toHours(), 1);
        atLeast("keep-rows", keepRows, 1);
    }

    private static void atLeast(String name, long value, long minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(
                    "patchbay.sighting." + name + " is " + value + "; it must be at least " + minimum);
        }
    }
}
