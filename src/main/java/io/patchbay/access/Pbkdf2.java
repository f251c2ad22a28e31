package io.patchbay.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2), stored as {@code iterations:base64 salt:base64 hash}. */
final class Pbkdf2 {
    private Pbkdf2() {}

    /** Compares in constant time; a stored text of another form matches nothing. */
    static boolean matches(String stored, byte[] password) {
        String[] parts = stored.replace("{pbkdf2-sha256}", "").split(":");
        if (parts.length != 3) {
            return false;
        }
        try {
            byte[] salt = Base64.getDecoder().decode(parts[1]);
            byte[] expected = Base64.getDecoder().decode(parts[2]);
            char[] characters = new String(password, StandardCharsets.UTF_8).toCharArray();
            PBEKeySpec spec = new PBEKeySpec(characters, salt, Integer.parseInt(parts[0]), expected.length * 8);
            byte[] actual = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            return MessageDigest.isEqual(expected, actual);
        } catch (GeneralSecurityException | IllegalArgumentException notAHash) {
            return false;
        }
    }
}
