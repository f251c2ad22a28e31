package io.patchbay.netbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the hub shows to NetBox. Its shape tells its version: {@code nbt_<key>.<token>} is 2 (NetBox 4.5), anything else 1. */
final class NetBoxToken {
    private static final String VERSION_TWO = "nbt_";

    private final String text;

    private NetBoxToken(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException with a sentence that does not repeat the token */
    static NetBoxToken of(String token, Path file) {
        boolean given = token != null && !token.isBlank();
        if (given == (file != null)) {
            throw new IllegalArgumentException(
                    "NetBox needs one of patchbay.netbox.token and patchbay.netbox.token-file; "
                            + (given ? "both are set." : "neither is set."));
        }
        String text = (given ? token : read(file)).strip();
        if (!text.matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException(
                    "The token of NetBox (patchbay.netbox.token or -file) must be one word.");
        }
        if (text.startsWith(VERSION_TWO) && text.indexOf('.') < 0) {
            throw new IllegalArgumentException(
                    "The token of NetBox begins with nbt_ but has no dot: give it whole, nbt_<key>.<token>.");
        }
        return new NetBoxToken(text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "patchbay.netbox.token-file is " + file + ", which cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** For the header {@code Authorization}. */
    String authorization() {
        return (text.startsWith(VERSION_TWO) ? "Bearer " : "Token ") + text;
    }

    @Override
    public String toString() {
        return "NetBoxToken";
    }
}
