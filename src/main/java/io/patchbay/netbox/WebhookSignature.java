package io.patchbay.netbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The header {@code X-Hook-Signature} of NetBox's webhooks: HMAC-SHA512 of the raw body, in hex (RFC 2104). */
public final class WebhookSignature {
    public static final String HEADER = "X-Hook-Signature";

    private static final String ALGORITHM = "HmacSHA512";

    private WebhookSignature() {}

    /**
     * Whether the body was signed with this secret; compared in constant time.
     *
     * @param body the bytes as they came
     * @param header 128 hexadecimal digits; null or anything else is false
     * @param secret not empty: with an empty one nothing is true
     */
    public static boolean verify(byte[] body, String header, String secret) {
        if (header == null || secret == null || secret.isEmpty()) {
            return false;
        }
        byte[] given;
        try {
            given = HexFormat.of().parseHex(header.strip());
        } catch (IllegalArgumentException notHex) {
            return false;
        }
        return MessageDigest.isEqual(mac(body, secret), given);
    }

    /** What NetBox would write into the header. */
    public static String sign(byte[] body, String secret) {
        return HexFormat.of().formatHex(mac(body, secret));
    }

    private static byte[] mac(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This JVM has no " + ALGORITHM, impossible);
        }
    }
}
