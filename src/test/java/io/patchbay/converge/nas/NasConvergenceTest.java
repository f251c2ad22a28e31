package io.patchbay.converge.nas;

import static io.patchbay.converge.nas.NasConvergenceFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.converge.ConvergenceSettings;
import io.patchbay.event.Actor;
import io.patchbay.lab.NasSimulator;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.ServiceState;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.coa.CoaOutcome;
import io.patchbay.radius.coa.CoaResult;
import io.patchbay.reply.Fingerprint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.CannotCreateTransactionException;

/** What a change of the ledger does to the sessions that are there. */
class NasConvergenceTest {
    private static final int COA = PacketCode.COA_REQUEST;
    private static final int DISCONNECT = PacketCode.DISCONNECT_REQUEST;

    @TempDir
    Path folder;

    private NasConvergenceFixture hub;
    private long slow;
    private long fast;

    @BeforeEach
    void open() {
        hub = new NasConvergenceFixture(folder);
        hub.feed.catchUp();
        slow = hub.plan("slow", 20_000, 5_000, null);
        fast = hub.plan("fast", 100_000, 50_000, null);
    }

    @AfterEach
    void close() throws Exception {
        hub.close();
    }

    @Test
    void otherRatesReachTheSessionByCoaWithTheNassOwnSecretAndPort() {
        NasSimulator nas = hub.nas("127.0.0.71");
        long service = hub.service(slow);
        long session = hub.session(nas, service, hub.classOf(service));

        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.turnUntilState(service, "done");

        assertThat(nas.notOurs()).isZero();
        assertThat(nas.received()).singleElement().satisfies(request -> {
            assertThat(request.code()).isEqualTo(COA);
            assertThat(NasSimulator.beginsSigned(request)).isTrue();
            assertThat(lines(request))
                    .contains(
                            "Acct-Session-Id = \"session-" + session + "\"",
                            "User-Name = \"user-" + service + "\"",
                            "NAS-Identifier = \"bng-of-the-lab\"",
                            "WISPr-Bandwidth-Max-Down = 100000000",
                            "WISPr-Bandwidth-Max-Up = 50000000");
        });
        assertThat(hub.attempts(session)).singleElement().satisfies(attempt -> {
            assertThat(attempt.kind()).isEqualTo("change");
            assertThat(attempt.outcome()).isEqualTo("ack");
            assertThat(attempt.actor()).isEqualTo("converge");
            assertThat(attempt.destination()).isEqualTo("127.0.0.71 " + nas.port());
            assertThat(attempt.roundTripMicros()).isPositive();
        });
        assertThat(hub.state(service).appliedVersion())
                .isEqualTo(hub.state(service).desiredVersion());
        assertThat(hub.state(service).reason()).contains("100000/50000 kbit/s");
    }

    @Test
    void whatWasSentCountsBeforeWhatTheClassSays() {
        NasSimulator nas = hub.nas("127.0.0.71");
        long service = hub.service(slow);
        hub.session(nas, service, hub.classOf(service));
        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.turnUntilState(service, "done");

        hub.services.setOption82Policy(service, Option82Policy.LOG, Actor.named("test"));
        hub.turnUntil(() -> hub.state(service).appliedVersion() == 2);
        assertThat(nas.received()).hasSize(1);

        hub.services.changePlan(service, "slow", Actor.named("test"));
        hub.turnUntil(() -> hub.state(service).appliedVersion() == 3);
        assertThat(nas.received()).hasSize(2);
        assertThat(lines(nas.received().getLast())).contains("WISPr-Bandwidth-Max-Down = 20000000");
    }

    @Test
    void anotherAddressNeedsANewSessionAndTheStopProvesIt() {
        NasSimulator nas = hub.nas("127.0.0.71");
        long service = hub.service(slow);
        hub.session(nas, service, hub.classOf(service));

        hub.giveAddress(service, "198.51.100.9/32");
        hub.turnUntilState(service, "waiting");
        assertThat(nas.received(DISCONNECT)).hasSize(1);
        assertThat(nas.received(COA)).isEmpty();
        assertThat(hub.state(service).reason()).contains("accounting Stop has yet to come");

        hub.stop(hub.jdbc.queryForObject("select convert_from(acct_session_id, 'UTF8') from session", String.class));
        hub.turnUntilState(service, "done");
        assertThat(nas.received()).hasSize(1);
    }

