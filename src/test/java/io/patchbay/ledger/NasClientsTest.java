package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NasClientsTest {
    private final LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final NasClients clients = new NasClients(ledger.jdbc, ledger.transaction, ledger.events, ledger.vault);

    @Test
    void whatIsStoredComesBackAndItsSecretsAreSealed() {
        long id = clients.create(nas("bng1", "2001:db8::/64", "current", "old"), Actor.named("carol"));

        NasClient stored = clients.all().getFirst();
        assertThat(stored)
                .usingRecursiveComparison()
                .ignoringFields("id", "secrets")
                .isEqualTo(nas("bng1", "2001:db8::/64", "current", "old"));
        assertThat(stored.id()).isEqualTo(id);
        assertThat(stored.secrets())
                .extracting(NasSecret::value)
                .containsExactly(Octets.ofText("current"), Octets.ofText("old"));
        assertThat(ledger.jdbc.queryForList("select sealed from nas_secret", byte[].class))
                .allSatisfy(bytes -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .doesNotContain("current", "old"));
        assertThat(ledger.count("event where type = 'nas-changed' and subject_id = ?", id))
                .isOne();
        assertThat(stored.toString() + stored.secrets()).doesNotContain("current");
    }

    @Test
    void aSecretIsRotatedThroughTwoLiveOnes() {
        long id = clients.create(nas("bng1", "192.0.2.1", "one"), Actor.named("carol"));
        clients.rotateSecret(id, Octets.ofText("two"), Actor.named("carol"));
        assertThat(secrets()).containsExactly("two", "one");
        clients.rotateSecret(id, Octets.ofText("three"), Actor.named("carol"));
        assertThat(secrets()).containsExactly("three", "two");
        clients.dropOldSecret(id, Actor.named("carol"));
        assertThat(secrets()).containsExactly("three");
        assertThatThrownBy(() -> clients.rotateSecret(99, Octets.ofText("x"), Actor.named("carol")))
                .isInstanceOf(LedgerNotFound.class);
    }

    @Test
    void anUpdateChangesAllButTheSecrets() {
        long id = clients.create(nas("bng1", "192.0.2.1", "one"), Actor.named("carol"));
        NasClient renamed = nas("bng2", "192.0.2.0/24", "ignored");
        clients.update(
                id,
                before -> new NasClient(
                        id,
                        renamed.name(),
                        1,
                        renamed.address(),
                        "juniper-erx",
                        renamed.secrets(),
                        MessageAuthenticatorMode.REQUIRE,
                        false,
                        false,
                        Option82Policy.LOG,
                        LineAuthentication.OFF,
                        null,
                        DenialPolicy.IGNORE,
                        DenialPolicy.REJECT,
                        DenialPolicy.QUARANTINE,
                        null,
                        0,
                        DynamicAuthorization.USUAL,
                        null),
                Actor.named("carol"));

        assertThat(clients.all()).singleElement().satisfies(stored -> {
            assertThat(stored.name()).isEqualTo("bng2");
            assertThat(stored.vendor()).isEqualTo("juniper-erx");
            assertThat(stored.commonPassword()).isNull();
            assertThat(stored.expiredPolicy()).isEqualTo(DenialPolicy.QUARANTINE);
        });
        assertThat(secrets()).containsExactly("one");
    }

    @Test
    void ofTwoChangesAtOnceNoneIsLost() throws Exception {
        long id = clients.create(nas("bng1", "192.0.2.1", "one"), Actor.named("carol"));
        AtomicReference<CompletableFuture<NasClient>> renaming = new AtomicReference<>();
        clients.update(
                id,
                before -> {
                    renaming.set(CompletableFuture.supplyAsync(() -> clients.update(
                            id, other -> changed(other, "bng9", other.rejectDelayMillis()), Actor.named("dave"))));
                    awaitSomebodyAtALock();
                    return changed(before, before.name(), 7);
                },
                Actor.named("carol"));
        renaming.get().get(10, TimeUnit.SECONDS);
        assertThat(clients.all()).singleElement().satisfies(stored -> {
            assertThat(stored.name()).isEqualTo("bng9");
            assertThat(stored.rejectDelayMillis()).isEqualTo(7);
        });
    }

    @Test
    void aTwinAndANasWithoutSecretAreRefused() {
        clients.create(nas("bng1", "192.0.2.1", "one"), Actor.named("carol"));
        assertThatThrownBy(() -> clients.create(nas("bng1", "192.0.2.2", "one"), Actor.named("carol")))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("bng1");
        assertThatThrownBy(() -> clients.create(nas("bng3", "192.0.2.3"), Actor.named("carol")))
                .isInstanceOf(LedgerInvalid.class);
        assertThat(ledger.count("event")).isOne();
    }

    @Test
    void whatRequestsShowIsWrittenBehindAndLearnedByOtherNodes() {
        clients.create(nas("bng1", "192.0.2.1", "one", "two"), Actor.named("carol"));
        long secretId = clients.all().getFirst().secrets().getLast().id();
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
        NasObservations here = new NasObservations(ledger.jdbc, clock);
        IpPrefix source = IpPrefix.parse("192.0.2.1");

        here.touchSecret(secretId);
        here.learnSigning(source);
        assertThat(here.isSigning(source)).isTrue();
        assertThat(ledger.count("nas_source")).isZero();
        here.flush();
        here.flush();

        assertThat(ledger.count("nas_secret where id = ? and last_used_at = '2026-01-02T03:04:05Z'", secretId))
                .isOne();
        assertThat(ledger.count("nas_secret where last_used_at is null")).isOne();
        NasObservations there = new NasObservations(ledger.jdbc, clock);
        assertThat(there.isSigning(source)).isFalse();
        there.load();
        assertThat(there.isSigning(source)).isTrue();
        assertThat(there.isSigning(IpPrefix.parse("192.0.2.2"))).isFalse();
    }

    @Test
    void aResetIsForgottenHereAndOnOtherNodes() {
        NasObservations here = new NasObservations(ledger.jdbc, Clock.systemUTC());
        NasObservations there = new NasObservations(ledger.jdbc, Clock.systemUTC());
        IpPrefix first = IpPrefix.parse("192.0.2.1");
        IpPrefix second = IpPrefix.parse("198.51.100.1");
        here.learnSigning(first);
        here.learnSigning(second);
        here.flush();
        there.load();

        assertThat(here.reset(IpPrefix.parse("192.0.2.0/24"))).isOne();
        assertThat(here.signing()).containsExactly(second);
        there.learnSigning(IpPrefix.parse("2001:db8::1"));
        there.load();
        assertThat(there.signing())
                .as("what is not written yet stays")
                .containsExactlyInAnyOrder(second, IpPrefix.parse("2001:db8::1"));
        assertThat(ledger.count("nas_source")).isOne();
    }

    @Test
    void whatCannotBeWrittenIsKeptForTheNextTime() {
        NasObservations observations = new NasObservations(ledger.jdbc, Clock.systemUTC());
        observations.learnSigning(IpPrefix.parse("192.0.2.1"));
        ledger.jdbc.execute("alter table nas_source rename to away");
        assertThatThrownBy(observations::flush).isInstanceOf(org.springframework.dao.DataAccessException.class);
        ledger.jdbc.execute("alter table away rename to nas_source");
        observations.flush();
        assertThat(ledger.count("nas_source")).isOne();
    }

    @Test
    void aSourceThatCeasedToSignIsToldOfOnceAnHour() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
        NasObservations observations = new NasObservations(ledger.jdbc, (InstantSource) now::get);
        IpPrefix source = IpPrefix.parse("192.0.2.1");
        assertThat(observations.refusedUnsigned(source)).isTrue();
        assertThat(observations.refusedUnsigned(source)).isFalse();
        assertThat(observations.refusedUnsigned(IpPrefix.parse("192.0.2.2"))).isTrue();
        now.set(now.get().plusSeconds(3_600));
        assertThat(observations.refusedUnsigned(source)).isTrue();
        assertThat(observations.refusedUnsigned(source)).isFalse();
    }

    /** From another connection than the one whose transaction holds the lock. */
    private void awaitSomebodyAtALock() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        String waiting = "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        while (CompletableFuture.supplyAsync(() -> ledger.count(waiting), threads)
                        .join()
                == 0) {
            assertThat(System.nanoTime()).as("nobody waits").isLessThan(deadline);
        }
    }

    private static NasClient changed(NasClient before, String name, int rejectDelayMillis) {
        return new NasClient(
                before.id(),
                name,
                before.tenantId(),
                before.address(),
                before.vendor(),
                before.secrets(),
                before.messageAuthenticator(),
                before.limitProxyState(),
                before.option82Trusted(),
                before.option82Policy(),
                before.lineAuthentication(),
                before.commonPassword(),
                before.unknownPolicy(),
                before.suspendedPolicy(),
                before.expiredPolicy(),
                before.portTemplate(),
                rejectDelayMillis,
                before.dynamicAuthorization(),
                before.radsecName());
    }

    private List<String> secrets() {
        return clients.all().getFirst().secrets().stream()
                .map(secret -> secret.value().text())
                .toList();
    }

    private static NasClient nas(String name, String address, String... secrets) {
        return new NasClient(
                0,
                name,
                1,
                IpPrefix.parse(address),
                "generic",
                java.util.Arrays.stream(secrets)
                        .map(secret -> new NasSecret(0, Octets.ofText(secret)))
                        .toList(),
                MessageAuthenticatorMode.AUTO,
                true,
                true,
                Option82Policy.ENFORCE,
                LineAuthentication.CHECK_COMMON_PASSWORD,
                Octets.ofText("common"),
                DenialPolicy.REJECT,
                DenialPolicy.QUARANTINE,
                DenialPolicy.IGNORE,
                "juniper",
                1000,
                DynamicAuthorization.USUAL,
                null);
    }
}
