package io.patchbay.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Folds the records of one group into their sessions; the rules of accounting, without a database.
 *
 * <ul>
 *   <li>A record makes the session that it tells of when it is not known: a lost Start loses nothing.
 *   <li>A record that was told before changes nothing and is not stored again: see {@link ToldBefore}.
 *   <li>No record lowers a counter, or makes the session heard of earlier.
 *   <li>Only a Stop is final. Every other end is presumed, and a newer record opens the session again.
 *   <li>A NAS that restarted (Accounting-On or -Off) has none of the sessions that were heard of before.
 *   <li>A record that names addresses names all that are held; one that names none says nothing about them. Of port blocks
 *       it may tell only which came and went.
 * </ul>
 */
final class SessionFold {
    private static final Comparator<Session> OLDEST_FIRST =
            Comparator.comparing((Session session) -> session.startedAt).thenComparingLong(session -> session.id);

    private final Map<SessionKey, List<Session>> known = new HashMap<>();
    private final Map<NasIdentity, Instant> restarts;
    private final SessionHistory history;
    private final LongSupplier ids;
    private int stored;

    /**
     * @param sessions all that are known of the group's keys
     * @param restarts the newest Accounting-On or -Off of each NAS, by our clock
     * @param ids of new sessions
     */
    SessionFold(
            Iterable<Session> sessions, Map<NasIdentity, Instant> restarts, SessionHistory history, LongSupplier ids) {
        this.restarts = restarts;
        this.history = history;
        this.ids = ids;
        for (Session session : sessions) {
            known.computeIfAbsent(session.key, key -> new ArrayList<>(1)).add(session);
        }
        known.values().forEach(eras -> eras.sort(OLDEST_FIRST));
    }

    /** Whether it is told for the first time. */
    boolean add(AccountingRecord record) {
        SessionKey key = SessionKey.of(record);
        List<Session> eras = known.computeIfAbsent(key, unknown -> new ArrayList<>(1));
        Session session = StartEra.find(eras, record);
        if (session == null) {
            session = begin(eras, record);
        } else if (isRepeat(session, record)) {
            return false;
        }
        boolean late = record.happenedAt().isBefore(session.lastHeardAt);
        session.hear(record, session == eras.getLast());
        if (record.tellsOfAddresses() && !(late && session.addressesHash != 0)) {
            holds(session, record);
        }
        endWithItsNas(session);
        endBeforeItsSuccessor(session, eras);
        stored++;
        return true;
    }

    /** Every session that changed, in the order of the keys. */
    List<Session> changed() {
        List<Session> changed = new ArrayList<>();
        known.values()
                .forEach(eras -> eras.stream().filter(Session::hasAdvanced).forEach(changed::add));
        changed.sort(Comparator.comparing((Session session) -> session.key).thenComparingInt(session -> session.era));
        return changed;
    }

    /** How many records were told for the first time. */
    int stored() {
        return stored;
    }

    private Session begin(List<Session> eras, AccountingRecord record) {
        int era = 0;
        for (Session earlier : eras) {
            era = Math.max(era, earlier.era + 1);
        }
        Session session = new Session(ids.getAsLong(), era, record);
        for (Session earlier : eras) {
            if (earlier.isLive() && earlier.startedAt.isBefore(session.startedAt)) {
                earlier.presumeEnded(session.startedAt, TerminateCause.REPLACED);
            }
        }
        eras.add(session);
        eras.sort(OLDEST_FIRST);
        return session;
    }

    private boolean isRepeat(Session session, AccountingRecord record) {
        if (record.kind() == AccountingRecord.Kind.START) {
            return session.startSeen;
        }
        ToldBefore tale = ToldBefore.by(record);
        for (AccountingRecord told : session.told()) {
            if (ToldBefore.by(told).isRepeatedBy(tale)) {
                return true;
            }
        }
        return session.mayHold(record) && history.told(session).stream().anyMatch(told -> told.isRepeatedBy(tale));
    }

    private void holds(Session session, AccountingRecord record) {
        boolean first = session.addressesHash == 0;
        List<AddressSpan> held = null;
        Set<HeldAddress> named = Addresses.canonical(record.addresses());
        if (!record.releases() && Addresses.hash(named) == session.addressesHash) {
            return; // what nearly every record says, so that nothing is looked up for it
        }
        if (record.released() != null) {
            held = first ? List.of() : heldNow(session);
            named.addAll(Addresses.staying(held, record));
        }
        long hash = Addresses.hash(named);
        if (hash == session.addressesHash) {
            return;
        }
        Instant at = Storable.time(record.happenedAt());
        if (held == null) {
            held = first ? List.of() : heldNow(session);
        }
        session.changeAddresses(Addresses.change(held, named, first ? session.startedAt : at, at), hash);
    }

    private List<AddressSpan> heldNow(Session session) {
        List<AddressSpan> held = new ArrayList<>();
        if (!session.isNew()) {
            held.addAll(history.held(session));
        }
        for (AddressSpan change : session.addressChanges()) {
            if (!change.stored) {
                held.add(change);
            }
        }
        held.removeIf(span -> span.until != null);
        return held;
    }

    private void endWithItsNas(Session session) {
        Instant restart = restarts.get(session.key.nas());
        if (restart != null && session.isLive() && session.lastHeardAt.isBefore(restart)) {
            session.presumeEnded(restart, TerminateCause.NAS_RESTART);
        }
    }

    /** A late record may make, or tell of, a session whose key has been used again since. */
    private static void endBeforeItsSuccessor(Session session, List<Session> eras) {
        int next = eras.indexOf(session) + 1;
        if (next < eras.size() && session.isLive()) {
            session.presumeEnded(eras.get(next).startedAt, TerminateCause.REPLACED);
        }
    }
}
