package io.patchbay.session;

import java.util.List;

/** Acct-Terminate-Cause by name (RFC 2866 section 5.10; 19 to 22 RFC 3580 section 2.2), and the causes of presumed ends. */
final class TerminateCause {
    /** The NAS said Accounting-On or -Off. */
    static final String NAS_RESTART = "nas-restart";
    /** Not heard of for too long. */
    static final String SILENT = "silent";
    /** A later session stands in its place. */
    static final String REPLACED = "replaced";

    /** The NAS answered a CoA- or Disconnect-Request that it has no such session; written by {@code converge.nas}. */
    static final String UNKNOWN_TO_NAS = "unknown-to-nas";

    private static final List<String> NAMES = List.of(
            "unknown",
            "user-request",
            "lost-carrier",
            "lost-service",
            "idle-timeout",
            "session-timeout",
            "admin-reset",
            "admin-reboot",
            "port-error",
            "nas-error",
            "nas-request",
            "nas-reboot",
            "port-unneeded",
            "port-preempted",
            "port-suspended",
            "service-unavailable",
            "callback",
            "user-error",
            "host-request",
            "supplicant-restart",
            "reauthentication-failure",
            "port-reinitialized",
            "port-administratively-disabled");

    private TerminateCause() {}

    /** @param value of the attribute, 0 when there is none; one without a name is told as its number */
    static String name(int value) {
        return value >= 0 && value < NAMES.size() ? NAMES.get(value) : Integer.toUnsignedString(value);
    }
}
