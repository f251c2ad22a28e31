package io.patchbay.radius.netty;

/**
 * The signed packet to send: the only body that leaves the hub.
 *
 * @param bytes exactly the packet; not changed afterwards
 */
public record RadiusReply(byte[] bytes) {}
