package io.patchbay.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tokens are remembered for a moment, open what only shows while the database is away, and leave a history. */
class TokensTest {
    private final AtomicLong clock = new AtomicLong(1);
    private final DataSource database = TestDatabase.fresh();
    private final Severed way = new Severed(database);
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final Tokens tokens = tokens(way);
    private final Tokens otherNode = tokens(database);

    @Test
    void aKnownTokenOpensForAnHourWhileTheDatabaseIsAway() {
        String secret = tokens.issue(new Tokens.Wanted("metrics", Role.VIEWER, null), Actor.named("test"))
                .secret();
        Caller caller = tokens.authenticate(secret).orElseThrow();
        assertThat(tokens.isValid(caller)).isTrue();
        way.severed = true;
        pass(Duration.ofMinutes(59));
        assertThat(tokens.authenticate(secret)).hasValue(caller);
        assertThat(tokens.isValid(caller)).isTrue();
        assertThatThrownBy(() -> tokens.authenticate("another")).isInstanceOf(DataAccessException.class);
        pass(Duration.ofMinutes(1));
        assertThatThrownBy(() -> tokens.authenticate(secret)).isInstanceOf(DataAccessException.class);
        way.severed = false;
        assertThat(tokens.authenticate(secret)).hasValue(caller);
    }

    @Test
    void theDatabaseIsAskedOnceInHalfAMinuteWhetherOrNotItAnswers() {
        String secret = tokens.issue(new Tokens.Wanted("metrics", Role.VIEWER, null), Actor.named("test"))
                .secret();
        tokens.authenticate(secret);
        int before = way.asked;
        tokens.authenticate(secret);
        assertThat(way.asked).isEqualTo(before);
        way.severed = true;
        pass(TokenMemory.FRESH);
        tokens.authenticate(secret);
        tokens.authenticate(secret);
        assertThat(way.asked).isEqualTo(before + 1);
    }

    @Test
    void aRevocationHoldsAtOnceHereAndElsewhereSoon() {
        Tokens.Issued issued = tokens.issue(new Tokens.Wanted("leaver", Role.ADMIN, null), Actor.named("test"));
        Caller caller = tokens.authenticate(issued.secret()).orElseThrow();
        assertThat(otherNode.authenticate(issued.secret())).hasValue(caller);
        assertThat(tokens.isValid(caller)).isTrue();
        tokens.revoke(issued.token().id(), Actor.named("test"));
        assertThat(tokens.authenticate(issued.secret())).isEmpty();
        assertThat(tokens.isValid(caller)).isFalse();
        pass(TokenMemory.FRESH);
        assertThat(otherNode.authenticate(issued.secret())).isEmpty();
    }

    @Test
    void aTokenThatExpiresIsNotKeptByMemory() {
        Instant soon = Instant.now().plusMillis(300);
        String secret = tokens.issue(new Tokens.Wanted("short", Role.VIEWER, soon), Actor.named("test"))
                .secret();
        assertThat(tokens.authenticate(secret)).isPresent();
        while (!Instant.now().isAfter(soon)) {
            Thread.onSpinWait();
        }
        assertThat(tokens.authenticate(secret)).isEmpty();
    }

    @Test
    void anotherAdminTokenIsAnotherTokenSoThatSessionsOfTheOldOneEnd() {
        tokens.setAdmin("a-token-of-the-operator");
        Caller before = tokens.authenticate("a-token-of-the-operator").orElseThrow();
        tokens.setAdmin("a-token-of-the-operator");
        assertThat(tokens.isValid(before)).isTrue();
        tokens.setAdmin("another-token-of-the-operator");
        assertThat(tokens.isValid(before)).isFalse();
    }

    @Test
    void issueAndRevocationAreEventsWithTheirActorAndNoSecret() {
        Tokens.Issued issued = tokens.issue(new Tokens.Wanted("history", Role.OPERATOR, null), Actor.named("carol"));
        tokens.revoke(issued.token().id(), Actor.named("dave"));
        tokens.revoke(issued.token().id(), Actor.named("erin"));
        tokens.setAdmin("a-token-of-the-operator");
        assertThat(jdbc.queryForList("select actor || ' ' || type from event order by seq", String.class))
                .containsExactly("carol token-issued", "dave token-revoked", "configuration token-issued");
        assertThat(jdbc.queryForList("select detail::text from event where subject_id is not null", String.class))
                .hasSize(3)
                .noneMatch(detail -> detail.contains(issued.secret()));
    }

    @Test
    void aNameThatIsTakenLeavesNoEvent() {
        tokens.issue(new Tokens.Wanted("twin", Role.VIEWER, null), Actor.named("test"));
        assertThatThrownBy(() -> tokens.issue(new Tokens.Wanted("twin", Role.VIEWER, null), Actor.named("test")))
                .isInstanceOf(NameTakenException.class);
        assertThat(jdbc.queryForObject("select count(*) from event", Long.class))
                .isOne();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private Tokens tokens(DataSource through) {
        JdbcTemplate over = new JdbcTemplate(through);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(through));
        return new Tokens(over, transaction, new EventLog(over), clock::get);
    }

    /** A database that can be taken away. */
    private static final class Severed extends DelegatingDataSource {
        boolean severed;
        int asked;

        Severed(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            asked++;
            if (severed) {
                throw new SQLException("severed", "08001");
            }
            return super.getConnection();
        }
    }
}
