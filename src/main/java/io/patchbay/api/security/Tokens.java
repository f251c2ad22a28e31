package io.patchbay.api.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tokens of the API: 256 random bits each, of which only the SHA-256 is kept. A hash without salt and work factor
 * suffices for such a secret: there is nothing to guess.
 */
public final class Tokens {
    /** The name of the token that is there from the start. */
    public static final String ADMIN = "admin";

    private static final String PREFIX = "pb_";
    private static final String COLUMNS = "id, name, role, created_at, created_by, expires_at";

    /** @param expiresAt null when it does not expire */
    public record Token(long id, String name, Role role, Instant createdAt, String createdBy, Instant expiresAt) {}

    /** @param secret told once, then forgotten */
    public record Issued(Token token, String secret) {
        @Override
        public String toString() {
            return "Issued[" + token + "]";
        }
    }

    private final JdbcTemplate jdbc;
    private final SecureRandom random = new SecureRandom();

    public Tokens(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Whose token this is; empty when it is nobody's, or expired. */
    public Optional<Caller> authenticate(String secret) {
        byte[] hash = hash(secret);
        return jdbc
                .query(
                        "select name, role, token_hash from api_token"
                                + " where token_hash = ? and (expires_at is null or expires_at > now())",
                        (row, number) -> MessageDigest.isEqual(hash, row.getBytes("token_hash")) ? caller(row) : null,
                        hash)
                .stream()
                .findFirst();
    }

    /** @throws NameTakenException when a token of this name exists */
    public Issued issue(String name, Role role, Instant expiresAt, String createdBy) {
        String secret = newSecret();
        try {
            Token token = jdbc.queryForObject(
                    "insert into api_token (name, role, token_hash, expires_at, created_by) values (?, ?, ?, ?, ?) returning "
                            + COLUMNS,
                    (row, number) -> token(row),
                    name,
                    role.word(),
                    hash(secret),
                    expiresAt == null ? null : Timestamp.from(expiresAt),
                    createdBy);
            return new Issued(token, secret);
        } catch (DuplicateKeyException taken) {
            throw new NameTakenException(name);
        }
    }

    public List<Token> list() {
        return jdbc.query("select " + COLUMNS + " from api_token order by name", (row, number) -> token(row));
    }

    /** @return whether there was one; the first admin token stays, since without it nobody could issue another */
    public boolean revoke(long id) {
        return jdbc.update("delete from api_token where id = ? and name <> ?", id, ADMIN) == 1;
    }

    /** Makes {@code secret} the admin token; the one before it, if another, is void. */
    void setAdmin(String secret) {
        jdbc.update(
                "insert into api_token (name, role, token_hash, created_by) values (?, 'admin', ?, 'configuration')"
                        + " on conflict (name) do update set token_hash = excluded.token_hash"
                        + " where api_token.token_hash <> excluded.token_hash",
                ADMIN,
                hash(secret));
    }

    /** @return the secret of a new admin token; empty when there is one already */
    Optional<String> createAdminIfAbsent() {
        String secret = newSecret();
        int created = jdbc.update(
                "insert into api_token (name, role, token_hash, created_by) values (?, 'admin', ?, 'first start')"
                        + " on conflict (name) do nothing",
                ADMIN,
                hash(secret));
        return created == 1 ? Optional.of(secret) : Optional.empty();
    }

    private String newSecret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Caller caller(ResultSet row) throws SQLException {
        return new Caller(row.getString("name"), Role.parse(row.getString("role")));
    }

    private static Token token(ResultSet row) throws SQLException {
        Timestamp expiresAt = row.getTimestamp("expires_at");
        return new Token(
                row.getLong("id"),
                row.getString("name"),
                Role.parse(row.getString("role")),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                expiresAt == null ? null : expiresAt.toInstant());
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