    @Test
    void aNasThatForgotTheSessionEndsTheMatter() {
        NasSimulator nas = hub.nas("127.0.0.71");
        long service = hub.service(slow);
        long session = hub.session(nas, service, hub.classOf(service));
        hub.giveAddress(service, "198.51.100.9/32");
        hub.turnUntilState(service, "done");

        assertThat(nas.received(DISCONNECT)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(hub.attempts(session).getLast().errorCause()).isEqualTo("503 Session-Context-Not-Found");
        assertThat(hub.jdbc.queryForMap("select presumed, end_cause, ended_at is not null as over from session"))
                .containsEntry("presumed", true)
                .containsEntry("end_cause", "unknown-to-nas")
                .containsEntry("over", true);
    }

    @Test
    void aSuspendedServiceIsDisconnectedAndFromTheWalledGardenLetOut() {
        NasSimulator nas = hub.nas("127.0.0.71", "generic", DenialPolicy.QUARANTINE);
        nas.onDisconnected(hub::stop);
        long service = hub.service(slow);
        hub.session(nas, service, hub.classOf(service));
        hub.services.setState(service, ServiceState.SUSPENDED, Actor.named("test"));
        hub.turnUntilState(service, "done");
        assertThat(nas.received(DISCONNECT)).hasSize(1);

        long walled = hub.session(nas, service, NasConvergenceFixture.classOf(service, Fingerprint.QUARANTINE));
        hub.services.setOption82Policy(service, Option82Policy.LOG, Actor.named("test"));
        hub.turnUntil(() -> hub.state(service).appliedVersion() == 2);
        assertThat(nas.received()).hasSize(1);

        hub.services.setState(service, ServiceState.ACTIVE, Actor.named("test"));
        hub.turnUntil(() -> hub.state(service).appliedVersion() == 3);
        assertThat(hub.attempts(walled).getFirst().cause()).contains("leaves the walled garden");
    }

    @Test
    void aServiceThatIsRemovedTakesItsSessionsAlong() {
        NasSimulator nas = hub.nas("127.0.0.71").onDisconnected(hub::stop);
        long service = hub.service(slow);
        hub.session(nas, service, hub.classOf(service));
        hub.session(nas, service, hub.classOf(service));
        hub.services.remove(service, Actor.named("test"));
        hub.turnUntilState(service, "done");
        assertThat(nas.received(DISCONNECT)).hasSize(2);
    }

    @Test
    void aNasThatCannotChangeIsAskedToDisconnectInstead() {
        NasSimulator nas = hub.nas("127.0.0.71").refuse(COA, 401).onDisconnected(hub::stop);
        long service = hub.service(slow);
        long session = hub.session(nas, service, hub.classOf(service));
        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.turnUntilState(service, "done");

        assertThat(hub.attempts(session))
                .extracting(CoaAttemptView::kind, CoaAttemptView::outcome, CoaAttemptView::errorCause)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("change", "nak", "401 Unsupported-Attribute"),
                        org.assertj.core.groups.Tuple.tuple("disconnect", "ack", null));
    }

