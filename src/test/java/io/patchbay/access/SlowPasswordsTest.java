package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.binding.PasswordProof.Outcome;
import io.patchbay.ledger.Credential;
import io.patchbay.ledger.Credentials;
import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCrypt;

class SlowPasswordsTest {
    private static final String HASH = "{bcrypt}" + BCrypt.hashpw("right", BCrypt.gensalt(4));
    private static final String PBKDF2 =
            "{pbkdf2-sha256}1:c2FsdA==:VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLxJypzM8Xm2RZkWZLOdd+8xfHG4RbHjC9UJESBB06GXgw==";

    private final SlowPasswords passwords = new SlowPasswords();

    @Test
    void nothingIsKnownBeforeItWasVerified() {
        assertThat(recall(HASH, "right")).isEqualTo(Outcome.SLOW);
    }

    @Test
    void rightAndWrongAreRemembered() {
        verify(HASH, "right");
        verify(HASH, "wrong");

        assertThat(recall(HASH, "right")).isEqualTo(Outcome.PROVEN);
        assertThat(recall(HASH, "wrong")).isEqualTo(Outcome.WRONG);
        assertThat(recall(HASH, "another")).isEqualTo(Outcome.SLOW);
    }

    @Test
    void aNewHashForgetsTheOldPassword() {
        verify(HASH, "right");

        assertThat(recall("{bcrypt}" + BCrypt.hashpw("other", BCrypt.gensalt(4)), "right"))
                .isEqualTo(Outcome.SLOW);
    }

    @Test
    void pbkdf2AsAnImportGivesIt() {
        verify(PBKDF2, "passwd");
        verify(PBKDF2, "Passwd");

        assertThat(recall(PBKDF2, "passwd")).isEqualTo(Outcome.PROVEN);
        assertThat(recall(PBKDF2, "Passwd")).isEqualTo(Outcome.WRONG);
    }

    /** Hashes that glibc's crypt makes of these passwords. */
    @Test
    void bcryptOfOthers() {
        String hash = "{bcrypt}$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        verify(hash, "U*U");
        verify(hash, "U*U*");

        assertThat(recall(hash, "U*U")).isEqualTo(Outcome.PROVEN);
        assertThat(recall(hash, "U*U*")).isEqualTo(Outcome.WRONG);
    }

    /** The import refuses such a hash; one that came into the ledger otherwise is nobody's password. */
    @Test
    void aHashThatIsNoneFitsNoPassword() {
        byte[] password = "right".getBytes(StandardCharsets.UTF_8);
        for (String broken : new String[] {"$2a$04$", "$2a$99$" + "x".repeat(53), "$2nonsense"}) {
            Credential credential = new Credential(Credential.Scheme.BCRYPT, Octets.ofText(broken));
            passwords.verify(credential, password);
            assertThat(passwords.recall(credential, password)).as(broken).isEqualTo(Outcome.WRONG);
        }
    }

    @Test
    void passwordsOfAnyBytesAreVerified() {
        Credential credential = Credentials.parse(HASH);
        byte[] long128 = new byte[128];
        passwords.verify(credential, long128);
        passwords.verify(credential, new byte[0]);
        passwords.verify(credential, new byte[] {(byte) 0xff, 0, (byte) 0xc3});

        assertThat(passwords.recall(credential, long128)).isEqualTo(Outcome.WRONG);
        assertThat(passwords.recall(credential, new byte[0])).isEqualTo(Outcome.WRONG);
    }

    private void verify(String stored, String password) {
        passwords.verify(Credentials.parse(stored), password.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome recall(String stored, String password) {
        return passwords.recall(Credentials.parse(stored), password.getBytes(StandardCharsets.UTF_8));
    }
}
