package io.patchbay.api.security;

import com.github.benmanes.caffeine.cache.Ticker;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerInvalid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tokens of the API: 256 random bits each, of which only the SHA-256 is kept. A hash without salt and work factor
 * suffices for such a secret: there is nothing to guess. The one that {@code patchbay.admin-token} names is as strong as the
 * operator made it.
 */
public final class Tokens {
    /** The name of the token that is there from the start. */
    public static final String ADMIN = "admin";

    private static final Actor CONFIGURATION = Actor.named("configuration");
    private static final Actor FIRST_START = Actor.named("first start");
    private static final String PREFIX = "pb_";
    private static final String COLUMNS =
            "id, name, role, tenant_id, subscriber_id, created_at, created_by, expires_at";

    /**
     * @param tenantId whose things alone it sees and changes; null for every tenant's
     * @param subscriberId of whom alone it tells, one of the tenant's; null unless the role is subscriber
     * @param expiresAt null when it does not expire
     */
    public record Token(
            long id,
            String name,
            Role role,
            Long tenantId,
            Long subscriberId,
            Instant createdAt,
            String createdBy,
            Instant expiresAt) {}

    /**
     * A token that is to be.
     *
     * @param tenantId null for every tenant's; of a subscriber's token not looked at
     * @param subscriberId with the role subscriber, and with no other
     * @param expiresAt null when it does not expire
     */
    public record Wanted(String name, Role role, Long tenantId, Long subscriberId, Instant expiresAt) {
        public Wanted(String name, Role role, Instant expiresAt) {
            this(name, role, null, null, expiresAt);
        }
    }

    /** @param secret told once, then forgotten */
    public record Issued(Token token, String secret) {
        @Override
        public String toString() {
            return "Issued[" + token + "]";
        }
    }

    private final JdbcTemplate jdbc;
    private final TransactionOperations transaction;
    private final EventLog events;
    private final TokenMemory<ByteBuffer> byHash;
    private final TokenMemory<Long> byId;
    private final SecureRandom random = new SecureRandom();

    public Tokens(JdbcTemplate jdbc, TransactionOperations transaction, EventLog events) {
        this(jdbc, transaction, events, Ticker.systemTicker());
    }

