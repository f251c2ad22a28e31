package io.patchbay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.patchbay.database.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class EventLogTest {
    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final EventLog events = new EventLog(jdbc);

    @Test
    void anEventIsOfAServiceOrOfAnotherSubject() {
        transaction.executeWithoutResult(status -> {
            events.append(Actor.named("carol"), EventType.SERVICE_CHANGED, 7, Map.of("state", "suspended"));
            events.append(Actor.named("carol"), EventType.LINE_CHANGED, 8, Map.of());
        });
        assertThat(jdbc.queryForList(
                        "select concat_ws(' ', actor, type, 's' || service_id, 'o' || subject_id, detail ->> 'state')"
                                + " from event order by seq",
                        String.class))
                .containsExactly("carol service-changed s7 suspended", "carol line-changed o8");
    }

    @Test
    void whatIsRolledBackLeavesNone() {
        transaction.executeWithoutResult(status -> {
            events.append(Actor.named("carol"), EventType.SERVICE_CREATED, 7, Map.of());
            status.setRollbackOnly();
        });
        assertThat(jdbc.queryForObject("select count(*) from event", Integer.class))
                .isZero();
    }

    @Test
    void thereIsNoEventOutsideATransaction() {
        assertThatIllegalStateException()
                .isThrownBy(() -> events.append(Actor.named("carol"), EventType.SERVICE_CREATED, 7, Map.of()))
                .withMessageContaining("transaction");
    }

    @Test
    void manyAreAppendedAtOnce() {
        transaction.executeWithoutResult(status -> events.appendEach(
                Actor.named("import"), EventType.SERVICE_CREATED, "select id from generate_series(1, 500) id"));
        assertThat(jdbc.queryForObject(
                        "select count(distinct service_id) from event where type = 'service-created'", Integer.class))
                .isEqualTo(500);
        assertThat(jdbc.queryForObject("select count(distinct xid) from event", Integer.class))
                .isOne();
    }

    @Test
    void theFeedIsWokenOnceATransactionAndOnlyAtItsCommit() throws Exception {
        try (Connection listener = database.getConnection();
                Statement listen = listener.createStatement()) {
            listen.execute("listen " + EventLog.CHANNEL);
            PGConnection notified = listener.unwrap(PGConnection.class);
            transaction.executeWithoutResult(status -> {
                events.append(Actor.named("carol"), EventType.SERVICE_CHANGED, 1, Map.of());
                events.append(Actor.named("carol"), EventType.SERVICE_CHANGED, 2, Map.of());
                events.appendEach(Actor.named("carol"), EventType.SERVICE_CHANGED, "select 3 as id union all select 4");
                assertThat(notificationsOf(notified, 1)).isZero();
            });
            assertThat(notificationsOf(notified, 10_000)).isOne();
        }
    }

    private static int notificationsOf(PGConnection listener, int patienceMillis) {
        try {
            var notifications = listener.getNotifications(patienceMillis);
            return notifications == null ? 0 : notifications.length;
        } catch (java.sql.SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
