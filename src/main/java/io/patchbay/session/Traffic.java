package io.patchbay.session;

/**
 * Counters of a session so far, 64 bits each with the gigawords folded in (RFC 2869 sections 5.1 and 5.2). Down is towards the
 * subscriber: what a NAS calls output.
 *
 * @param ipv6BytesDown of the above, or beside it, as the vendor counts; -1 when the NAS does not tell, likewise the three
 *     others of IPv6
 */
public record Traffic(
        long bytesDown,
        long bytesUp,
        long packetsDown,
        long packetsUp,
        long ipv6BytesDown,
        long ipv6BytesUp,
        long ipv6PacketsDown,
        long ipv6PacketsUp) {}
