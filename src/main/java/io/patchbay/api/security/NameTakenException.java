package io.patchbay.api.security;

/** A token of this name exists already. */
public final class NameTakenException extends RuntimeException {
    NameTakenException(String name) {
        super("A token named '" + name + "' exists already; revoke it first, or choose another name.");
    }
}
