package io.patchbay.request;

import io.patchbay.ledger.NasClient;
import io.patchbay.line.LineTemplates;
import io.patchbay.line.MacAddress;
import io.patchbay.line.ReportedLine;
import io.patchbay.line.VlanTags;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a request says of its line, wherever its vendor puts it: ADSL-Forum Agent-Circuit-Id and Agent-Remote-Id
 * (RFC 4679 sections 3.3.1 and 3.3.2), RedBack 97 and 96, Cisco AVPairs, ERX Dhcp-Option-82, NAS-Port-Id (RFC 2869
 * section 5.17), NAS-Port and Calling-Station-Id (RFC 2865 sections 5.5 and 5.31). The first that is present wins.
 */
public final class LineAttributes {
    private static final int NAS_PORT = 5;
    private static final int CALLING_STATION_ID = 31;
    private static final int NAS_PORT_ID = 87;

    private static final int ADSL_FORUM = 3561;
    private static final int ADSL_CIRCUIT_ID = 1;
    private static final int ADSL_REMOTE_ID = 2;

    private static final int REDBACK = 2352;
    private static final int REDBACK_REMOTE_ID = 96;
    private static final int REDBACK_CIRCUIT_ID = 97;

    private static final int CISCO = 9;
    private static final int CISCO_AVPAIR = 1;
    private static final byte[] CISCO_CIRCUIT_ID = "circuit-id-tag=".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CISCO_REMOTE_ID = "remote-id-tag=".getBytes(StandardCharsets.US_ASCII);

    private static final int ERX = 4874;
    private static final int ERX_DHCP_OPTION_82 = 159;
    private static final int OPTION_82_CIRCUIT_ID = 1;
    private static final int OPTION_82_REMOTE_ID = 2;

    private final LineTemplates templates;

    public LineAttributes(LineTemplates templates) {
        this.templates = templates;
    }

    /** Its identifiers alone, for whom NAS-Port and VLAN tags do not concern. */
    public static ReportedLine identifiers(RadiusPacket packet) {
        return new ReportedLine(
                circuitId(packet), remoteId(packet), packet.octets(NAS_PORT_ID), mac(packet), -1, VlanTags.NONE);
    }

    public ReportedLine read(RadiusPacket packet, NasClient nas) {
        Octets circuitId = circuitId(packet);
        Octets nasPortId = packet.octets(NAS_PORT_ID);
        long nasPort = packet.integer(NAS_PORT, -1);
        VlanTags vlans = nas.portTemplate() == null
                ? VlanTags.NONE
                : templates.vlans(nas.portTemplate(), nasPortId, nasPort, nas.option82Trusted() ? circuitId : null);
        return new ReportedLine(circuitId, remoteId(packet), nasPortId, mac(packet), nasPort, vlans);
    }

    private static Octets circuitId(RadiusPacket packet) {
        return firstPresent(
                packet.vendor(ADSL_FORUM, ADSL_CIRCUIT_ID),
                packet,
                REDBACK_CIRCUIT_ID,
                CISCO_CIRCUIT_ID,
                OPTION_82_CIRCUIT_ID);
    }

    private static Octets remoteId(RadiusPacket packet) {
        return firstPresent(
                packet.vendor(ADSL_FORUM, ADSL_REMOTE_ID),
                packet,
                REDBACK_REMOTE_ID,
                CISCO_REMOTE_ID,
                OPTION_82_REMOTE_ID);
    }

    private static Octets firstPresent(
            byte[] adslForum, RadiusPacket packet, int redbackType, byte[] ciscoPrefix, int option82Type) {
        byte[] value = adslForum;
        if (isEmpty(value)) {
            value = packet.vendor(REDBACK, redbackType);
        }
        if (isEmpty(value)) {
            value = ciscoPair(packet, ciscoPrefix);
        }
        if (isEmpty(value)) {
            value = option82(packet.vendor(ERX, ERX_DHCP_OPTION_82), option82Type);
        }
        return isEmpty(value) ? null : Octets.of(value);
    }

    private static boolean isEmpty(byte[] value) {
        return value == null || value.length == 0;
    }

    private static byte[] ciscoPair(RadiusPacket packet, byte[] prefix) {
        for (byte[] pair : packet.vendorValues(CISCO, CISCO_AVPAIR)) {
            if (pair.length > prefix.length && Arrays.equals(pair, 0, prefix.length, prefix, 0, prefix.length)) {
                return Arrays.copyOfRange(pair, prefix.length, pair.length);
            }
        }
        return null;
    }

    /** Sub-option {@code type} of a Relay Agent Information option's content (RFC 3046 section 2.0); null when none. */
    private static byte[] option82(byte[] content, int type) {
        int at = 0;
        while (content != null && at + 2 <= content.length) {
            int length = content[at + 1] & 0xff;
            if (at + 2 + length > content.length) {
                return null;
            }
            if ((content[at] & 0xff) == type) {
                return Arrays.copyOfRange(content, at + 2, at + 2 + length);
            }
            at += 2 + length;
        }
        return null;
    }

    private static Octets mac(RadiusPacket packet) {
        String station = packet.text(CALLING_STATION_ID);
        return station == null ? null : MacAddress.parse(station);
    }
}
