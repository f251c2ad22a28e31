package io.patchbay.converge;

import java.sql.Timestamp;

/**
 * A service that this node may work on until its lease ends.
 *
 * @param version the desired one when it was taken
 * @param attempts how often it was tried before, since its last change
 */
record Claim(long serviceId, long lane, long version, int attempts, Timestamp leasedUntil) {}
