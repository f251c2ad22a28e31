package io.patchbay.radius;

/** Receives attributes in the order of the packet. */
@FunctionalInterface
public interface AttributeVisitor {
    /**
     * @param type 0 to 255
     * @param offset of the value in {@link RadiusPacket#bytes()}
     * @param length of the value, 0 to 253
     */
    void attribute(int type, int offset, int length);
}
