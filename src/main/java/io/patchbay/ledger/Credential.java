package io.patchbay.ledger;

import io.patchbay.wire.Octets;

/**
 * How a subscriber proves to be one. In memory only: at rest it is sealed.
 *
 * @param scheme how {@code secret} is to be read
 * @param secret the clear-text password, or the hash as its scheme writes it
 */
public record Credential(Scheme scheme, Octets secret) {
    /** CHAP and MS-CHAPv2 need CLEARTEXT or (MS-CHAPv2 only) NT_HASH; PAP works with each. */
    public enum Scheme {
        CLEARTEXT,
        /** 16 bytes, MD4 of the UTF-16LE password (RFC 2759 section 8.3). */
        NT_HASH,
        /** {@code $2a$...}: slow on purpose. */
        BCRYPT,
        /** {@code {pbkdf2-sha256}iterations:base64 salt:base64 hash}: slow on purpose. */
        PBKDF2_SHA256
    }

    @Override
    public String toString() {
        return "Credential[" + scheme + "]";
    }
}
