package io.patchbay.access;

/** Hears which of a client's secrets proved a packet, so that an operator knows when a rotation is through. */
public interface SecretUse {
    /** Never blocks; called for every signed request. */
    void used(long secretId);
}
