package io.patchbay.session;

import io.patchbay.radius.RadiusPacket;
import io.patchbay.wire.IpPrefix;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What vendors say beyond the standard, gathered in one pass over the packet: counters of IPv6 traffic, which several vendors
 * lay out the same way under numbers of their own; addresses; the port blocks of a CGNAT.
 */
final class VendorValues {
    private static final int NOKIA = 6527;
    private static final int NOKIA_IPV6_ADDRESS = 99;
    private static final int NOKIA_NAT_PORT_RANGE = 121;

    private static final int HUAWEI = 2011;
    private static final int HUAWEI_FRAMED_IPV6_ADDRESS = 158;
    private static final int HUAWEI_NAT_PUBLIC_ADDRESS = 161;
    private static final int HUAWEI_NAT_START_PORT = 162;
    private static final int HUAWEI_NAT_END_PORT = 163;
    private static final int HUAWEI_NAT_PORT_RANGE_UPDATE = 165;

    private static final int ERX = 4874;
    private static final int ERX_IPV6_NDRA_PREFIX = 129;

    private static final int REDBACK = 2352;

    /** Bytes, packets, gigawords, the input of each before its output: ERX, Huawei, RedBack. */
    private static final int[] BYTES_PACKETS_GIGAWORDS = {
        TrafficReader.INPUT_BYTES,
        TrafficReader.OUTPUT_BYTES,
        TrafficReader.INPUT_PACKETS,
        TrafficReader.OUTPUT_PACKETS,
        TrafficReader.INPUT_GIGAWORDS,
        TrafficReader.OUTPUT_GIGAWORDS
    };
    /** Packets, bytes, gigawords of the input before those of the output: Nokia. */
    private static final int[] PACKETS_BYTES_GIGAWORDS = {
        TrafficReader.INPUT_PACKETS,
        TrafficReader.INPUT_BYTES,
        TrafficReader.INPUT_GIGAWORDS,
        TrafficReader.OUTPUT_PACKETS,
        TrafficReader.OUTPUT_BYTES,
        TrafficReader.OUTPUT_GIGAWORDS
    };

    private static final VendorValues NONE = new VendorValues(new byte[0]);

    private final byte[] packet;
    /** By place, as {@link TrafficReader} names them; -1 where there is none. Null when there is none at all. */
    private long[] counters;

    private List<IpPrefix> ipv6Addresses = List.of();
    private List<byte[]> linkPrefixes = List.of();
    private List<String> nokiaPortRanges = List.of();
    private List<IpPrefix> huaweiPublicAddresses = List.of();
    private List<Long> huaweiFirstPorts = List.of();
    private List<Long> huaweiLastPorts = List.of();
    private long huaweiPortUpdate = -1;

    private VendorValues(byte[] packet) {
        this.packet = packet;
    }

    static VendorValues of(RadiusPacket packet) {
        if (!packet.has(26)) {
            return NONE;
        }
        VendorValues values = new VendorValues(packet.bytes());
        packet.forEachVendor(values::attribute);
        return values;
    }

    private void attribute(int vendor, int type, int offset, int length) {
        switch (vendor) {
            case ERX -> {
                counter(type - 151, BYTES_PACKETS_GIGAWORDS, offset, length);
                if (type == ERX_IPV6_NDRA_PREFIX) {
                    linkPrefixes = with(linkPrefixes, Arrays.copyOfRange(packet, offset, offset + length));
                }
            }
            case HUAWEI -> huawei(type, offset, length);
            case NOKIA -> {
                counter(type - 194, PACKETS_BYTES_GIGAWORDS, offset, length);
                if (type == NOKIA_IPV6_ADDRESS) {
                    ipv6Address(offset, length);
                } else if (type == NOKIA_NAT_PORT_RANGE) {
                    nokiaPortRanges =
                            with(nokiaPortRanges, new String(packet, offset, length, StandardCharsets.US_ASCII));
                }
            }
            case REDBACK -> counter(type - 220, BYTES_PACKETS_GIGAWORDS, offset, length);
            default -> {
                // Nothing that is read here.
            }
        }
    }

    private void huawei(int type, int offset, int length) {
        counter(type - 144, BYTES_PACKETS_GIGAWORDS, offset, length);
        switch (type) {
            case HUAWEI_FRAMED_IPV6_ADDRESS -> ipv6Address(offset, length);
            case HUAWEI_NAT_PUBLIC_ADDRESS -> {
                if (length == 4) {
                    byte[] address = Arrays.copyOfRange(packet, offset, offset + length);
                    huaweiPublicAddresses = with(huaweiPublicAddresses, IpPrefix.of(address, 32));
                }
            }
            case HUAWEI_NAT_START_PORT -> huaweiFirstPorts = with(huaweiFirstPorts, integer(offset, length));
            case HUAWEI_NAT_END_PORT -> huaweiLastPorts = with(huaweiLastPorts, integer(offset, length));
            case HUAWEI_NAT_PORT_RANGE_UPDATE -> huaweiPortUpdate = integer(offset, length);
            default -> {
                // A counter, or nothing that is read here.
            }
        }
    }

    private void counter(int index, int[] places, int offset, int length) {
        if (index < 0 || index >= places.length || length != 4) {
            return;
        }
        if (counters == null) {
            counters = new long[TrafficReader.PLACES];
            Arrays.fill(counters, -1);
        }
        counters[places[index]] = integer(offset, length);
    }

    private void ipv6Address(int offset, int length) {
        if (length == 16) {
            ipv6Addresses = with(ipv6Addresses, IpPrefix.of(Arrays.copyOfRange(packet, offset, offset + length), 128));
        }
    }

    /** -1 when these are no four bytes. */
    private long integer(int offset, int length) {
        return length != 4
                ? -1
                : (packet[offset] & 0xffL) << 24
                        | (packet[offset + 1] & 0xff) << 16
                        | (packet[offset + 2] & 0xff) << 8
                        | packet[offset + 3] & 0xff;
    }

    private static <T> List<T> with(List<T> list, T value) {
        List<T> longer = list.isEmpty() ? new ArrayList<>(2) : list;
        longer.add(value);
        return longer;
    }

    /** -1 when the vendor does not tell. */
    long ipv6Counter(int place) {
        return counters == null ? -1 : counters[place];
    }

    List<IpPrefix> ipv6Addresses() {
        return ipv6Addresses;
    }

    /** As RFC 3162 section 2.3 writes prefixes. */
    List<byte[]> linkPrefixes() {
        return linkPrefixes;
    }

    /** {@code 192.0.2.1 1024-1055,2048-2079 router base}, all that the subscriber holds. */
    List<String> nokiaPortRanges() {
        return nokiaPortRanges;
    }

    List<IpPrefix> huaweiPublicAddresses() {
        return huaweiPublicAddresses;
    }

    /** -1 where one is damaged; the block's last port has the same index in {@link #huaweiLastPorts}. */
    List<Long> huaweiFirstPorts() {
        return huaweiFirstPorts;
    }

    List<Long> huaweiLastPorts() {
        return huaweiLastPorts;
    }

    /** 0 when the blocks were added, 1 when they were taken away, 3 when they replace others; -1 when it is not said. */
    long huaweiPortUpdate() {
        return huaweiPortUpdate;
    }
}
