package io.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.ledger.AddressHolder;
import io.patchbay.ledger.AssignedAddresses;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.wire.IpPrefix;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who held an address, and what speaks against it. */
class AddressHoldersTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration KEEP = Duration.ofDays(400);

    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final AddressHolders holders = new AddressHolders(List.of(
            new SessionAddresses(jdbc, KEEP, InstantSource.fixed(NOON.plus(Duration.ofDays(1)))),
            new AssignedAddresses(jdbc)));

    @Test
    void whoStartedBeforeAndStoppedAfterIsCertain() {
        long id = given("a")
                .user("alice")
                .holds("ipv4-address", "192.0.2.7/32")
                .stopped(after(3600))
                .store(jdbc);
        AddressHolder alice = only(at("192.0.2.7", 600));
        assertThat(alice.isCertain()).isTrue();
        assertThat(alice.sessionId()).isEqualTo(id);
        assertThat(alice.userName()).isEqualTo("alice");
        assertThat(alice.nas()).isEqualTo("bng-1");
        assertThat(alice.from()).isEqualTo(NOON);
        assertThat(alice.until()).isEqualTo(after(3600));
    }

    @Test
    void whoIsLiveIsCertainUpToTheLastRecord() {
        given("a").holds("ipv4-address", "192.0.2.7/32").heard(after(600)).store(jdbc);
        assertThat(only(at("192.0.2.7", 600)).isCertain()).isTrue();
        assertThat(only(at("192.0.2.7", 601)).doubts())
                .containsExactly("It was last heard of at 2026-11-01T12:10:00Z; nothing has told its end.");
    }

    @Test
    void aPresumedEndIsToldWithItsReason() {
        given("a")
                .holds("ipv4-address", "192.0.2.7/32")
                .presumedOver(after(600), after(4200), "silent")
                .store(jdbc);
        assertThat(only(at("192.0.2.7", 300)).isCertain()).isTrue();
        for (int seconds : List.of(900, 4200, 80_000)) {
            assertThat(only(at("192.0.2.7", seconds)).doubts())
                    .containsExactly(
                            "Its end at 2026-11-01T13:10:00Z is presumed, since it has been silent; it was last heard of"
                                    + " at 2026-11-01T12:10:00Z, and what was after that is not known.");
        }
        assertThat(at("192.0.2.7", 200_000).holders()).isEmpty();
    }

    @Test
    void anEndByARestartOfTheNasIsNotDrawnOut() {
        given("a")
                .holds("ipv4-address", "192.0.2.7/32")
                .presumedOver(after(600), after(4200), "nas-restart")
                .store(jdbc);
        assertThat(only(at("192.0.2.7", 4000)).doubts())
                .singleElement()
                .asString()
                .contains("its NAS restarted");
        assertThat(at("192.0.2.7", 5000).holders()).isEmpty();
    }

    @Test
    void aStartThatWasNotSeenIsADoubt() {
        given("a")
                .startUnseen()
                .holds("ipv4-address", "192.0.2.7/32")
                .stopped(after(3600))
                .store(jdbc);
        assertThat(only(at("192.0.2.7", 600)).doubts())
                .singleElement()
                .asString()
                .contains("Start was not seen", "2026-11-01T12:00:00Z");
    }

    @Test
    void aClockThatIsOffIsADoubt() {
        given("a")
                .nasClock(NOON.minusSeconds(3600))
                .holds("ipv4-address", "192.0.2.7/32")
                .stopped(after(3600))
                .store(jdbc);
        given("b")
                .nasClock(NOON.plusSeconds(2))
                .holds("ipv4-address", "192.0.2.8/32")
                .stopped(after(3600))
                .store(jdbc);
        assertThat(only(at("192.0.2.7", 600)).doubts())
                .containsExactly(
                        "The clock of NAS bng-1 was 3600 s behind the hub's when the session began; the times here are"
                                + " the hub's.");
        assertThat(only(at("192.0.2.8", 600)).isCertain()).isTrue();
    }

    @Test
    void nearAChangeOverBothAreNamedAndNeitherIsCertain() {
        given("a")
                .user("alice")
                .holds("ipv4-address", "192.0.2.7/32")
                .stopped(after(600))
                .store(jdbc);
        new GivenSession("b", after(610))
                .user("bob")
                .holds("ipv4-address", "192.0.2.7/32")
                .stopped(after(3600))
                .store(jdbc);
        assertThat(at("192.0.2.7", 615).holders())
                .extracting(AddressHolder::userName, AddressHolder::doubts)
                .containsExactlyInAnyOrder(
                        tuple(
                                "bob",
                                List.of("It came 5 s before: within 60 s of a change-over"
                                        + " it may have been another.")),
                        tuple("alice", List.of("It had gone 15 s before the time asked for.")));
        assertThat(at("192.0.2.7", 590).holders())
                .extracting(holder -> holder.doubts().getFirst())
                .containsExactlyInAnyOrder(
                        "It went 10 s later: within 60 s of a change-over it may have been another.",
                        "It came 20 s after the time asked for.");
        assertThat(only(at("192.0.2.7", 720)).isCertain()).isTrue();
    }

    @Test
    void anAddressThatWentWithinASessionIsNotHeldUntilItsEnd() {
        given("a")
                .holds("ipv6-prefix", "2001:db8:1::/64", NOON, after(600))
                .heard(after(7200))
                .store(jdbc);
        AddressHolder before = only(at("2001:db8:1::1", 300));
        assertThat(before.isCertain()).isTrue();
        assertThat(before.until()).isEqualTo(after(600));
        assertThat(at("2001:db8:1::1", 1800).holders()).isEmpty();
    }

    @Test
    void anAddressWithinADelegatedPrefixFindsItsHolder() {
        given("a")
                .holds("ipv6-delegated-prefix", "2001:db8:100::/56")
                .stopped(after(3600))
                .store(jdbc);
        assertThat(only(at("2001:db8:100:7f::1", 600)).prefix()).isEqualTo("2001:db8:100::/56");
        assertThat(at("2001:db8:100:100::1", 600).holders()).isEmpty();
    }

    @Test
    void behindACgnatThePortTellsWhoItWas() {
        given("a")
                .user("alice")
                .holdsPorts("198.51.100.1/32", 1024, 2047)
                .stopped(after(3600))
                .store(jdbc);
        given("b")
                .user("bob")
                .holdsPorts("198.51.100.1/32", 2048, 3071)
                .stopped(after(3600))
                .store(jdbc);
        IpPrefix address = IpPrefix.parse("198.51.100.1");
        assertThat(only(holders.at(address, 2048, after(600))).userName()).isEqualTo("bob");
        assertThat(only(holders.at(address, 2047, after(600))).isCertain()).isTrue();
        assertThat(holders.at(address, 4000, after(600)).holders()).isEmpty();
        assertThat(holders.at(address, null, after(600)).holders())
                .hasSize(2)
                .noneMatch(AddressHolder::isCertain)
                .allSatisfy(holder ->
                        assertThat(holder.doubts()).singleElement().asString().contains("Ask with the port"));
    }

    @Test
    void twoThatContradictEachOtherAreBothInDoubt() {
        given("a").holds("ipv4-address", "192.0.2.7/32").stopped(after(3600)).store(jdbc);
        given("b")
                .nas(2, "bng-2")
                .holds("ipv4-address", "192.0.2.7/32")
                .stopped(after(3600))
                .store(jdbc);
        assertThat(at("192.0.2.7", 600).holders())
                .hasSize(2)
                .allSatisfy(holder ->
                        assertThat(holder.doubts()).singleElement().asString().contains("1 more"));
    }

    @Test
    void withinATimeEverybodyIsNamed() {
        given("a")
                .user("alice")
                .holds("ipv4-address", "192.0.2.7/32")
                .stopped(after(600))
                .store(jdbc);
        new GivenSession("b", after(1000))
                .user("bob")
                .holds("ipv4-address", "192.0.2.7/32")
                .stopped(after(3600))
                .store(jdbc);
        assertThat(holders.within(IpPrefix.parse("192.0.2.7"), null, after(300), after(2000))
                        .holders())
                .allMatch(AddressHolder::isCertain)
                .extracting(AddressHolder::userName)
                .containsExactly("bob", "alice");
    }

    @Test
    void anAssignmentIsNoProofOfUse() {
        long service = assigned("192.0.2.9/32", NOON);
        AddressHolder holder = only(at("192.0.2.9", 600));
        assertThat(holder.source()).isEqualTo("ledger");
        assertThat(holder.serviceId()).isEqualTo(service);
        assertThat(holder.from()).isEqualTo(NOON);
        assertThat(holder.doubts()).containsExactly("It was assigned, which does not tell whether it was in use.");
        assertThat(at("192.0.2.9", -600).holders()).as("before it was assigned").isEmpty();
    }

    @Test
    void theMostCertainComesFirst() {
        assigned("192.0.2.7/32", NOON);
        given("a")
                .user("alice")
                .holds("ipv4-address", "192.0.2.7/32")
                .stopped(after(3600))
                .store(jdbc);
        assertThat(at("192.0.2.7", 600).holders())
                .extracting(AddressHolder::source)
                .containsExactly("accounting", "ledger");
    }

    @Test
    void whatARemovedServiceHadIsStillKnown() {
        long service = assigned("192.0.2.9/32", NOON);
        new ServiceChanges(jdbc, new TransactionTemplate(new JdbcTransactionManager(database)), new EventLog(jdbc))
                .remove(service, Actor.named("test"));
        AddressHolder holder = only(at("192.0.2.9", 600));
        assertThat(holder.userName()).isEqualTo("of 192.0.2.9/32");
        assertThat(holder.prefix()).isEqualTo("192.0.2.9/32");
        assertThat(holder.from()).isEqualTo(NOON);
        assertThat(holder.until()).isNotNull();
        assertThat(holders.at(
                                IpPrefix.parse("192.0.2.9"),
                                null,
                                Clock.systemUTC().instant().plusSeconds(5))
                        .holders())
                .isEmpty();
    }

    @Test
    void whatAServiceHadBeforeItsHistoryBeganIsKnownFromTheEventOfItsRemoval() {
        jdbc.update(
                "insert into event (at, actor, type, service_id, detail) values (?, 'test', 'service-created', 4711, '{}'),"
                        + " (?, 'test', 'service-removed', 4711, '{\"holder\": \"carol\", \"prefixes\": [\"192.0.2.9/32\"]}')",
                Timestamp.from(NOON),
                Timestamp.from(after(3600)));
        assertThat(only(at("192.0.2.9", 600)).userName()).isEqualTo("carol");
    }

    @Test
    void anEmptyAnswerSaysHowFarItReaches() {
        given("a").holds("ipv4-address", "192.0.2.7/32").store(jdbc);
        AddressHolders.Answer covered = at("203.0.113.1", 600);
        assertThat(covered.holders()).isEmpty();
        assertThat(covered.notes()).first().asString().contains("does not prove that nobody did");
        assertThat(covered.reach()).first().satisfies(reach -> {
            assertThat(reach.since()).isEqualTo(NOON);
            assertThat(reach.coversQuestion()).isTrue();
            assertThat(reach.sentence()).contains("400 days");
        });
        assertThat(at("203.0.113.1", -600).notes())
                .contains("The time asked for reaches back further than the source accounting.");
    }

    private static GivenSession given(String acctSessionId) {
        return new GivenSession(acctSessionId, NOON);
    }

    private static Instant after(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    private AddressHolders.Answer at(String address, int seconds) {
        return holders.at(IpPrefix.parse(address), null, after(seconds));
    }

    private static AddressHolder only(AddressHolders.Answer answer) {
        assertThat(answer.holders()).hasSize(1);
        return answer.holders().getFirst();
    }

    /** @return the service */
    private long assigned(String prefix, Instant since) {
        long service = jdbc.queryForObject("""
                with person as (insert into subscriber (tenant_id, external_id) select id, 'of ' || ? from tenant
                    returning id, tenant_id)
                insert into service (subscriber_id, tenant_id, plan_id)
                select person.id, person.tenant_id, plan.id from person join plan on plan.tenant_id = person.tenant_id
                returning id""", Long.class, prefix);
        jdbc.update(
                "insert into service_prefix (service_id, vrf_id, kind, prefix, assigned_at)"
                        + " select ?, id, 'ipv4-address', ?::cidr, ? from vrf",
                service,
                prefix,
                Timestamp.from(since));
        return service;
    }
}
