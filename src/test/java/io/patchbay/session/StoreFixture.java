package io.patchbay.session;

import io.patchbay.database.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A store on a database of its own, whose clock stands some minutes after {@link Told#NOON}. */
final class StoreFixture {
    final DataSource database = TestDatabase.fresh();
    final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final AtomicReference<Instant> now;
    private final Clock clock;
    final SessionPartitions partitions;
    final SessionStore store;

    StoreFixture() {
        this(Told.NOON.plusSeconds(1_200));
    }

    StoreFixture(Instant now) {
        jdbc.execute("create function since(timestamptz) returns text language sql as $$ "
                + "select trim_scale(round(extract(epoch from $1 - timestamptz '" + Told.NOON + "'), 3))::text $$");
        this.now = new AtomicReference<>(now);
        clock = new Clock() {
            @Override
            public Instant instant() {
                return StoreFixture.this.now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
        partitions = new SessionPartitions(database, clock, Duration.ofDays(35), Duration.ofDays(400));
        partitions.makeAhead();
        store = new SessionStore(database, partitions, clock, "test");
    }

    void tell(Told... told) {
        store.storeRecords(Stream.of(told).map(Told::record).toList());
    }

    /** As they run so long after noon; what is told from then on is stored then. */
    SessionSweeps sweeps(Duration afterNoon) {
        now.set(Told.NOON.plus(afterNoon));
        return new SessionSweeps(
                database,
                partitions,
                new SessionStoreSettings(
                        Duration.ofDays(35), Duration.ofDays(400), Duration.ofHours(1), Duration.ofHours(24)),
                clock,
                () -> true);
    }

    /**
     * A service whose plan has this interval.
     *
     * @param interimSeconds 0 for none
     */
    long service(int interimSeconds) {
        return jdbc.queryForObject("""
                with t as (select id from tenant limit 1),
                p as (insert into plan (tenant_id, name, interim_interval_s)
                    select id, gen_random_uuid()::text, ? from t returning id),
                s as (insert into subscriber (tenant_id, external_id) select id, gen_random_uuid()::text from t returning id)
                insert into service (subscriber_id, tenant_id, plan_id) select s.id, t.id, p.id from s, t, p
                returning id""", Long.class, interimSeconds);
    }

    long count() {
        return new AccountingCount(jdbc).count();
    }

    /** Times are seconds after noon. */
    List<String> sessions() {
        return jdbc.queryForList("""
                select convert_from(acct_session_id, 'UTF8') || ' started=' || since(started_at)
                    || case when start_seen then ' seen' else '' end
                    || ' seconds=' || session_seconds || ' down=' || bytes_down || ' up=' || bytes_up
                    || ' heard=' || since(last_heard_at)
                    || case when ended_at is null then ' live'
                        else ' ended=' || since(ended_at) || ' ' || end_cause || case when presumed then ' presumed' else '' end
                        end
                    || case when archived_on < 'infinity' then ' archived' else '' end
                from session order by acct_session_id, started_at""", String.class);
    }

    List<String> addresses() {
        return jdbc.queryForList("""
                select convert_from(acct_session_id, 'UTF8') || ' ' || prefix || ' from=' || since(from_at)
                    || ' until=' || coalesce(since(until_at), 'null')
                from session_address a join session s on s.id = session_id and s.archived_on = a.archived_on
                order by acct_session_id, from_at, prefix""", String.class);
    }

    List<String> records() {
        return jdbc.queryForList("""
                select convert_from(acct_session_id, 'UTF8') || ' ' || kind || ' '
                    || coalesce(r.session_seconds::text, 'null')
                from accounting_record r join session s on s.id = session_id
                order by acct_session_id, event_at, received_at""", String.class);
    }
}
