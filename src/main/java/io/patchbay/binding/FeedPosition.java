package io.patchbay.binding;

/**
 * How far the change feed has read: everything up to and with this event. Transactions are numbered before they commit, and
 * events before their transaction does, so that only what lies below the oldest transaction still running is complete.
 *
 * @param xid number of the transaction that wrote the event, 64 bits, unsigned
 * @param seq number of the event; 0 comes before the first one of the transaction
 */
public record FeedPosition(long xid, long seq) {}
