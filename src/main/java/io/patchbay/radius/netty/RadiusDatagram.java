package io.patchbay.radius.netty;

import io.patchbay.radius.RadiusPacket;
import java.net.InetSocketAddress;

/**
 * A packet that came in.
 *
 * @param recipient the local address it came in at
 * @param receivedNanos {@code System.nanoTime()} when it was decoded
 */
public record RadiusDatagram(
        RadiusPacket packet, InetSocketAddress sender, InetSocketAddress recipient, long receivedNanos) {}
