package io.patchbay.session;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A session as its records tell it so far: what {@link SessionFold} folds them into. Confined to the thread that stores a
 * group.
 */
final class Session {
    final long id;
    final SessionKey key;
    final int era;
    /** The record that made it; null when it was read from the database. */
    final AccountingRecord madeBy;

    /** In which month's partition its row is; null when it is not archived. */
    LocalDate archivedOn;

    long serviceId;
    Instant startedAt;
    Instant nasStartedAt;
    boolean startSeen;
    Instant lastHeardAt;
    long sessionSeconds;
    Traffic traffic = Counters.ZERO;
    long addressesHash;
    Instant endedAt;
    String endCause;
    boolean presumed;

    /** Its greatest session time in the database: a record that tells of a greater one is not stored there yet. */
    private final long storedSeconds;
    /** Those of this group. */
    private final List<AccountingRecord> told = new ArrayList<>(1);

    private final List<AddressSpan> addressChanges = new ArrayList<>(2);
    private String rowPlace;
    private String rowWriter;
    private boolean advanced;
    private boolean revised;
    private boolean retrieved;
    /** Whom it belongs to was not known before this record. */
    private AccountingRecord identifiedBy;

    /** One that no record told of before. */
    Session(long id, int era, AccountingRecord madeBy) {
        this.id = id;
        this.era = era;
        this.madeBy = madeBy;
        this.key = SessionKey.of(madeBy);
        this.serviceId = madeBy.serviceId();
        this.startedAt = Storable.time(madeBy.startedAt());
        this.nasStartedAt = StartEra.byNasClock(madeBy);
        this.lastHeardAt = Storable.time(madeBy.happenedAt());
        this.storedSeconds = -1;
    }

    /** One from the database. */
    Session(long id, SessionKey key, int era, long storedSeconds) {
        this.id = id;
        this.key = key;
        this.era = era;
        this.madeBy = null;
        this.storedSeconds = storedSeconds;
        this.sessionSeconds = storedSeconds;
    }

    /**
     * Which version of its row was read.
     *
     * @param place ctid
     * @param writer xmin: the transaction that wrote it
     */
    void rowVersion(String place, String writer) {
        this.rowPlace = place;
        this.rowWriter = writer;
    }

    String rowPlace() {
        return rowPlace;
    }

    String rowWriter() {
        return rowWriter;
    }

    boolean isNew() {
        return madeBy != null;
    }

    boolean isLive() {
        return endedAt == null;
    }

    /** A Stop was heard. */
    boolean isFinal() {
        return endedAt != null && !presumed;
    }

    /** Whether the database may hold this record already, so that its records must be looked at. */
    boolean mayHold(AccountingRecord record) {
        return !isNew()
                && record.kind() != AccountingRecord.Kind.START
                && (record.sessionTime() == null || record.sessionTime().toSeconds() <= storedSeconds);
    }

    /** The records of this group that told of it. */
    List<AccountingRecord> told() {
        return told;
    }

    /** What the group changed of its addresses. */
    List<AddressSpan> addressChanges() {
        return addressChanges;
    }

    /**
     * Takes in a record that was not heard before.
     *
     * @param newest whether no later era of its key is known: only then does an Interim reopen it
     */
    void hear(AccountingRecord record, boolean newest) {
        Instant at = Storable.time(record.happenedAt());
        told.add(record);
        advanced = true;
        identify(record);
        boolean first = told.size() == 1 && isNew();
        if (record.kind() == AccountingRecord.Kind.START && !startSeen) {
            startSeen = true;
            startedAt = Storable.time(record.startedAt());
            nasStartedAt = StartEra.byNasClock(record);
            revised = true;
        }
        if (at.isAfter(lastHeardAt)) {
            lastHeardAt = at;
        }
        if (record.sessionTime() != null) {
            sessionSeconds = Math.max(sessionSeconds, record.sessionTime().toSeconds());
        }
        traffic = first && record.traffic() != null ? record.traffic() : Counters.max(traffic, record.traffic());
        if (record.kind() == AccountingRecord.Kind.STOP) {
            stop(at, record.terminateCause());
        } else if (presumed && newest && at.isAfter(endedAt)) {
            reopen();
        }
    }

    private void identify(AccountingRecord record) {
        if (serviceId == 0 && record.serviceId() != 0) {
            serviceId = record.serviceId();
            identifiedBy = record;
            revised = true;
        }
    }

    /** Final; of several Stops the latest counts. */
    private void stop(Instant at, int terminateCause) {
        if (!isFinal() || at.isAfter(endedAt)) {
            endedAt = at;
            endCause = TerminateCause.name(terminateCause);
            presumed = false;
        }
    }

    private void reopen() {
        endedAt = null;
        endCause = null;
        presumed = false;
        if (archivedOn != null) {
            archivedOn = null;
            retrieved = true;
            revised = true;
        }
    }

    /** Nobody said Stop; a newer record opens it again. */
    void presumeEnded(Instant at, String cause) {
        endedAt = at.isBefore(lastHeardAt) ? lastHeardAt : at;
        endCause = cause;
        presumed = true;
        advanced = true;
    }

    void changeAddresses(List<AddressSpan> changes, long hash) {
        for (AddressSpan change : changes) {
            // One that this group opened is among them already when it closes.
            if (!addressChanges.contains(change)) {
                addressChanges.add(change);
            }
        }
        addressesHash = hash;
        advanced = true;
    }

    /** Whether its row must be written: counters, times, the end. */
    boolean hasAdvanced() {
        return advanced;
    }

    /** Whether what seldom changes did: its start, whom it belongs to, the partition it is in. */
    boolean isRevised() {
        return revised;
    }

    /** Whether it goes back from its month's partition to those that live. */
    boolean isRetrieved() {
        return retrieved;
    }

    /** null when it was known before whom it belongs to. */
    AccountingRecord identifiedBy() {
        return identifiedBy;
    }
}
