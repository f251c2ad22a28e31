package io.patchbay.session;

import io.patchbay.wire.Octets;
import java.util.Comparator;

/**
 * By what a NAS names a session. It may use an Acct-Session-Id again after a restart, so that one key may have several
 * sessions: see {@link StartEra}.
 *
 * <p>The order is that in which every writer of every node locks and inserts, so that no two wait for each other.
 */
record SessionKey(NasIdentity nas, Octets acctSessionId) implements Comparable<SessionKey> {
    private static final Comparator<SessionKey> ORDER = Comparator.comparing(SessionKey::acctSessionId)
            .thenComparingLong(key -> key.nas.nasClientId())
            .thenComparing(key -> key.nas.name());

    static SessionKey of(AccountingRecord record) {
        return new SessionKey(NasIdentity.of(record), record.acctSessionId());
    }

    @Override
    public int compareTo(SessionKey other) {
        return ORDER.compare(this, other);
    }
}
