package io.patchbay.line;

import io.patchbay.wire.Octets;

/**
 * What one request says of the line it came over; nothing of it is believed before the NAS is trusted to say it.
 *
 * @param circuitId null when not reported; likewise the other identifiers
 * @param mac six bytes
 * @param nasPort NAS-Port (RFC 2865 section 5.5) as an unsigned 32-bit number, -1 when absent
 * @param vlans the tags that NAS-Port-Id, NAS-Port or circuit-id name, as the NAS's port template reads them;
 *     {@link VlanTags#NONE} when they name none
 */
public record ReportedLine(
        Octets circuitId, Octets remoteId, Octets nasPortId, Octets mac, long nasPort, VlanTags vlans) {

    public Octets identifier(IdentifierKind kind) {
        return switch (kind) {
            case CIRCUIT_ID -> circuitId;
            case REMOTE_ID -> remoteId;
            case NAS_PORT_ID -> nasPortId;
            case MAC -> mac;
        };
    }
}
