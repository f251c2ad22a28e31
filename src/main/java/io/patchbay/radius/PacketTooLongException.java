package io.patchbay.radius;

/** An attribute does not fit: its value is longer than an attribute holds, or the packet would exceed 4096 bytes. */
public final class PacketTooLongException extends RuntimeException {
    public PacketTooLongException(int type, int length, int end) {
        super("attribute " + type + " with " + length + " bytes does not fit behind byte " + end + " of the packet");
    }
}
