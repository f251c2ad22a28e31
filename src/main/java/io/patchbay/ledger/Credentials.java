package io.patchbay.ledger;

import io.patchbay.ledger.Credential.Scheme;
import io.patchbay.vault.Vault;
import io.patchbay.wire.Octets;

/**
 * Credentials as the table {@code credential} holds them: the scheme as a word, the secret sealed for its user. A row whose
 * sealed bytes are copied to another user does not open.
 */
public final class Credentials {
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
            return new Credential(Scheme.BCRYPT, Octets.ofText(requireHash(hash, hash.startsWith("$2"), "$2a$...")));
        }
        if (password.startsWith("{pbkdf2-sha256}")) {
            String[] parts = password.substring("{pbkdf2-sha256}".length()).split(":", -1);
            boolean whole =
                    parts.length == 3 && parts[0].matches("\\d{1,9}") && !parts[1].isEmpty() && !parts[2].isEmpty();
            return new Credential(
                    Scheme.PBKDF2_SHA256, Octets.ofText(requireHash(password, whole, "iterations:salt:hash")));
        }
        if (password.startsWith("{nt}")) {
            String hash = password.substring("{nt}".length());
            return new Credential(
                    Scheme.NT_HASH,
                    Octets.ofHex(requireHash(hash, hash.matches("[0-9a-fA-F]{32}"), "32 hexadecimal digits")));
        }
        return new Credential(Scheme.CLEARTEXT, Octets.ofText(password));
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
