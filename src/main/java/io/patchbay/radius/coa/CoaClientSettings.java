package io.patchbay.radius.coa;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * @param local address of the sockets; its port is not looked at, each takes a free one
 * @param sockets how many, 1 to 64: each has 256 identifiers for each NAS
 * @param waitingPerNas how many requests wait for an identifier of one NAS, at least 1; more are unsendable
 * @param waits how long an answer is waited for after each datagram, so also how many there are, at least one
 * @param jitter by which part of itself a wait is longer or shorter, 0 to 0.5
 */
public record CoaClientSettings(
        InetSocketAddress local, int sockets, int waitingPerNas, List<Duration> waits, double jitter) {
    public CoaClientSettings {
        waits = List.copyOf(waits);
        require(sockets >= 1 && sockets <= 64, "sockets is " + sockets + "; it must be 1 to 64");
        require(waitingPerNas >= 1, "waiting-per-nas is " + waitingPerNas + "; it must be at least 1");
        require(!waits.isEmpty(), "waits is empty; give at least one duration, such as 2s,4s,8s");
        require(waits.stream().allMatch(Duration::isPositive), "waits is " + waits + "; each must be longer than 0");
        require(jitter >= 0 && jitter <= 0.5, "jitter is " + jitter + "; it must be 0 to 0.5");
    }

    private static void require(boolean right, String sentence) {
        if (!right) {
            throw new IllegalArgumentException("patchbay.coa." + sentence);
        }
    }
}
