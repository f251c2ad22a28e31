package io.patchbay.access;

import java.net.InetAddress;

/**
 * Which source addresses sign their Access-Requests: what the mode {@code auto} has learned. It survives a restart, since
 * otherwise an attacker would only have to wait for one.
 */
public interface SignedSources {
    boolean hasSigned(InetAddress source);

    /** Never blocks; called for every signed request. */
    void learn(InetAddress source);
}
