package io.patchbay.converge.nas;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.binding.Binding;
import io.patchbay.lab.GivenNas;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.ServiceState;
import io.patchbay.line.VlanTags;
import io.patchbay.radius.dictionary.DictionaryParser;
import io.patchbay.reply.Fingerprint;
import io.patchbay.reply.InterimIntervals;
import io.patchbay.reply.ReplyProfile;
import io.patchbay.reply.ReplyProfiles;
import io.patchbay.reply.SessionFacts;
import io.patchbay.reply.SessionFacts.Rates;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionPlannerTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final ReplyProfiles PROFILES = ReplyProfiles.load(
            Path.of("config/reply"), DictionaryParser.load(Path.of("dictionaries/dictionary")), InterimIntervals.USUAL);
    private static final Rates SLOW = new Rates(20_000, 5_000, null);
    private static final Rates FAST = new Rates(100_000, 50_000, null);
    private static final NasClient NAS = new GivenNas("127.0.0.9").of(1);

    @TempDir
    Path folder;

    @Test
    void whatItHasIsLeftAlone() {
        Binding service = service(FAST, "192.0.2.1");
        assertThat(plan(session(service, FAST), service)).isInstanceOf(SessionAction.Leave.class);
    }

    @Test
    void otherRatesAreAChangeThatKeepsTheShape() {
        Binding service = service(FAST, "192.0.2.1");
        SessionAction action = plan(session(service(SLOW, "192.0.2.1"), SLOW), service);
        assertThat(action)
                .isEqualTo(new SessionAction.Change(
                        "Rates or QoS profile have changed to 100000/50000 kbit/s.",
                        Fingerprint.of(service).rates(),
                        Fingerprint.of(service).shape()));
    }

    @Test
    void anotherShapeNeedsANewSessionWhateverTheRates() {
        assertDisconnect(plan(session(service(SLOW, "192.0.2.1"), SLOW), service(FAST, "192.0.2.2")), "new session");
        assertDisconnect(plan(session(service(FAST, "192.0.2.1"), FAST), service(FAST, null)), "new session");
    }

    @Test
    void whoMayNotUseTheServiceIsDisconnected() {
        Binding before = service(FAST, null);
        assertDisconnect(plan(session(before, FAST), service(FAST, null, ServiceState.SUSPENDED, 0)), "suspended");
        assertDisconnect(plan(session(before, FAST), service(FAST, null, ServiceState.TERMINATED, 0)), "terminated");
        long justNow = NOW.getEpochSecond();
        assertDisconnect(plan(session(before, FAST), service(FAST, null, ServiceState.ACTIVE, justNow)), "expired");
        assertThat(plan(session(before, FAST), service(FAST, null, ServiceState.ACTIVE, justNow + 1)))
                .isInstanceOf(SessionAction.Leave.class);
        assertDisconnect(plan(session(before, FAST), null), "removed");
    }

    @Test
    void theWalledGardenIsEnteredAndLeftByANewSession() {
        NasClient nas =
                new GivenNas("127.0.0.9").suspended(DenialPolicy.QUARANTINE).of(1);
        Binding active = service(FAST, null);
        Binding suspended = service(FAST, null, ServiceState.SUSPENDED, 0);
        ReplyProfile profile = PROFILES.profile("generic");
        LiveSession walled = session(Fingerprint.QUARANTINE, facts(null, null));

        assertDisconnect(
                SessionPlanner.plan(session(active, FAST), suspended, nas, profile, NOW), "to the walled garden");
        assertThat(SessionPlanner.plan(walled, suspended, nas, profile, NOW)).isInstanceOf(SessionAction.Leave.class);
        assertDisconnect(SessionPlanner.plan(walled, active, nas, profile, NOW), "leaves the walled garden");
    }

    @Test
    void ofWhomNothingIsKnownGetsTheRatesUnlessItsAddressSaysMore() {
        assertThat(plan(session(null, facts("192.0.2.1", null)), service(FAST, "192.0.2.1")))
                .isInstanceOfSatisfying(SessionAction.Change.class, change -> assertThat(change.shape())
                        .isNull());
        assertThat(plan(session(null, facts(null, null)), service(FAST, "192.0.2.1")))
                .isInstanceOf(SessionAction.Change.class);
        assertDisconnect(plan(session(null, facts("192.0.2.9", null)), service(FAST, "192.0.2.1")), "new session");
    }

    @Test
    void whatTheVendorCannotDoLiveNeedsANewSession() throws IOException {
        Files.writeString(folder.resolve("mute.yaml"), "grant: {}\nquarantine: {}\nreject: {}\n");
        ReplyProfile mute = ReplyProfiles.load(
                        folder, DictionaryParser.load(Path.of("dictionaries/dictionary")), InterimIntervals.USUAL)
                .profile("mute");
        LiveSession slow = session(service(SLOW, null), SLOW);
        Binding fast = service(FAST, null);
        assertDisconnect(SessionPlanner.plan(slow, fast, NAS, mute, NOW), "no section change");
        assertDisconnect(
                SessionPlanner.plan(slow, fast, NAS, PROFILES.profile("cisco"), NOW), "nothing in its section change");
        assertDisconnect(plan(slow, service(new Rates(0, 5_000, null), null)), "taken away");

        LiveSession unknown = session(service(SLOW, null), null);
        assertDisconnect(
                SessionPlanner.plan(unknown, fast, NAS, PROFILES.profile("juniper-erx"), NOW), "not known what");
        assertThat(SessionPlanner.plan(slow, fast, NAS, PROFILES.profile("juniper-erx"), NOW))
                .isInstanceOf(SessionAction.Change.class);
    }

    private static SessionAction plan(LiveSession session, Binding desired) {
        return SessionPlanner.plan(session, desired, NAS, PROFILES.profile("generic"), NOW);
    }

    private static void assertDisconnect(SessionAction action, String why) {
        assertThat(action).isInstanceOf(SessionAction.Disconnect.class);
        assertThat(action.why()).contains(why);
    }

    /** One that logged in when the service was this. @param known its rates, as far as they are remembered */
    private static LiveSession session(Binding atLogin, Rates known) {
        return session(Fingerprint.of(atLogin), facts(null, known));
    }

    private static LiveSession session(Fingerprint given, SessionFacts facts) {
        return new LiveSession(1, 7, 3, "nas", IpPrefix.parse("127.0.0.9"), facts, given);
    }

    private static SessionFacts facts(String ipv4Address, Rates known) {
        IpPrefix address = ipv4Address == null ? null : IpPrefix.parse(ipv4Address);
        return new SessionFacts(
                Octets.ofText("id"), null, null, null, null, null, address, null, null, null, null, known);
    }

    private static Binding service(Rates rates, String ipv4Address) {
        return service(rates, ipv4Address, ServiceState.ACTIVE, 0);
    }

    private static Binding service(Rates rates, String ipv4Address, ServiceState state, long expiresAt) {
        Plan plan = new Plan(
                3, 1, "plan", rates.downKbps(), rates.upKbps(), 0, 0, 0, null, null, null, null, rates.qosProfile(), 0);
        return new Binding(
                7,
                5,
                1,
                null,
                null,
                "internet",
                state,
                expiresAt,
                null,
                plan,
                0,
                0,
                List.of(),
                null,
                VlanTags.NONE,
                false,
                ipv4Address == null ? null : IpPrefix.parse(ipv4Address),
                List.of(),
                null,
                null,
                null,
                List.of(),
                0,
                true,
                true);
    }
}
