package io.patchbay.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals and opens bytes with AES-256-GCM (NIST SP 800-38D). Sealed bytes are: version 1 (1 byte), key id (4 bytes), nonce
 * (12 random bytes), ciphertext, tag (16 bytes): 33 bytes more than the plain ones. Safe for use by many threads.
 */
public final class Vault {
    /** How many bytes sealing adds. */
    public static final int OVERHEAD = 33;

    private static final byte VERSION = 1;
    private static final int NONCE_OFFSET = 5;
    private static final int NONCE_BYTES = 12;
    private static final int HEADER_BYTES = NONCE_OFFSET + NONCE_BYTES;
    private static final int TAG_BITS = 128;

    /** A cipher costs more to make than to use: a million credentials are opened at start. */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Vault::newCipher);

    private final MasterKeys keys;
    private final SecureRandom random = new SecureRandom();

    public Vault(MasterKeys keys) {
        this.keys = keys;
    }

    /**
     * Seals under the current key.
     *
     * @param plain 0 bytes to 1 MiB; longer things are sealed in numbered pieces, the number in the context
     * @param context what the bytes are and whose, such as {@code nas-secret/12}: opening needs the same
     */
    public byte[] seal(byte[] plain, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = new byte[plain.length + OVERHEAD];
        ByteBuffer.wrap(sealed).put(VERSION).putInt(keys.currentId()).put(nonce);
        try {
            Cipher cipher = CIPHER.get();
            cipher.init(Cipher.ENCRYPT_MODE, keys.key(keys.currentId()), new GCMParameterSpec(TAG_BITS, nonce));
            authenticate(cipher, sealed, context);
            cipher.doFinal(plain, 0, plain.length, sealed, HEADER_BYTES);
            return sealed;
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    /**
     * Opens what {@link #seal} made with the same context.
     *
     * @throws UnsealException with a sentence, when the key is missing or bytes or context are not those that were sealed
     */
    public byte[] open(byte[] sealed, String context) {
        if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
            throw new UnsealException("The bytes of '" + context + "' are not sealed bytes of this version.");
        }
        SecretKey key = keys.key(keyId(sealed));
        if (key == null) {
            throw new UnsealException("'" + context + "' is sealed with master key " + MasterKeys.display(keyId(sealed))
                    + ", which " + keys.source() + " does not hold.");
        }
        try {
            Cipher cipher = CIPHER.get();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, NONCE_OFFSET, NONCE_BYTES));
            authenticate(cipher, sealed, context);
            return cipher.doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
        } catch (AEADBadTagException changed) {
            throw new UnsealException(
                    "The sealed bytes of '" + context + "' were changed, or sealed for something else.");
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    /** Which key sealed these bytes; a secret whose key is not {@link MasterKeys#currentId} waits to be sealed anew. */
    public static int keyId(byte[] sealed) {
        return ByteBuffer.wrap(sealed).getInt(1);
    }

    public MasterKeys keys() {
        return keys;
    }

    private static void authenticate(Cipher cipher, byte[] sealed, String context) {
        cipher.updateAAD(sealed, 0, NONCE_OFFSET);
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }
}
