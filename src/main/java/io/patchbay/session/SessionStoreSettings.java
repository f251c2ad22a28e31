package io.patchbay.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what accounting stores is kept, and when a session is taken for dead.
 *
 * @param keepRecords how long an accounting record stays, in whole days (UTC); at least 2d
 * @param keepSessions how long a session that is over stays, in whole months; at least 31d
 * @param staleAfter how long a live session may be silent before it is presumed over, and at the least when its plan's interim
 *     interval tells: then it is three of those; at least 10m
 * @param silentAfter the same for sessions that nobody asked for interims; at least {@code staleAfter}
 */
@ConfigurationProperties("patchbay.accounting")
record SessionStoreSettings(
        @DefaultValue("35d") Duration keepRecords,
        @DefaultValue("400d") Duration keepSessions,
        @DefaultValue("1h") Duration staleAfter,
        @DefaultValue("24h") Duration silentAfter) {
    SessionStoreSettings {
        atLeast("keep-records", keepRecords, Duration.ofDays(2));
        atLeast("keep-sessions", keepSessions, Duration.ofDays(31));
        atLeast("stale-after", staleAfter, Duration.ofMinutes(10));
        atLeast("silent-after", silentAfter, staleAfter);
    }

    private static void atLeast(String name, Duration value, Duration minimum) {
        if (value.compareTo(minimum) < 0) {
            throw new IllegalArgumentException(
                    "patchbay.accounting." + name + " is " + value + "; it must be at least " + minimum);
        }
    }
}
