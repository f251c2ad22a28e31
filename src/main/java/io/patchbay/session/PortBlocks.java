package io.patchbay.session;

import io.patchbay.radius.ExtendedAttributes;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.Tlvs;
import io.patchbay.session.HeldAddress.Kind;
import io.patchbay.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;

/**
 * The public addresses and ports that a CGNAT tells of: IP-Port-Range and IP-Port-Forwarding-Map (RFC 8045 sections 3.1.2 and
 * 3.1.3), Nokia's Alc-Nat-Port-Range, Huawei's NAT attributes. IP-Port-Limit-Info says how many ports, not which, and is not
 * read.
 *
 * @param held blocks that the subscriber has; all that it has when {@code released} is null, otherwise those that came
 * @param released blocks that it gave back
 */
record PortBlocks(boolean areTold, List<HeldAddress> held, List<HeldAddress> released) {
    private static final PortBlocks UNTOLD = new PortBlocks(false, List.of(), List.of());

    private static final int EXTENDED = 241;
    private static final int IP_PORT_RANGE = 6;
    private static final int IP_PORT_FORWARDING_MAP = 7;
    private static final int EXT_IPV4_ADDR = 3;
    private static final int EXT_PORT = 7;
    private static final int ALLOC = 8;
    private static final int RANGE_START = 9;
    private static final int RANGE_END = 10;
    private static final long ALLOCATED = 1;
    private static final long DEALLOCATED = 2;

    private static final long HUAWEI_ADDED = 0;
    private static final long HUAWEI_DELETED = 1;

    static PortBlocks of(RadiusPacket packet, VendorValues vendor) {
        boolean extended = packet.has(EXTENDED);
        boolean huawei = !vendor.huaweiPublicAddresses().isEmpty();
        if (!extended && !huawei && vendor.nokiaPortRanges().isEmpty()) {
            return UNTOLD;
        }
        Gathering gathering = new Gathering();
        if (extended) {
            for (byte[] range : ExtendedAttributes.values(packet, EXTENDED, IP_PORT_RANGE)) {
                gathering.standard(range, number(range, RANGE_START, 0), number(range, RANGE_END, 65535));
            }
            for (byte[] map : ExtendedAttributes.values(packet, EXTENDED, IP_PORT_FORWARDING_MAP)) {
                long port = number(map, EXT_PORT, -1);
                gathering.standard(map, port, port);
            }
        }
        vendor.nokiaPortRanges().forEach(gathering::nokia);
        if (huawei) {
            gathering.huawei(vendor);
        }
        return gathering.blocks();
    }

    /** Of two or four bytes; -1 when it has others. A range without ports is the whole address (RFC 8045 section 3.1.2). */
    private static long number(byte[] tlvs, int type, long absent) {
        byte[] value = Tlvs.value(tlvs, type);
        if (value == null) {
            return absent;
        }
        if (value.length != 2 && value.length != 4) {
            return -1;
        }
        long number = 0;
        for (byte b : value) {
            number = number << 8 | b & 0xff;
        }
        return number;
    }

    private static final class Gathering {
        private final List<HeldAddress> held = new ArrayList<>(2);
        private final List<HeldAddress> released = new ArrayList<>(0);
        private boolean told;
        private boolean changesOnly;

        void standard(byte[] tlvs, long first, long last) {
            byte[] address = Tlvs.value(tlvs, EXT_IPV4_ADDR);
            if (address == null || address.length != 4) {
                return;
            }
            long alloc = PortBlocks.number(tlvs, ALLOC, -1);
            changesOnly |= alloc == ALLOCATED || alloc == DEALLOCATED;
            add(alloc == DEALLOCATED ? released : held, IpPrefix.of(address, 32), first, last);
        }

        /** {@code 192.0.2.1 1024-1055,2048-2079 router base}. */
        void nokia(String text) {
            String[] words = text.strip().split(" +", 3);
            if (words.length < 2) {
                return;
            }
            IpPrefix address = ipv4(words[0]);
            for (String range : words[1].split(",")) {
                int dash = range.indexOf('-');
                long first = number(dash < 0 ? range : range.substring(0, dash));
                add(held, address, first, dash < 0 ? first : number(range.substring(dash + 1)));
            }
        }

        /** One public address for all blocks, or one for each. */
        void huawei(VendorValues vendor) {
            long update = vendor.huaweiPortUpdate();
            changesOnly |= update == HUAWEI_ADDED || update == HUAWEI_DELETED;
            int blocks = Math.min(
                    vendor.huaweiFirstPorts().size(), vendor.huaweiLastPorts().size());
            int addresses = vendor.huaweiPublicAddresses().size();
            for (int i = 0; i < blocks; i++) {
                add(
                        update == HUAWEI_DELETED ? released : held,
                        vendor.huaweiPublicAddresses().get(Math.min(i, addresses - 1)),
                        vendor.huaweiFirstPorts().get(i),
                        vendor.huaweiLastPorts().get(i));
            }
        }

        private void add(List<HeldAddress> blocks, IpPrefix address, long first, long last) {
            if (address.low() == 0 || first < 0 || last < first || last > 65535) {
                return;
            }
            told = true;
            HeldAddress block = new HeldAddress(Kind.PUBLIC_IPV4_PORTS, address, (int) first, (int) last);
            if (!blocks.contains(block)) {
                blocks.add(block);
            }
        }

        PortBlocks blocks() {
            return told ? new PortBlocks(true, held, changesOnly ? released : null) : UNTOLD;
        }

        /** Zeros when these are no four numbers; not by the JDK, which would ask a name server about {@code 999.1.1.1}. */
        private static IpPrefix ipv4(String text) {
            String[] parts = text.split("\\.", -1);
            long address = 0;
            for (String part : parts) {
                long number = number(part);
                if (parts.length != 4 || number < 0 || number > 255) {
                    return new IpPrefix(false, 0, 0, 32);
                }
                address = address << 8 | number;
            }
            return new IpPrefix(false, 0, address, 32);
        }

        private static long number(String digits) {
            if (digits.isEmpty() || digits.length() > 5) {
                return -1;
            }
            long number = 0;
            for (int i = 0; i < digits.length(); i++) {
                if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                    return -1;
                }
                number = number * 10 + digits.charAt(i) - '0';
            }
            return number;
        }
    }
}
