package io.patchbay.ledger.address;

import static io.patchbay.ledger.address.AddressFixture.ACTOR;
import static io.patchbay.ledger.address.AddressKind.IPV4_ADDRESS;
import static io.patchbay.ledger.address.AddressKind.IPV4_ROUTE;
import static io.patchbay.ledger.address.AddressKind.IPV6_DELEGATED_PREFIX;
import static io.patchbay.ledger.address.AddressKind.IPV6_WAN_ADDRESS;
import static io.patchbay.ledger.address.AddressKind.IPV6_WAN_PREFIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddressAssignmentsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AddressFixture world = new AddressFixture();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theNextOfAPoolIsGivenAndAskedForAgainItIsTheSame() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, "10.0.0.0/30");
        long service = world.service();
        assertThat(world.assign(service, pool)).isEqualTo("10.0.0.0/32");
        assertThat(world.assign(service, pool)).isEqualTo("10.0.0.0/32");
        assertThat(world.assign(world.service(), pool)).isEqualTo("10.0.0.1/32");
        assertThat(world.jdbc.queryForList(
                        "select type || ' ' || actor || ' ' || reason || ' ' || detail from event where service_id = ?",
                        String.class,
                        service))
                .containsExactly(
                        "service-changed test because {\"after\": {\"ipv4-address\": \"10.0.0.0/32\"}, \"before\": {}}");
    }

    @Test
    void thePlansPoolIsDrawnFromWhenNoneIsNamed() {
        AddressPool pool = world.pool(IPV6_DELEGATED_PREFIX, 56, "2001:db8::/40");
        long service = world.service();
        AddressWish wish = AddressWish.next(IPV6_DELEGATED_PREFIX);
        assertThatThrownBy(() -> world.space.assignments().assign(service, wish, ACTOR))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("'default' has no pool for an ipv6-delegated-prefix");
        world.jdbc.update("update plan set ipv6_delegated_pool_id = ?", pool.id());
        assertThat(world.space.assignments().assign(service, wish, ACTOR).prefix())
                .isEqualTo(IpPrefix.parse("2001:db8::/56"));
        assertThat(world.space
                        .assignments()
                        .assign(world.service(), wish.ofLength(48), ACTOR)
                        .prefix())
                .isEqualTo(IpPrefix.parse("2001:db8:1::/48"));
    }

    @Test
    void whatCannotBeIsRefused() {
        AddressPool delegated = world.pool(IPV6_DELEGATED_PREFIX, 56, "2001:db8::/40");
        AddressPool ipv4 = world.pool(IPV4_ADDRESS, 32, "10.0.0.0/30");
        long service = world.service();
        assertInvalid(
                service,
                AddressWish.nextOf(delegated.id(), IPV6_DELEGATED_PREFIX).ofLength(47),
                "/48 to /64");
        assertInvalid(service, AddressWish.nextOf(delegated.id(), IPV4_ADDRESS), "is of ipv6-delegated-prefix");
        assertInvalid(service, AddressWish.nextOf(999, IPV4_ADDRESS), "no address pool 999");
        assertInvalid(
                service,
                new AddressWish(IPV4_ADDRESS, ipv4.id(), IpPrefix.parse("10.0.1.1/32"), null, null),
                "10.0.1.1/32 is not in the pool pool 2");
        assertInvalid(service, AddressWish.chosen(IPV4_ROUTE, IpPrefix.parse("10.9.0.1/24")), "bits beyond");
        assertInvalid(service, AddressWish.chosen(IPV6_WAN_PREFIX, IpPrefix.parse("2001:db8::/56")), "/64");
        assertThatThrownBy(() -> world.choose(999, IPV4_ADDRESS, "10.0.0.1")).isInstanceOf(LedgerNotFound.class);
        world.jdbc.update("update service set state = 'terminated' where id = ?", service);
        assertInvalid(service, AddressWish.nextOf(ipv4.id(), IPV4_ADDRESS), "terminated");
    }

    private void assertInvalid(long service, AddressWish wish, String sentence) {
        assertThatThrownBy(() -> world.space.assignments().assign(service, wish, ACTOR))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aPoolOfAnotherTenantIsNotDrawnFrom() {
        long tenant = world.jdbc.queryForObject("insert into tenant (name) values ('other') returning id", Long.class);
        AddressPool pool = world.space
                .pools()
                .create(
                        new AddressPool(
                                0,
                                "theirs",
                                tenant,
                                world.vrf,
                                IPV4_ADDRESS,
                                32,
                                null,
                                Duration.ZERO,
                                PoolAuthority.LOCAL),
                        ACTOR);
        world.block(pool, "10.0.0.0/30");
        assertInvalid(world.service(), AddressWish.nextOf(pool.id(), IPV4_ADDRESS), "is another tenant's");
        assertInvalid(
                world.service(), AddressWish.chosen(IPV4_ADDRESS, IpPrefix.parse("10.0.0.1")), "another tenant's");
    }

    @Test
    void aChosenOneThatIsSomebodysIsAConflictThatNamesThem() {
        world.pool(IPV4_ADDRESS, 32, "10.0.0.0/30");
        long one = world.service();
        world.choose(one, IPV4_ADDRESS, "10.0.0.2");
        long other = world.service();
        assertThatThrownBy(() -> world.choose(other, IPV4_ADDRESS, "10.0.0.2"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessage("10.0.0.2/32 is not free: 10.0.0.2/32 belongs to sub0.");
        assertThatThrownBy(() -> world.choose(other, IPV4_ROUTE, "10.0.0.2/31"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("10.0.0.2/32 belongs to sub0");
        world.choose(one, IPV4_ROUTE, "192.0.2.0/29");
        assertThatThrownBy(() -> world.choose(other, IPV4_ADDRESS, "192.0.2.1"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("192.0.2.0/29 belongs to sub0");
        assertThatThrownBy(() -> world.choose(one, IPV4_ADDRESS, "10.0.0.3"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("has the ipv4-address 10.0.0.2/32 already");
    }

    @Test
    void aReservedPartIsNeverAssigned() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, "10.0.0.0/30");
        world.space.parts().reserve(pool.id(), AddressRange.parse("10.0.0.0-10.0.0.2"), "routers", ACTOR);
        assertThatThrownBy(() -> world.choose(world.service(), IPV4_ADDRESS, "10.0.0.1"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessage("10.0.0.1/32 is not free: 10.0.0.0/31 is held (reserved, routers).");
        assertThat(world.assign(world.service(), pool)).isEqualTo("10.0.0.3/32");
        assertThatThrownBy(() -> world.assign(world.service(), pool))
                .isInstanceOf(PoolExhausted.class)
                .hasMessage("The pool 'pool 1' has no /32 left.");
    }

    @Test
    void whileItCoolsDownOnlyWhoHadItGetsItAgain() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, HOUR, "10.0.0.0/31");
        long one = world.service();
        long other = world.service();
        world.assign(one, pool);
        world.release(one, IPV4_ADDRESS);
        assertThat(world.held()).containsExactly("10.0.0.0/32 cool-down");
        assertThat(world.assign(other, pool)).isEqualTo("10.0.0.1/32");
        assertThatThrownBy(() -> world.choose(world.service(), IPV4_ADDRESS, "10.0.0.0"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("10.0.0.0/32 is held (cool-down, until ");
        assertThat(world.assign(one, pool)).isEqualTo("10.0.0.0/32");
        assertThat(world.held()).isEmpty();
        world.release(one, IPV4_ADDRESS);
        assertThat(world.choose(one, IPV4_ADDRESS, "10.0.0.0").prefix()).isEqualTo(IpPrefix.parse("10.0.0.0"));
    }

    @Test
    void anExhaustedPoolAndAChosenAddressLookForWhatIsDue() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, HOUR, "10.0.0.0/31");
        long one = world.service();
        long other = world.service();
        world.assign(one, pool);
        world.assign(other, pool);
        world.release(one, IPV4_ADDRESS);
        world.release(other, IPV4_ADDRESS);
        assertThatThrownBy(() -> world.assign(world.service(), pool)).isInstanceOf(PoolExhausted.class);
        world.timePasses();
        assertThat(world.choose(world.service(), IPV4_ADDRESS, "10.0.0.1").prefix())
                .isEqualTo(IpPrefix.parse("10.0.0.1"));
        assertThat(world.assign(world.service(), pool)).isEqualTo("10.0.0.0/32");
    }

    @Test
    void theSweepEndsWhatIsDueAndNothingElse() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, HOUR, "10.0.0.0/28");
        for (long service : world.services(5)) {
            world.assign(service, pool);
            world.release(service, IPV4_ADDRESS);
        }
        world.space.parts().reserve(pool.id(), AddressRange.parse("10.0.0.15"), null, ACTOR);
        assertThat(world.space.sweeps().releaseDue()).isZero();
        world.timePasses();
        assertThat(world.space.sweeps().releaseDue()).isEqualTo(5);
        assertThat(world.held()).containsExactly("10.0.0.15/32 reserved");
        assertThat(world.free()).containsExactly("10.0.0.0/29", "10.0.0.8/30", "10.0.0.12/31", "10.0.0.14/32");
    }

    @Test
    void aLiveSessionOfAnotherIsAConflictAndPassedOver() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, "10.0.0.0/30");
        long service = world.service();
        world.isUsed("10.0.0.0/32", 4711L, "mallory", null);
        world.isUsed("10.0.0.1/32", 4711L, "gone", Instant.now());
        assertThatThrownBy(() -> world.choose(service, IPV4_ADDRESS, "10.0.0.0"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessage("10.0.0.0/32 is not free: 10.0.0.0/32 is in use by mallory, session 7 at bng-1.");
        assertThat(world.assign(service, pool)).isEqualTo("10.0.0.1/32");
        assertThat(world.held()).containsExactly("10.0.0.0/32 in-use");
        world.sessions.clear();
        world.timePasses();
        world.space.sweeps().releaseDue();
        assertThat(world.assign(world.service(), pool)).isEqualTo("10.0.0.0/32");
    }

    @Test
    void itsOwnLiveSessionIsNoConflict() {
        world.pool(IPV4_ADDRESS, 32, "10.0.0.0/30");
        long service = world.service();
        world.isUsed("10.0.0.0/32", service, "alice", null);
        assertThat(world.choose(service, IPV4_ADDRESS, "10.0.0.0").prefix()).isEqualTo(IpPrefix.parse("10.0.0.0"));
    }

    @Test
    void moveAndSwapHandOverAtOnceAndAreHistory() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, HOUR, "10.0.0.0/30");
        long one = world.service();
        long other = world.service();
        world.assign(one, pool);
        world.space.assignments().move(one, other, IPV4_ADDRESS, null, ACTOR);
        assertThat(world.held()).isEmpty();
        assertThat(world.assign(one, pool)).isEqualTo("10.0.0.1/32");
        assertThatThrownBy(() -> world.space.assignments().move(one, other, IPV4_ADDRESS, null, ACTOR))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("10.0.0.0/32 already");
        world.space.assignments().swap(one, other, IPV4_ADDRESS, ACTOR);
        assertThat(world.jdbc.queryForList(
                        "select service_id || ' ' || text(prefix) from service_prefix order by service_id",
                        String.class))
                .containsExactly(one + " 10.0.0.0/32", other + " 10.0.0.1/32");
        assertThat(world.jdbc.queryForList(
                        "select service_id || ' ' || text(prefix) || ' ' || holder from address_history order by id",
                        String.class))
                .containsExactly(one + " 10.0.0.0/32 sub0", one + " 10.0.0.1/32 sub0", other + " 10.0.0.0/32 sub1");
        assertThat(world.held()).isEmpty();
        assertThat(world.free()).containsExactly("10.0.0.2/31");
    }

    @Test
    void aWanAddressLiesWithinTheServicesOwnPrefix() {
        AddressPool pool = world.pool(IPV6_WAN_PREFIX, 64, "2001:db8::/48");
        long service = world.service();
        world.assign(service, pool);
        world.choose(service, IPV6_WAN_ADDRESS, "2001:db8::2");
        assertThatThrownBy(() -> world.choose(world.service(), IPV6_WAN_ADDRESS, "2001:db8::3"))
                .isInstanceOf(LedgerConflict.class);
        assertThat(world.space.assignments().release(service, null, null, ACTOR))
                .hasSize(2);
        assertThat(world.free()).containsExactly("2001:db8::/48");
    }

    @Test
    void whatIsReleasedForATimeIsKeptSo() {
        AddressPool pool = world.pool(IPV6_DELEGATED_PREFIX, 56, "2001:db8::/48");
        long service = world.service();
        world.assign(service, pool);
        Instant until = Instant.now().plusSeconds(600);
        world.space.assignments().release(service, IPV6_DELEGATED_PREFIX, null, Retention.renumbered(until), ACTOR);
        assertThat(world.held()).containsExactly("2001:db8::/56 renumbered");
        assertThat(world.assign(service, pool)).isEqualTo("2001:db8:0:100:0:0:0:0/56");
        assertThat(world.space.holds().ofService(service, HoldReason.RENUMBERED))
                .singleElement()
                .satisfies(hold -> assertThat(hold.until()).isCloseTo(until, within(1, ChronoUnit.MILLIS)));
        world.space.assignments().release(service, IPV6_DELEGATED_PREFIX, null, Retention.revoking(), ACTOR);
        long revoking = world.space
                .holds()
                .ofService(service, HoldReason.REVOKING)
                .getFirst()
                .id();
        world.space.holds().end(revoking, ACTOR);
        assertThat(world.held()).containsExactly("2001:db8::/56 renumbered");
    }

    @Test
    void aRemovedServiceLeavesItsHistoryWholeAndItsAddressesCoolingDown() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, HOUR, "10.0.0.0/30");
        long service = world.service();
        world.assign(service, pool);
        world.jdbc.update("delete from service where id = ?", service);
        assertThat(world.jdbc.queryForList(
                        "select text(prefix) || ' ' || holder || ' ' || (subscriber_id is not null) from address_history",
                        String.class))
                .containsExactly("10.0.0.0/32 sub0 true");
        assertThat(world.held()).containsExactly("10.0.0.0/32 cool-down");
    }

    @Test
    void aReservationIsTakenUpByItsServiceOnly() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, "10.0.0.0/30");
        long service = world.service();
        AddressHold forService = world.space
                .reservations()
                .reserve(
                        new Reservations.Wish(pool.id(), IpPrefix.parse("10.0.0.2"), null, service, null, null), ACTOR);
        AddressHold forNote = world.space
                .reservations()
                .reserve(new Reservations.Wish(pool.id(), null, null, null, null, "a kiosk"), ACTOR);
        assertThat(forNote.prefix()).isEqualTo(IpPrefix.parse("10.0.0.3"));
        assertThatThrownBy(() -> world.choose(world.service(), IPV4_ADDRESS, "10.0.0.2"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("held (reservation)");
        assertThat(world.assign(service, pool)).isEqualTo("10.0.0.2/32");
        assertThat(world.space.reservations().find(pool.id(), null, 0, 10))
                .extracting(AddressHold::id)
                .containsExactly(forNote.id());
        world.space.reservations().giveUp(forNote.id(), ACTOR);
        assertThatThrownBy(() -> world.space.reservations().giveUp(forService.id(), ACTOR))
                .isInstanceOf(LedgerNotFound.class);
        assertThat(world.jdbc.queryForList(
                        "select actor from event where type = 'address-hold-changed' and subject_id = ?",
                        String.class,
                        forService.id()))
                .containsExactly("test", "test");
        assertThatThrownBy(() -> world.space
                        .reservations()
                        .reserve(new Reservations.Wish(pool.id(), null, null, null, null, " "), ACTOR))
                .isInstanceOf(LedgerInvalid.class);
        assertThatThrownBy(() -> world.space
                        .reservations()
                        .reserve(
                                new Reservations.Wish(pool.id(), IpPrefix.parse("10.0.1.1"), null, null, null, "x"),
                                ACTOR))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("does not lie in a block");
    }

    @Test
    void aReservationEndsByItself() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, "10.0.0.0/32");
        world.space
                .reservations()
                .reserve(
                        new Reservations.Wish(
                                pool.id(), null, null, null, Instant.now().plusSeconds(60), "a trial"),
                        ACTOR);
        world.timePasses();
        assertThat(world.space.sweeps().releaseDue()).isEqualTo(1);
        assertThat(world.free()).isEqualTo(List.of("10.0.0.0/32"));
        assertThat(world.jdbc.queryForList(
                        "select actor from event where type = 'address-hold-changed' order by seq", String.class))
                .containsExactly("test", "sweep");
    }
}
