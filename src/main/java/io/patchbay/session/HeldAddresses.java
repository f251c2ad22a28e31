package io.patchbay.session;

import io.patchbay.radius.RadiusPacket;
import io.patchbay.session.HeldAddress.Kind;
import io.patchbay.wire.IpPrefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses and prefixes that a record says its subscriber holds: RFC 2865 section 5.8, RFC 3162 section 2.3, RFC 4818
 * section 3, RFC 6911 section 3.1, RFC 8045, and what vendors had before these. An address of zeros, or the ones by which a NAS
 * asks for an address or leaves the choice to the subscriber, is none.
 *
 * @param addresses null when the record says nothing of addresses
 * @param released null when the port blocks among {@code addresses} are all that are held; see {@link AccountingRecord}
 */
record HeldAddresses(List<HeldAddress> addresses, List<HeldAddress> released) {
    private static final int FRAMED_IP_ADDRESS = 8;
    private static final int FRAMED_IPV6_PREFIX = 97;
    private static final int DELEGATED_IPV6_PREFIX = 123;
    private static final int FRAMED_IPV6_ADDRESS = 168;

    private static final long NEGOTIATED_BY_THE_USER = 0xffffffffL;
    private static final long SELECTED_BY_THE_NAS = 0xfffffffeL;

    static HeldAddresses of(RadiusPacket packet, VendorValues vendor) {
        PortBlocks blocks = PortBlocks.of(packet, vendor);
        List<HeldAddress> held = null;
        long ipv4 = packet.integer(FRAMED_IP_ADDRESS, -1);
        if (ipv4 >= 0) {
            held = new ArrayList<>(4);
            if (ipv4 != 0 && ipv4 != NEGOTIATED_BY_THE_USER && ipv4 != SELECTED_BY_THE_NAS) {
                held.add(HeldAddress.whole(Kind.IPV4_ADDRESS, new IpPrefix(false, 0, ipv4, 32)));
            }
        }
        held = prefixes(held, Kind.IPV6_PREFIX, packet.values(FRAMED_IPV6_PREFIX));
        held = prefixes(held, Kind.IPV6_PREFIX, vendor.linkPrefixes());
        for (byte[] address : packet.values(FRAMED_IPV6_ADDRESS)) {
            if (address.length == 16) {
                held = with(held, Kind.IPV6_ADDRESS, IpPrefix.of(address, 128));
            }
        }
        for (IpPrefix address : vendor.ipv6Addresses()) {
            held = with(held, Kind.IPV6_ADDRESS, address);
        }
        held = prefixes(held, Kind.IPV6_DELEGATED_PREFIX, packet.values(DELEGATED_IPV6_PREFIX));
        if (!blocks.areTold()) {
            return new HeldAddresses(held, List.of());
        }
        held = held == null ? new ArrayList<>(4) : held;
        held.addAll(blocks.held());
        return new HeldAddresses(held, blocks.released());
    }

    private static List<HeldAddress> prefixes(List<HeldAddress> held, Kind kind, List<byte[]> values) {
        List<HeldAddress> longer = held;
        for (byte[] value : values) {
            IpPrefix prefix = prefix(value);
            if (prefix != null) {
                longer = with(longer, kind, prefix);
            }
        }
        return longer;
    }

    /** Reserved byte, length, and as many bytes of the prefix as the length needs, or more (RFC 3162 section 2.3). */
    private static IpPrefix prefix(byte[] value) {
        if (value.length < 2 || value.length > 18) {
            return null;
        }
        int length = value[1] & 0xff;
        if (length > 128 || (length + 7) / 8 > value.length - 2) {
            return null;
        }
        byte[] address = Arrays.copyOfRange(value, 2, 18);
        for (int bit = length; bit < 128; bit++) {
            address[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        }
        return IpPrefix.of(address, length);
    }

    /** Each once, and none of zeros; the list is there even then, for something was said. */
    private static List<HeldAddress> with(List<HeldAddress> held, Kind kind, IpPrefix prefix) {
        List<HeldAddress> longer = held == null ? new ArrayList<>(4) : held;
        HeldAddress address = HeldAddress.whole(kind, prefix);
        if ((prefix.high() != 0 || prefix.low() != 0) && !longer.contains(address)) {
            longer.add(address);
        }
        return longer;
    }
}
