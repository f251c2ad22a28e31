package io.patchbay.radius;

/** What a datagram turned out to be. */
public sealed interface Decoded {
    record Ok(RadiusPacket packet) implements Decoded {}

    /** @param offset of the offending byte, counted from the datagram's first */
    record Malformed(MalformedReason reason, int offset) implements Decoded {}
}
