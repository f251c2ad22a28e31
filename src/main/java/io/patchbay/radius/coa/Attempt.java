package io.patchbay.radius.coa;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;

/**
 * One datagram that was sent.
 *
 * @param number from 1
 * @param roundTrip until the answer; null when none came. Repeats are the same datagram, so that an answer cannot say which
 *     one it answers: it is counted for the last one
 */
public record Attempt(int number, Instant sentAt, InetSocketAddress to, Duration roundTrip) {
    Attempt answeredAfter(Duration time) {
        return new Attempt(number, sentAt, to, time);
    }
}
