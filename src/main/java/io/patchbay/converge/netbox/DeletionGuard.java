package io.patchbay.converge.netbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.springframework.jdbc.core.JdbcTemplate;

/** Holds a turn's deletions in NetBox when there are more of them in a minute than ordinary work makes, until somebody approves them. */
final class DeletionGuard {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final JdbcTemplate jdbc;
    private final NetBoxMirrorSettings settings;
    private final InstantSource clock;
    private final Deque<Done> recent = new ArrayDeque<>();

    private record Done(Instant at, int deletions) {}

    DeletionGuard(JdbcTemplate jdbc, NetBoxMirrorSettings settings, InstantSource clock) {
        this.clock = clock;
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Why these plans' deletions may not be done; null when they may. */
    String held(Collection<MirrorPlan> plans) {
        int deletions = plans.stream().mapToInt(plan -> plan.deletes().size()).sum();
        if (deletions == 0) {
            return null;
        }
        deletions += recently();
        if (deletions <= settings.deletions()) {
            return null;
        }
        Long mirrored =
                jdbc.queryForObject("select count(*) from convergence where target = ?", Long.class, NetBoxTarget.NAME);
        long limit = Math.max(settings.deletions(), (long) (mirrored * settings.deletionsPercent() / 100));
        if (deletions <= limit || isApproved()) {
            return null;
        }
        return "Held: " + deletions + " objects would be deleted in NetBox within a minute, and " + limit
                + " is the limit. Look why, then approve with POST /api/v1/netbox/sync.";
    }

    private boolean isApproved() {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select coalesce(deletions_approved_until > now(), false) from netbox_state", Boolean.class));
    }

    /** So many were deleted: a great many in small turns are as many. */
    void done(int deletions) {
        if (deletions > 0) {
            recent.addLast(new Done(clock.instant(), deletions));
        }
    }

    private int recently() {
        while (!recent.isEmpty()
                && recent.getFirst().at().isBefore(clock.instant().minus(WINDOW))) {
            recent.removeFirst();
        }
        return recent.stream().mapToInt(Done::deletions).sum();
    }
}
