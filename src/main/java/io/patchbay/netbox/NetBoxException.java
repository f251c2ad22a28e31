package io.patchbay.netbox;

/** NetBox did not do what somebody could not go on without; the message says why. */
public final class NetBoxException extends RuntimeException {
    public NetBoxException(String reason) {
        super(reason);
    }
}
