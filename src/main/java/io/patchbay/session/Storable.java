package io.patchbay.session;

import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Values as PostgreSQL can hold them. */
final class Storable {
    private Storable() {}

    /** PostgreSQL's text holds no NUL, and a user name is whatever the subscriber typed. */
    static String text(String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    /** Unlike {@link IpPrefix#toString} right for IPv4 within IPv6 too. */
    static String cidr(IpPrefix prefix) {
        if (!prefix.v6()) {
            return prefix.toString();
        }
        StringBuilder text = new StringBuilder(43);
        for (int group = 0; group < 8; group++) {
            long half = group < 4 ? prefix.high() : prefix.low();
            text.append(Long.toHexString(half >>> (48 - 16 * (group % 4)) & 0xffff))
                    .append(group < 7 ? ":" : "/");
        }
        return text.append(prefix.length()).toString();
    }

    /** Whole microseconds, so that what was stored compares with what was told. */
    static Instant time(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }
}
