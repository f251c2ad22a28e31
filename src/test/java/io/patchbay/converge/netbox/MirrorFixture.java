package io.patchbay.converge.netbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.binding.FeedPosition;
import io.patchbay.converge.ConvergenceSettings;
import io.patchbay.converge.ConvergenceWorker;
import io.patchbay.ledger.netbox.NetBoxLedger;
import io.patchbay.netbox.NetBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;

/** The mirror on one ledger and one NetBox, turned by hand. */
final class MirrorFixture {
    private static final FeedPosition EVERYTHING = new FeedPosition(-1, Long.MAX_VALUE);

    final NetBoxLedger ledger;
    final MirrorDue due;
    final MirrorGate gate;
    final MirrorState state;
    final SweepNetBox sweep;
    private final ConvergeNetBox step;
    private final String follow;

    MirrorFixture(NetBoxLedger ledger, NetBox netBox, NetBoxMirrorSettings settings) {
        this.ledger = ledger;
        Runnable wake = () -> {};
        due = new MirrorDue(ledger.jdbc, wake);
        gate = new MirrorGate(netBox, Duration.ofMillis(1), InstantSource.system());
        SharedObjects shared = new SharedObjects(netBox, ledger.jdbc);
        NetBoxTarget target = new NetBoxTarget(
                new MirrorObserver(netBox, new DesiredObjects(ledger.jdbc, netBox.customFields()), shared),
                new MirrorWriter(
                        netBox,
                        shared,
                        new DeletionGuard(ledger.jdbc, settings, InstantSource.system()),
                        "patchbay",
                        settings.bulk()),
                netBox.customFields(),
                ledger.conflicts,
                gate,
                new MirrorMeters(new SimpleMeterRegistry()));
        ConvergenceSettings pace = new ConvergenceSettings(
                settings.attempts(),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofMinutes(15),
                settings.servicesATurn(),
                settings.servicesATurn());
        var worker = new ConvergenceWorker<>(
                target, ledger.jdbc, ledger.transaction, () -> gate.isOpen() ? EVERYTHING : null, pace, wake);
        step = new ConvergeNetBox(worker, target, due, wake);
        state = new MirrorState(ledger.jdbc, gate, worker, wake, settings);
        sweep = new SweepNetBox(netBox, ledger.jdbc, due, shared, "patchbay");
        follow = sql();
        due.begin();
    }

    static NetBoxMirrorSettings settings() {
        return new NetBoxMirrorSettings(50, 1, Duration.ofMinutes(10), 500, 100, 3, Duration.ofMillis(100));
    }

    /** Follows the log and does all that is due now; what is due later is made due. */
    void turn() {
        Map<String, Object> followed;
        do {
            followed = ledger.jdbc.queryForMap(follow);
        } while (((Number) followed.get("events")).longValue() > 0);
        ledger.jdbc.update("update convergence set due_at = now() where state in ('pending', 'waiting')");
        long before;
        do {
            before = open();
            step.turn();
        } while (open() < before);
        step.turn();
    }

    private long open() {
        return ledger.number(
                        "select count(*) from convergence where state in ('pending', 'waiting') and due_at <= now()")
                + ledger.number("select count(*) from convergence where leased_until is not null");
    }

    String stateOf(long service) {
        return ledger.text("select state from convergence where target = 'netbox' and service_id = ?", service);
    }

    String reasonOf(long service) {
        return ledger.text("select reason from convergence where target = 'netbox' and service_id = ?", service);
    }

    private static String sql() {
        try {
            return new ClassPathResource("sql/converge-netbox-follow.sql").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
