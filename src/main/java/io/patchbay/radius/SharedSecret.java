package io.patchbay.radius;

import io.patchbay.wire.Octets;

/** The secret that a client and the hub share (RFC 2865 section 3), prepared for use on every packet. */
public final class SharedSecret {
    private final byte[] bytes;

    public SharedSecret(Octets secret) {
        this.bytes = secret.toByteArray();
    }

    /** The secret itself; the caller neither keeps nor changes it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "SharedSecret";
    }
}
