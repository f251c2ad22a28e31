package io.patchbay.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The first token is told once, kept as a hash only, and given way to by a configured one. */
class AdminTokenTest {
    private static final Pattern SECRET = Pattern.compile("pb_[A-Za-z0-9_-]{43}");

    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final Tokens tokens =
            new Tokens(jdbc, new TransactionTemplate(new JdbcTransactionManager(database)), new EventLog(jdbc));

    @Test
    void theFirstStartMakesATokenAndTellsItAndTheSecondDoesNeither() {
        Matcher told = SECRET.matcher(start(""));
        assertThat(told.find()).isTrue();
        assertThat(tokens.authenticate(told.group())).hasValueSatisfying(caller -> {
            assertThat(caller.name()).isEqualTo("admin");
            assertThat(caller.role()).isEqualTo(Role.ADMIN);
        });
        assertThat(start("")).isEmpty();
        assertThat(tokens.authenticate(told.group())).isPresent();
        assertThat(jdbc.queryForObject("select encode(token_hash, 'escape') from api_token", String.class))
                .doesNotContain(told.group());
    }

    @Test
    void aConfiguredTokenTakesThePlaceOfTheOneBefore() {
        assertThat(start("a-token-of-the-operator")).isEmpty();
        assertThat(tokens.authenticate("a-token-of-the-operator")).isPresent();
        assertThat(start("another-token-of-the-operator")).isEmpty();
        assertThat(tokens.authenticate("a-token-of-the-operator")).isEmpty();
        assertThat(tokens.authenticate("another-token-of-the-operator")).isPresent();
    }

    @Test
    void aShortTokenStopsTheStart() {
        assertThatThrownBy(() -> new AdminToken(tokens, null, "short", System.out))
                .hasMessageContaining("patchbay.admin-token has 5 characters")
                .hasMessageNotContaining("short;");
    }

    @Test
    void anExpiredOrRevokedTokenIsNobodys() {
        var expired =
                tokens.issue(new Tokens.Wanted("old", Role.VIEWER, Instant.now().minusSeconds(1)), Actor.named("test"));
        assertThat(tokens.authenticate(expired.secret())).isEmpty();
        var issued =
                tokens.issue(new Tokens.Wanted("new", Role.VIEWER, Instant.now().plusSeconds(60)), Actor.named("test"));
        assertThat(tokens.authenticate(issued.secret()))
                .hasValue(new Caller(issued.token().id(), "new", Role.VIEWER));
        assertThat(tokens.revoke(issued.token().id(), Actor.named("test"))).isTrue();
        assertThat(tokens.authenticate(issued.secret())).isEmpty();
    }

    @Test
    void theAdminTokenIsNotRevoked() {
        start("a-token-of-the-operator");
        assertThat(tokens.revoke(tokens.list().getFirst().id(), Actor.named("test")))
                .isFalse();
    }

    private String start(String configured) {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        new AdminToken(tokens, null, configured, new PrintStream(console)).establish();
        return console.toString();
    }
}
