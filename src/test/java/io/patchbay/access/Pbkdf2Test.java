package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of RFC 7914 section 11, and what is no hash at all. */
class Pbkdf2Test {
    private static final String ONCE =
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783";
    private static final String EIGHTY_THOUSAND_TIMES =
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d";

    @Test
    void theVectorsOfTheStandard() {
        assertThat(matches(stored(1, "salt", ONCE), "passwd")).isTrue();
        assertThat(matches(stored(80_000, "NaCl", EIGHTY_THOUSAND_TIMES), "Password"))
                .isTrue();
    }

    @Test
    void anyOtherPasswordSaltOrCountIsWrong() {
        assertThat(matches(stored(1, "salt", ONCE), "passwe")).isFalse();
        assertThat(matches(stored(1, "Salt", ONCE), "passwd")).isFalse();
        assertThat(matches(stored(2, "salt", ONCE), "passwd")).isFalse();
    }

    /** Made with Python's hashlib over the UTF-8 of the password. */
    @Test
    void aPasswordIsUtf8() {
        String hash = "cf2d684cc373233b60f2331556aa47cb35abe3ae19e7c461380769577b523a22";
        assertThat(matches(stored(1000, "salt", hash), "pässwörd")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1:c2FsdA==",
                "1:c2FsdA==:",
                "0:c2FsdA==:AAAA",
                "-1:c2FsdA==:AAAA",
                "9999999999:c2FsdA==:AAAA",
                "one:c2FsdA==:AAAA",
                "1:not base64!:AAAA",
                "1::AAAA",
                "1:c2FsdA==:AAAA:more"
            })
    void whatIsNoHashMatchesNothing(String stored) {
        assertThat(matches("{pbkdf2-sha256}" + stored, "passwd")).isFalse();
        assertThat(matches("{pbkdf2-sha256}" + stored, "")).isFalse();
    }

    private static boolean matches(String stored, String password) {
        return Pbkdf2.matches(stored, password.getBytes(StandardCharsets.UTF_8));
    }

    private static String stored(int iterations, String salt, String hexHash) {
        Base64.Encoder base64 = Base64.getEncoder();
        return "{pbkdf2-sha256}" + iterations + ":" + base64.encodeToString(salt.getBytes(StandardCharsets.US_ASCII))
                + ":" + base64.encodeToString(HexFormat.of().parseHex(hexHash));
    }
}