    @Test
    void aNasThatRefusesWithoutSayingWhyIsAskedToDisconnectInstead() {
        NasSimulator nas = hub.nas("127.0.0.71").refuse(COA, 0).onDisconnected(hub::stop);
        long service = hub.service(slow);
        long session = hub.session(nas, service, hub.classOf(service));
        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.turnUntilState(service, "done");

        assertThat(hub.attempts(session))
                .extracting(CoaAttemptView::kind, CoaAttemptView::outcome, CoaAttemptView::errorCause)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("change", "nak", null),
                        org.assertj.core.groups.Tuple.tuple("disconnect", "ack", null));
    }

    @Test
    void aNasThatDoesNotAnswerIsAVisibleFailureThatCanBeRetried() {
        hub.impatient();
        NasSimulator nas = hub.nas("127.0.0.71").silent(true);
        long service = hub.service(slow);
        long session = hub.session(nas, service, hub.classOf(service));
        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.turnUntilState(service, "failed");

        assertThat(hub.state(service).attempts()).isEqualTo(3);
        assertThat(hub.state(service).reason())
                .contains("did not answer the CoA-Request, sent 2 times to 127.0.0.71 port " + nas.port());
        assertThat(hub.reader.inState("nas", "failed", 0, 10)).hasSize(1);
        assertThat(hub.attempts(session)).hasSize(6).allMatch(attempt -> attempt.outcome()
                .equals("no-answer"));

        nas.silent(false);
        hub.disconnect.retry(service);
        hub.turnUntilState(service, "done");
        assertThatThrownBy(() -> hub.disconnect.retry(service)).isInstanceOf(LedgerNotFound.class);
    }

    @Test
    void aNasThatTakesNoCoaIsToldAtOnce() {
        NasSimulator nas = hub.nas("127.0.0.71");
        hub.jdbc.update("update nas_client set coa_transport = 'off'");
        hub.feed.refreshDirectoryNow();
        long service = hub.service(slow);
        hub.session(nas, service, hub.classOf(service));
        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.turnUntilState(service, "failed");
        assertThat(hub.state(service).attempts()).isEqualTo(1);
        assertThat(hub.state(service).reason()).contains("takes no CoA");
        assertThat(nas.received()).isEmpty();
    }

    @Test
    void aDeadNasDelaysNobodyElse() {
        hub.settings(new ConvergenceSettings(
                100, Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMinutes(2), 5, 5000));
        hub.impatient();
        NasSimulator dead = hub.nas("127.0.0.71").silent(true);
        NasSimulator alive = hub.nas("127.0.0.72");
        List<Long> ofAlive = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long first = hub.service(slow);
            hub.session(dead, first, hub.classOf(first));
            long second = hub.service(slow);
            hub.session(alive, second, hub.classOf(second));
            ofAlive.add(second);
        }
        hub.changeRates(slow, 30_000, 10_000);
        hub.turnUntil(
                () -> ofAlive.stream().allMatch(one -> hub.state(one).state().equals("done")));
        assertThat(alive.received(COA)).hasSize(20);
        assertThat(hub.worker.inFlight()).isLessThanOrEqualTo(5);
        assertThat(dead.received()).isNotEmpty();
    }

    @Test
    void aPlanOfManyServicesIsOneStatementAndEveryNasHearsOfEachOnce() {
        NasSimulator nas = hub.nas("127.0.0.71");
        for (int i = 0; i < 300; i++) {
            long service = hub.service(slow);
            hub.session(nas, service, hub.classOf(service));
        }
        long without = hub.service(slow);
        hub.changeRates(slow, 30_000, 10_000);
        hub.feed.catchUp();
        assertThat(hub.follow()).containsEntry("services", 300L);
        assertThat(hub.follow()).containsEntry("events", 0L);
        var otherNode = hub.newWorker();
        hub.turnUntil(() -> {
            otherNode.turn();
            return hub.reader.inState("nas", "done", 0, 1000).size() == 300;
        });
        assertThat(nas.received()).hasSize(300);
        assertThat(nas.received().stream().map(request -> request.text(44)).distinct())
                .hasSize(300);
        assertThat(hub.state(without).state()).isEqualTo("none");
    }

    @Test
    void aChangeDuringAnotherIsSeenToAfterwards() {
        NasSimulator nas = hub.nas("127.0.0.71").delay(200);
        long service = hub.service(slow);
        hub.session(nas, service, hub.classOf(service));
        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.turnUntil(() -> nas.received().size() == 1);
        hub.plan("faster", 200_000, 90_000, null);
        hub.services.changePlan(service, "faster", Actor.named("test"));
        hub.turnUntil(() -> hub.state(service).appliedVersion() == 2);
        assertThat(nas.received()).hasSize(2);
        assertThat(lines(nas.received().getLast())).contains("WISPr-Bandwidth-Max-Down = 200000000");
    }

    @Test
    void whatTheMemoryHasNotReadYetIsLeftAlone() {
        NasSimulator nas = hub.nas("127.0.0.71");
        long service = hub.service(slow);
        hub.session(nas, service, hub.classOf(service));
        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.follow();
        hub.worker.turn();
        assertThat(hub.state(service).state()).isEqualTo("pending");
        assertThat(hub.worker.inFlight()).isZero();
        hub.turnUntilState(service, "done");
        assertThat(lines(nas.received().getLast())).contains("WISPr-Bandwidth-Max-Down = 100000000");
    }

    @Test
    void aSessionWithoutClassGetsTheRatesOfToday() {
        NasSimulator nas = hub.nas("127.0.0.71");
        long service = hub.service(slow);
        hub.session(nas, service, null);
        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.turnUntilState(service, "done");
        assertThat(nas.received(COA)).hasSize(1);
    }

    @Test
    void whoLoggedInJustBeforeAChangeAndIsHeardOfJustAfterItIsFound() {
        NasSimulator nas = hub.nas("127.0.0.71");
        long service = hub.service(slow);
        String classValue = hub.classOf(service);
        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.turn();
        assertThat(hub.state(service).state()).isEqualTo("none");

        hub.session(nas, service, classValue);
        hub.turn();
        assertThat(hub.followLate(3600)).containsEntry("events", 0L);
        assertThat(hub.followLate(0)).containsEntry("services", 1L);
        hub.turnUntilState(service, "done");
        assertThat(nas.received(COA)).hasSize(1);
        assertThat(hub.followLate(0)).containsEntry("events", 0L);
    }

    @Test
    void whatExpiresIsDisconnectedOnce() {
        NasSimulator nas = hub.nas("127.0.0.71").onDisconnected(hub::stop);
        long service = hub.service(slow);
        long later = hub.service(slow);
        hub.session(nas, service, hub.classOf(service));
        hub.session(nas, later, hub.classOf(later));
        hub.services.setExpiry(later, Instant.now().plusSeconds(3600), Actor.named("test"));
        hub.turnUntilState(later, "done");
        hub.jdbc.update("update service set expires_at = now() where id = ?", service);
        hub.feed.refreshNow(service);
        String expired = NasConvergenceFixture.sql("converge-nas-expired");
        assertThat(hub.jdbc.update(expired)).isEqualTo(1);
        hub.turnUntilState(service, "done");
        assertThat(nas.received()).hasSize(1);
        assertThat(nas.received(DISCONNECT)).hasSize(1);
        assertThat(hub.jdbc.update(expired)).isZero();
    }

    @Test
    void theSweepForgetsWhatIsOld() {
        NasSimulator nas = hub.nas("127.0.0.71");
        long service = hub.service(slow);
        long session = hub.session(nas, service, hub.classOf(service));
        hub.services.changePlan(service, "fast", Actor.named("test"));
        hub.turnUntilState(service, "done");
        String sweep = NasConvergenceFixture.sql("converge-nas-sweep").replace(":#days", "30");
        hub.jdbc.update(sweep);
        assertThat(hub.attempts(session)).hasSize(1);
        hub.jdbc.update("update coa_attempt set sent_at = now() - interval '31 days'");
        hub.jdbc.update("update convergence set changed_at = now() - interval '31 days'");
        hub.jdbc.update("update session_given set at = now() - interval '3 days'");
        hub.jdbc.update(sweep);
        assertThat(hub.attempts(session)).isEmpty();
        assertThat(hub.state(service).state()).isEqualTo("none");
        assertThat(hub.jdbc.queryForObject("select count(*) from session_given", Long.class))
                .isOne();
    }

    @Test
    void aRouterWhoseServicesHaveNamesIsToldTheOldAndTheNewOne() {
        NasSimulator nas = hub.nas("127.0.0.71", "juniper-erx", DenialPolicy.REJECT);
        hub.plan("bronze", 20_000, 5_000, "shaped");
        long service = hub.service(hub.jdbc.queryForObject("select id from plan where name = 'bronze'", Long.class));
        hub.plan("gold", 100_000, 50_000, "shaped");
        hub.session(nas, service, hub.classOf(service));
        hub.services.changePlan(service, "gold", Actor.named("test"));
        hub.turnUntilState(service, "done");
        assertThat(lines(nas.received().getFirst()))
                .contains(
                        "ERX-Service-Deactivate = \"shaped(20000,5000)\"",
                        "ERX-Service-Activate:1 = \"shaped(100000,50000)\"");
    }

    @Test
    void anOperatorEndsASessionAndReadsWhatTheNasSaid() {
        NasSimulator nas = hub.nas("127.0.0.71").onDisconnected(hub::stop);
        long service = hub.service(slow);
        long session = hub.session(nas, service, hub.classOf(service));
        CompletableFuture<CoaResult> asked = hub.disconnect.disconnectNow(session, Actor.named("ada"));
        assertThat(asked.join().outcome()).isEqualTo(new CoaOutcome.Ack());
        hub.turnUntil(() -> !hub.attempts(session).isEmpty());
        assertThat(hub.attempts(session).getFirst().actor()).isEqualTo("ada");
        assertThat(nas.sessions()).isEmpty();
        assertThatThrownBy(() -> hub.disconnect.disconnectNow(session, Actor.named("ada")))
                .isInstanceOf(LedgerNotFound.class);
    }

    @Test
    void whatTheNasSaidIsWrittenDownWhenTheDatabaseIsBack() {
        NasSimulator nas = hub.nas("127.0.0.71").onDisconnected(hub::stop);
        long service = hub.service(slow);
        long session = hub.session(nas, service, hub.classOf(service));
        hub.databaseAway = true;
        hub.disconnect.disconnectNow(session, Actor.named("ada")).join();
        assertThatThrownBy(hub.worker::turn).isInstanceOf(CannotCreateTransactionException.class);
        hub.databaseAway = false;
        hub.worker.turn();
        assertThat(hub.attempts(session)).hasSize(1);
    }
}
