package io.patchbay.radius;

/** Receives vendor attributes in the order of the packet. */
@FunctionalInterface
public interface VendorVisitor {
    /**
     * @param vendorId SMI enterprise number
     * @param type 0 to 255
     * @param offset of the value in {@link RadiusPacket#bytes()}
     * @param length of the value, 0 to 247
     */
    void attribute(int vendorId, int type, int offset, int length);
}
