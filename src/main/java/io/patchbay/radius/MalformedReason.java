package io.patchbay.radius;

/** Why a datagram is no RADIUS packet; each is counted on its own. Nothing but structure is judged, never a value. */
public enum MalformedReason {
    /** Fewer than 20 bytes came (RFC 2865 section 3). */
    DATAGRAM_TOO_SHORT,
    /** The Length field is below 20 (RFC 2865 section 3). */
    LENGTH_TOO_SMALL,
    /** The Length field is above 4096 (RFC 2865 section 3). */
    LENGTH_TOO_LARGE,
    /** The Length field promises more bytes than came (RFC 2865 section 3). */
    LENGTH_BEYOND_DATAGRAM,
    /** One byte is left, which cannot be an attribute (RFC 2865 section 5). */
    ATTRIBUTE_WITHOUT_LENGTH,
    /** An attribute's length is 0 or 1 (RFC 2865 section 5). */
    ATTRIBUTE_LENGTH_TOO_SMALL,
    /** An attribute ends behind the packet (RFC 2865 section 5). */
    ATTRIBUTE_BEYOND_PACKET,
    /** A Message-Authenticator is not 18 bytes long (RFC 3579 section 3.2). */
    MESSAGE_AUTHENTICATOR_LENGTH,
    /** A second Message-Authenticator (RFC 3579 section 3.2). */
    MESSAGE_AUTHENTICATOR_TWICE
}
