package io.patchbay.lab;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What goes wrong with requests.
 *
 * @param hits which ones
 * @param kind how
 * @param time for those that delay
 */
public record NetBoxFault(Predicate<NetBoxSimulator.Request> hits, Kind kind, Duration time) {
    /** In what way. */
    public enum Kind {
        /** It answers late; the work is done at once. The client's timeout makes it a timeout after the write. */
        LATE_ANSWER,
        /** It begins late. */
        LATE_WORK,
        /** The connection ends before anything is done. */
        RESET_BEFORE,
        /** Everything is done, and the connection ends without an answer. */
        RESET_AFTER,
        /** 500 before anything is done. */
        BROKEN,
        /** 503 before anything is done. */
        UNAVAILABLE,
        /** 502 of a proxy, after everything is done. */
        BAD_GATEWAY_AFTER,
        /** The body comes one byte each time. */
        SLOW_BODY,
        /** 200 with a page of HTML. */
        HTML,
        /** To another address. */
        REDIRECT,
        /** A body that does not end before it is very long. */
        ENDLESS_BODY
    }

    public static NetBoxFault of(Kind kind, Predicate<NetBoxSimulator.Request> hits) {
        return new NetBoxFault(hits, kind, Duration.ZERO);
    }

    public static NetBoxFault of(Kind kind, Duration time, Predicate<NetBoxSimulator.Request> hits) {
        return new NetBoxFault(hits, kind, time);
    }
}