    Tokens(JdbcTemplate jdbc, TransactionOperations transaction, EventLog events, Ticker ticker) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.byHash = new TokenMemory<>(ticker);
        this.byId = new TokenMemory<>(ticker);
    }

    /**
     * Whose token this is; empty when it is nobody's, or expired. What was asked within 30 s is answered from memory, and while
     * the database is away so is what it knew within the hour.
     */
    public Optional<Caller> authenticate(String secret) {
        return byHash.recall(ByteBuffer.wrap(hash(secret)), this::findByHash).map(Tokens::caller);
    }

    /** Whether this caller's token is still valid, neither revoked nor expired; from memory as {@link #authenticate} is. */
    boolean isValid(Caller caller) {
        return byId.recall(caller.tokenId(), this::findById).isPresent();
    }

    /**
     * @throws NameTakenException when a token of this name exists
     * @throws LedgerInvalid when role and subscriber do not fit, or there is no such tenant or subscriber
     */
    public Issued issue(Wanted wanted, Actor actor) {
        if ((wanted.role() == Role.SUBSCRIBER) != (wanted.subscriberId() != null)) {
            throw new LedgerInvalid("A token of the role subscriber, and no other, needs a subscriberId.");
        }
        String secret = newSecret();
        try {
            return new Issued(transaction.execute(status -> insert(wanted, hash(secret), actor)), secret);
        } catch (DuplicateKeyException taken) {
            throw new NameTakenException(wanted.name());
        }
    }

    public List<Token> list() {
        return jdbc.query("select " + COLUMNS + " from api_token order by name", (row, number) -> token(row));
    }

    /** @return whether there was one; the first admin token stays, since without it nobody could issue another */
    public boolean revoke(long id, Actor actor) {
        return revokeWhere(actor, "id = ? and name <> ?", id, ADMIN);
    }

    /** Makes {@code secret} the admin token; the one before it, if another, is void. */
    void setAdmin(String secret) {
        byte[] hash = hash(secret);
        transaction.executeWithoutResult(status -> {
            revokeWhere(CONFIGURATION, "name = ? and token_hash <> ?", ADMIN, hash);
            insertAdminIfAbsent(hash, CONFIGURATION);
        });
    }

    /** @return the secret of a new admin token; empty when there is one already */
    Optional<String> createAdminIfAbsent() {
        String secret = newSecret();
        boolean created = transaction.execute(status -> insertAdminIfAbsent(hash(secret), FIRST_START));
        return created ? Optional.of(secret) : Optional.empty();
    }

    private boolean insertAdminIfAbsent(byte[] hash, Actor actor) {
        // Nodes that start at once wait for one another here.
        jdbc.execute("lock table api_token in share row exclusive mode");
        boolean absent = jdbc.queryForList("select id from api_token where name = ?", ADMIN)
                .isEmpty();
        if (absent) {
            insert(new Wanted(ADMIN, Role.ADMIN, null), hash, actor);
        }
        return absent;
    }

    private Token insert(Wanted wanted, byte[] hash, Actor actor) {
        Token token = jdbc.queryForObject(
                "insert into api_token (name, role, tenant_id, subscriber_id, token_hash, expires_at, created_by)"
                        + " values (?, ?, ?, ?, ?, ?, ?) returning " + COLUMNS,
                (row, number) -> token(row),
                wanted.name(),
                wanted.role().word(),
                wanted.subscriberId() == null ? requireTenant(wanted.tenantId()) : tenantOf(wanted.subscriberId()),
                wanted.subscriberId(),
                hash,
                wanted.expiresAt() == null ? null : Timestamp.from(wanted.expiresAt()),
                actor.name());
        events.append(actor, EventType.TOKEN_ISSUED, token.id(), Map.of(), told(token));
        return token;
    }

    private Long requireTenant(Long tenantId) {
        if (tenantId != null
                && jdbc.queryForList("select id from tenant where id = ?", tenantId)
                        .isEmpty()) {
            throw new LedgerInvalid("There is no tenant " + tenantId + ".");
        }
        return tenantId;
    }

    private Long tenantOf(long subscriberId) {
        return jdbc
                .queryForList("select tenant_id from subscriber where id = ? for key share", Long.class, subscriberId)
                .stream()
                .findFirst()
                .orElseThrow(() -> new LedgerInvalid("There is no subscriber " + subscriberId + "."));
    }

    private static Map<String, Object> told(Token token) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", token.name());
        told.put("role", token.role().word());
        if (token.tenantId() != null) {
            told.put("tenantId", token.tenantId());
        }
        if (token.subscriberId() != null) {
            told.put("subscriberId", token.subscriberId());
        }
        return told;
    }

    private boolean revokeWhere(Actor actor, String condition, Object... values) {
        List<Token> revoked = transaction.execute(status -> {
            List<Token> gone = jdbc.query(
                    "delete from api_token where " + condition + " returning " + COLUMNS,
                    (row, number) -> token(row),
                    values);
            gone.forEach(token -> events.append(actor, EventType.TOKEN_REVOKED, token.id(), told(token), Map.of()));
            return gone;
        });
        revoked.forEach(token -> {
            byHash.forget(token.id());
            byId.forget(token.id());
        });
        return !revoked.isEmpty();
    }

    private Optional<Token> findByHash(ByteBuffer hash) {
        return find("token_hash = ?", hash.array());
    }

    private Optional<Token> findById(long id) {
        return find("id = ?", id);
    }

    private Optional<Token> find(String condition, Object value) {
        return jdbc
                .query(
                        "select " + COLUMNS + " from api_token where " + condition
                                + " and (expires_at is null or expires_at > now())",
                        (row, number) -> token(row),
                        value)
                .stream()
                .findFirst();
    }

    private String newSecret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Caller caller(Token token) {
        return new Caller(token.id(), token.name(), token.role(), token.tenantId(), token.subscriberId());
    }

    private static Token token(ResultSet row) throws SQLException {
        Timestamp expiresAt = row.getTimestamp("expires_at");
        return new Token(
                row.getLong("id"),
                row.getString("name"),
                Role.parse(row.getString("role")),
                row.getObject("tenant_id", Long.class),
                row.getObject("subscriber_id", Long.class),
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
