package io.patchbay.converge.nas;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.TestDatabase;
import io.patchbay.ledger.ipv6.Projections.Former;
import io.patchbay.session.GivenSession;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A former prefix is let go when its change has reached every session, and nobody else. */
class SessionsToConvergeTest {
    private static final long SERVICE = 7;

    private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.fresh());
    private final SessionsToConverge projection = new SessionsToConverge(jdbc);

    @Test
    void whatNeverChangedIsHeldByNobody() {
        assertThat(holders()).isEmpty();
    }

    @Test
    void aChangeIsWaitedForUntilItWasReadTwice() {
        jdbc.update("insert into event (actor, type, service_id) values ('test', 'service-changed', ?)", SERVICE);
        read("nas");
        assertThat(holders()).containsExactly("Sessions that are still to start with what it had are waited for.");
        read("nas-late");
        assertThat(holders()).isEmpty();
        jdbc.update("insert into event (actor, type, service_id) values ('test', 'service-observed', ?)", SERVICE);
        jdbc.update("insert into event (actor, type, service_id) values ('test', 'service-changed', 8)");
        assertThat(holders()).as("none of these is a change of it").isEmpty();
    }

    @Test
    void whatIsUnderWayIsTold() {
        converging("waiting", "Session 1 is disconnected, says the NAS.");
        assertThat(holders())
                .containsExactly("Its sessions are being changed: Session 1 is disconnected, says the NAS.");
        converging("pending", null);
        assertThat(holders()).containsExactly("Its sessions are being changed: it is their turn soon.");
        converging("done", "No session is live.");
        assertThat(holders()).isEmpty();
    }

    @Test
    void whatHasFailedHoldsAsLongAsASessionOfBeforeIsLive() {
        converging("failed", "The NAS did not answer.");
        assertThat(holders()).isEmpty();
        new GivenSession("since", Instant.now().plusSeconds(60))
                .of(SERVICE, null)
                .store(jdbc);
        assertThat(holders()).isEmpty();
        long before = new GivenSession("before", Instant.now().minusSeconds(60))
                .of(SERVICE, null)
                .store(jdbc);
        assertThat(holders()).containsExactly("Its session could not be changed: The NAS did not answer.");
        jdbc.update("update session set ended_at = now() where id = ?", before);
        assertThat(holders()).isEmpty();
    }

    private List<String> holders() {
        return projection.holders(List.of(new Former(SERVICE, List.of()))).getOrDefault(SERVICE, List.of());
    }

    private void read(String cursor) {
        jdbc.update(
                "update convergence_cursor set xid = last.xid, seq = last.seq"
                        + " from (select xid, seq from event order by xid desc, seq desc limit 1) last where name = ?",
                cursor);
    }

    private void converging(String state, String reason) {
        jdbc.update(
                "insert into convergence (service_id, target, lane, state, reason, changed_xid, changed_seq)"
                        + " values (?, 'nas', 1, ?, ?, pg_current_xact_id(), 0)"
                        + " on conflict (service_id, target) do update set state = excluded.state, reason = excluded.reason",
                SERVICE,
                state,
                reason);
    }
}
