package io.patchbay.session;

import io.patchbay.radius.RadiusPacket;

/**
 * Counters as a NAS sends them: 32 bits, and how often these have wrapped in an attribute beside them. What a NAS calls output
 * goes down to the subscriber.
 */
final class TrafficReader {
    /** Places of a vendor's counters. */
    static final int INPUT_BYTES = 0;

    static final int OUTPUT_BYTES = 1;
    static final int INPUT_PACKETS = 2;
    static final int OUTPUT_PACKETS = 3;
    static final int INPUT_GIGAWORDS = 4;
    static final int OUTPUT_GIGAWORDS = 5;
    static final int PLACES = 6;

    private static final int ACCT_INPUT_OCTETS = 42;
    private static final int ACCT_OUTPUT_OCTETS = 43;
    private static final int ACCT_INPUT_PACKETS = 47;
    private static final int ACCT_OUTPUT_PACKETS = 48;
    private static final int ACCT_INPUT_GIGAWORDS = 52;
    private static final int ACCT_OUTPUT_GIGAWORDS = 53;

    private TrafficReader() {}

    /** Null when there is no counter at all. */
    static Traffic read(RadiusPacket packet, VendorValues vendor) {
        long up = folded(packet.integer(ACCT_INPUT_OCTETS, -1), packet.integer(ACCT_INPUT_GIGAWORDS, -1));
        long down = folded(packet.integer(ACCT_OUTPUT_OCTETS, -1), packet.integer(ACCT_OUTPUT_GIGAWORDS, -1));
        long packetsUp = packet.integer(ACCT_INPUT_PACKETS, -1);
        long packetsDown = packet.integer(ACCT_OUTPUT_PACKETS, -1);
        long ipv6Up = folded(vendor.ipv6Counter(INPUT_BYTES), vendor.ipv6Counter(INPUT_GIGAWORDS));
        long ipv6Down = folded(vendor.ipv6Counter(OUTPUT_BYTES), vendor.ipv6Counter(OUTPUT_GIGAWORDS));
        long ipv6PacketsUp = vendor.ipv6Counter(INPUT_PACKETS);
        long ipv6PacketsDown = vendor.ipv6Counter(OUTPUT_PACKETS);
        // Each is -1, all bits set, or not negative: together they are -1 only when every one is.
        if ((up & down & packetsUp & packetsDown & ipv6Up & ipv6Down & ipv6PacketsUp & ipv6PacketsDown) == -1) {
            return null;
        }
        return new Traffic(
                Math.max(down, 0),
                Math.max(up, 0),
                Math.max(packetsDown, 0),
                Math.max(packetsUp, 0),
                ipv6Down,
                ipv6Up,
                ipv6PacketsDown,
                ipv6PacketsUp);
    }

    /** RFC 2869 sections 5.1 and 5.2. Gigawords that no signed 64 bits hold are damaged, and left out. */
    private static long folded(long bytes, long gigawords) {
        if (gigawords <= 0 || gigawords > Integer.MAX_VALUE) {
            return bytes;
        }
        return gigawords << 32 | Math.max(bytes, 0);
    }
}
