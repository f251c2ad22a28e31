package io.patchbay.ledger;

import io.patchbay.ledger.Credential.Scheme;
import io.patchbay.vault.Vault;
import io.patchbay.wire.Octets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Credentials as the table {@code credential} holds them: the scheme as a word, the secret sealed for its user. A row whose
 * sealed bytes are copied to another user does not open.
 */
public final class Credentials {
    /** A higher cost takes longer than any NAS waits. */
    private static final Pattern BCRYPT_FORM = Pattern.compile("\\$2[aby]?\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");

    private final Vault vault;

    public Credentials(Vault vault) {
        this.vault = vault;
    }

    /** @param userName normalised */
    public byte[] seal(long tenantId, String userName, Credential credential) {
        return vault.seal(credential.secret().toByteArray(), context(tenantId, userName));
    }

    /**
     * @param schemeWord the column {@code scheme}
     * @throws io.patchbay.vault.UnsealException when it does not open
     */
    public Credential open(long tenantId, String userName, String schemeWord, byte[] sealed) {
        return new Credential(scheme(schemeWord), Octets.of(vault.open(sealed, context(tenantId, userName))));
    }

    /**
     * Reads a password as an import gives it: {@code {bcrypt}$2a$...}, {@code {pbkdf2-sha256}...}, {@code {nt}} and 32
     * hexadecimal digits, and everything else as clear text.
     *
     * @throws IllegalArgumentException with a sentence that does not hold the password
     */
    public static Credential parse(String password) {
        if (password.startsWith("{bcrypt}")) {
            String hash = password.substring("{bcrypt}".length());
            return new Credential(
                    Scheme.BCRYPT,
                    Octets.ofText(requireHash(
                            hash,
                            BCRYPT_FORM.matcher(hash).matches(),
                            "$2a$, a cost from 04 to 16, $ and 53 characters")));
        }
        if (password.startsWith("{pbkdf2-sha256}")) {
            boolean whole = isPbkdf2(password.substring("{pbkdf2-sha256}".length()));
            return new Credential(
                    Scheme.PBKDF2_SHA256,
                    Octets.ofText(requireHash(
                            password, whole, "iterations from 1 to 9999999:salt in base64:hash in base64")));
        }
        if (password.startsWith("{nt}")) {
            String hash = password.substring("{nt}".length());
            return new Credential(
                    Scheme.NT_HASH,
                    Octets.ofHex(requireHash(hash, hash.matches("[0-9a-fA-F]{32}"), "32 hexadecimal digits")));
        }
        return new Credential(Scheme.CLEARTEXT, Octets.ofText(password));
    }

    private static boolean isPbkdf2(String hash) {
        String[] parts = hash.split(":", -1);
        try {
            return parts.length == 3
                    && parts[0].matches("[1-9]\\d{0,6}")
                    && Base64.getDecoder().decode(parts[1]).length > 0
                    && Base64.getDecoder().decode(parts[2]).length > 0;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static String requireHash(String hash, boolean valid, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("the hash is not as its scheme writes it, " + expected);
        }
        return hash;
    }

    public static String word(Scheme scheme) {
        return switch (scheme) {
            case CLEARTEXT -> "cleartext";
            case NT_HASH -> "nt-hash";
            case BCRYPT -> "bcrypt";
            case PBKDF2_SHA256 -> "pbkdf2-sha256";
        };
    }

    private static Scheme scheme(String word) {
        return switch (word) {
            case "cleartext" -> Scheme.CLEARTEXT;
            case "nt-hash" -> Scheme.NT_HASH;
            case "bcrypt" -> Scheme.BCRYPT;
            case "pbkdf2-sha256" -> Scheme.PBKDF2_SHA256;
            default -> throw new IllegalArgumentException("'" + word + "' is no scheme of a credential");
        };
    }

    private static String context(long tenantId, String userName) {
        return "credential/" + tenantId + "/" + userName;
    }
}
