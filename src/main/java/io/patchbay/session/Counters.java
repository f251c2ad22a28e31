package io.patchbay.session;

/** Folds counters: none is ever lowered, whatever the order in which records come. */
final class Counters {
    static final Traffic ZERO = new Traffic(0, 0, 0, 0, -1, -1, -1, -1);

    private Counters() {}

    /** @param told null when the record has no counters */
    static Traffic max(Traffic known, Traffic told) {
        if (told == null) {
            return known;
        }
        return new Traffic(
                Math.max(known.bytesDown(), told.bytesDown()),
                Math.max(known.bytesUp(), told.bytesUp()),
                Math.max(known.packetsDown(), told.packetsDown()),
                Math.max(known.packetsUp(), told.packetsUp()),
                Math.max(known.ipv6BytesDown(), told.ipv6BytesDown()),
                Math.max(known.ipv6BytesUp(), told.ipv6BytesUp()),
                Math.max(known.ipv6PacketsDown(), told.ipv6PacketsDown()),
                Math.max(known.ipv6PacketsUp(), told.ipv6PacketsUp()));
    }
}
