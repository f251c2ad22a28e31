package io.patchbay.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How accounting is taken in.
 *
 * @param writers threads that store, 1 to 4: there is a connection for each
 * @param groupSize most records stored in one transaction, at least 8
 * @param pace how far apart the transactions of a writer begin at least, 0 to 100 ms
 * @param queue records that may wait to be stored, at least 16 a writer; of more, an Interim-Update is dropped first
 * @param patience how long a NAS waits for the acknowledgement before it asks again: what waited longer is dropped; at least
 *     100 ms
 * @param journalLimit how large the journal on disk may become while the database is away; at least 64 KB
 * @param journalReserve how much the journal leaves free on its disk; 0 or more
 */
@ConfigurationProperties("patchbay.accounting")
record AccountingSettings(
        @DefaultValue("2") int writers,
        @DefaultValue("512") int groupSize,
        @DefaultValue("5ms") Duration pace,
        @DefaultValue("32768") int queue,
        @DefaultValue("3s") Duration patience,
        @DefaultValue("1GB") DataSize journalLimit,
        @DefaultValue("1GB") DataSize journalReserve) {
    AccountingSettings {
        between("writers", writers, 1, 4);
        between("group-size", groupSize, 8, 65_536);
        between("pace (ms)", pace.toMillis(), 0, 100);
        between("queue", queue, 16 * writers, 10_000_000);
        between("patience (ms)", patience.toMillis(), 100, 60_000);
        between("journal-limit (bytes)", journalLimit.toBytes(), 65_536, Long.MAX_VALUE);
        between("journal-reserve (bytes)", journalReserve.toBytes(), 0, Long.MAX_VALUE);
    }

    private static void between(String name, long value, long minimum, long maximum) {
        if (value < minimum || value > maximum) {
            throw new IllegalArgumentException(
                    "patchbay.accounting." + name + " is " + value + "; it must be " + minimum + " to " + maximum);
        }
    }
}
