package io.patchbay.ledger;

/** Whether an Access-Request without Message-Authenticator is believed (CVE-2024-3596, "BlastRADIUS"). */
public enum MessageAuthenticatorMode {
    REQUIRE,
    /** Required from a source address as soon as that address has sent one in a non-EAP Access-Request. */
    AUTO,
    OFF
}
