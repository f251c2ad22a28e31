package io.patchbay.converge.netbox;

import io.patchbay.converge.ConvergenceWorker;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far the mirror is, for the API and for health. */
public final class MirrorState {
    private final JdbcTemplate jdbc;
    private final MirrorGate gate;
    private final ConvergenceWorker<?, ?, ?> worker;
    private final Runnable wake;
    private final NetBoxMirrorSettings settings;
    private volatile Snapshot last;

    MirrorState(
            JdbcTemplate jdbc,
            MirrorGate gate,
            ConvergenceWorker<?, ?, ?> worker,
            Runnable wake,
            NetBoxMirrorSettings settings) {
        this.jdbc = jdbc;
        this.gate = gate;
        this.worker = worker;
        this.wake = wake;
        this.settings = settings;
    }

    /**
     * @param waiting services that NetBox does not have as they are yet
     * @param waitingSince since when the first of them waits; null when none does
     * @param failed services that were given up until somebody looks: conflicts, held deletions, refusals
     * @param held those of them whose deletions wait for approval
     * @param inFlight services that are being written
     * @param away why nothing is written just now; null when NetBox is there
     */
    public record Snapshot(
            long waiting, Instant waitingSince, long failed, long held, int inFlight, String away, Instant awaySince) {}

    /** What was read last, without the database; null before the first time. */
    public Snapshot lastRead() {
        return last;
    }

    double lastWaiting() {
        Snapshot seen = last;
        return seen == null ? 0 : seen.waiting();
    }

    public Snapshot read() {
        last = jdbc.queryForObject(
                """
                select count(*) filter (where state in ('pending', 'waiting')) as waiting,
                    min(changed_at) filter (where state in ('pending', 'waiting')) as since,
                    count(*) filter (where state = 'failed') as failed,
                    count(*) filter (where state = 'failed' and reason like 'Held: %') as held
                from convergence where target = 'netbox' and state <> 'done'""",
                (row, number) -> new Snapshot(
                        row.getLong("waiting"),
                        instant(row.getTimestamp("since")),
                        row.getLong("failed"),
                        row.getLong("held"),
                        worker.inFlight(),
                        gate.why(),
                        gate.since()));
        return last;
    }

    /** Lets deletions above the limit through for a while, and has those that were held tried again. @return how many */
    public int approveDeletions() {
        jdbc.update(
                "update netbox_state set deletions_approved_until = now() + ? * interval '1 millisecond'",
                settings.approval().toMillis());
        List<Long> held = jdbc.queryForList(
                "update convergence set state = 'pending', attempts = 0, due_at = now()"
                        + " where target = 'netbox' and state = 'failed' and reason like 'Held: %' returning service_id",
                Long.class);
        wake.run();
        return held.size();
    }

    /** Tries a service again that has failed. */
    public void retry(long serviceId) {
        worker.retry(serviceId);
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
