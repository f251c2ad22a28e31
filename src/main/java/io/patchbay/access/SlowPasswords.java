package io.patchbay.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.binding.PasswordProof.Outcome;
import io.patchbay.ledger.Credential;
import io.patchbay.wire.Octets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Passwords that are stored as slow hashes. Verifying one takes tens of milliseconds, so it happens once, away from the
 * event loop; afterwards a keyed digest of password and hash, under a key that only this process knows, answers at once.
 * 50,000 log-ins after a power cut are then as fast as with clear text.
 */
final class SlowPasswords {
    private static final long REMEMBERED = 1_000_000;
    private static final Duration WRONG_REMEMBERED_FOR = Duration.ofMinutes(1);
    private static final Duration RIGHT_REMEMBERED_FOR = Duration.ofDays(7);

    private final SecretKeySpec key;
    private final Cache<Octets, Boolean> right = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterAccess(RIGHT_REMEMBERED_FOR)
            .build();
    private final Cache<Octets, Boolean> wrong = Caffeine.newBuilder()
            .maximumSize(REMEMBERED / 10)
            .expireAfterWrite(WRONG_REMEMBERED_FOR)
            .build();

    SlowPasswords() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "HmacSHA256");
    }

    /** What is remembered of this password, {@link Outcome#SLOW} when nothing is. */
    Outcome recall(Credential credential, byte[] password) {
        Octets digest = digest(credential, password);
        if (right.getIfPresent(digest) != null) {
            return Outcome.PROVEN;
        }
        return wrong.getIfPresent(digest) != null ? Outcome.WRONG : Outcome.SLOW;
    }

    /** Verifies and remembers; takes tens of milliseconds of CPU. */
    void verify(Credential credential, byte[] password) {
        (matches(credential, password) ? right : wrong).put(digest(credential, password), Boolean.TRUE);
    }

    private static boolean matches(Credential credential, byte[] password) {
        return switch (credential.scheme()) {
            case BCRYPT -> matchesBcrypt(credential.secret().text(), password);
            case PBKDF2_SHA256 -> Pbkdf2.matches(credential.secret().text(), password);
            case CLEARTEXT, NT_HASH -> throw new IllegalArgumentException(credential.scheme() + " is not slow");
        };
    }

    /** What is no hash at all fits no password, as with the other kinds. */
    private static boolean matchesBcrypt(String hash, byte[] password) {
        try {
            return BCrypt.checkpw(password, hash);
        } catch (IllegalArgumentException notAHash) {
            return false;
        }
    }

    private Octets digest(Credential credential, byte[] password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(credential.secret().toByteArray());
            mac.update((byte) 0);
            return Octets.of(mac.doFinal(password));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
