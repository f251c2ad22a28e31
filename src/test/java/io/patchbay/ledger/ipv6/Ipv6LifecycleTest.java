package io.patchbay.ledger.ipv6;

import static io.patchbay.ledger.address.AddressKind.IPV6_DELEGATED_PREFIX;
import static io.patchbay.ledger.address.AddressKind.IPV6_WAN_ADDRESS;
import static io.patchbay.ledger.address.AddressKind.IPV6_WAN_PREFIX;
import static io.patchbay.ledger.ipv6.Ipv6World.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.ledger.address.AddressAuthority.Allocation;
import io.patchbay.ledger.address.AddressHold;
import io.patchbay.ledger.address.PoolAuthority;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv6LifecycleTest {
    private final Ipv6World world = new Ipv6World();
    private final Ipv6Lifecycle lifecycle = world.lifecycle;

    private void usualPools() {
        long wan = world.pool(IPV6_WAN_PREFIX, 64, "2001:db8:a::/48");
        long delegated = world.pool(IPV6_DELEGATED_PREFIX, 56, "2001:db8:b00::/40");
        world.plan(wan, delegated);
    }

    @ParameterizedTest
    @CsvSource({
        "slaac, 2001:db8:a::/64",
        "pd, 2001:db8:b00::/56",
        "dual_stack, 2001:db8:a::/64 2001:db8:b00::/56",
    })
    void eachModeDrawsWhatItNeeds(String mode, String prefixes) {
        usualPools();
        long service = world.service();
        assertThat(lifecycle.enable(service, Ipv6Mode.of(mode), ALICE)).isEqualTo(Ipv6State.ALLOCATED);
        assertThat(world.prefixes(service)).containsExactly(prefixes.split(" "));
        assertThat(world.states(service)).containsExactly(">pending", "pending>allocated");
    }

    @Test
    void statefulDrawsAnAddressAndItsPoolMustBeOfThese() {
        usualPools();
        long service = world.service();
        assertThatThrownBy(() -> lifecycle.enable(service, Ipv6Mode.STATEFUL, ALICE))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("is of ipv6-wan-prefix, and not of ipv6-wan-address");
        assertThat(world.state(service)).isNull();
        long addresses = world.pool(IPV6_WAN_ADDRESS, 128, "2001:db8:c::/64");
        lifecycle.enable(service, new Ipv6Wish(Ipv6Mode.STATEFUL, addresses, null, null, null), ALICE);
        assertThat(world.prefixes(service)).singleElement().asString().endsWith("/128");
    }

    @Test
    void theModeIsTheServicesElseItsPlans() {
        usualPools();
        world.jdbc.update("update plan set ipv6_mode = 'pd'");
        long byPlan = world.service();
        lifecycle.enable(byPlan, (Ipv6Mode) null, ALICE);
        assertThat(world.reader.ofService(byPlan).mode()).isEqualTo(Ipv6Mode.PD);
        long byService = world.service();
        world.jdbc.update("update service set ipv6_mode = 'slaac' where id = ?", byService);
        lifecycle.enable(byService, (Ipv6Mode) null, ALICE);
        assertThat(world.prefixes(byService)).containsExactly("2001:db8:a::/64");
        assertThatThrownBy(() -> lifecycle.enable(4711, Ipv6Mode.PD, ALICE)).isInstanceOf(LedgerNotFound.class);
    }

    @Test
    void withoutAPoolNothingIsDoneUnlessTheNasHasOne() {
        long service = world.service();
        assertThatThrownBy(() -> lifecycle.enable(service, Ipv6Mode.PD, ALICE))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("delegated prefix")
                .hasMessageContaining("plan 'default'");
        world.jdbc.update("update plan set ipv6_delegated_pool = 'pd-of-the-nas'");
        assertThat(lifecycle.enable(service, Ipv6Mode.PD, ALICE)).isEqualTo(Ipv6State.ALLOCATED);
        assertThat(world.prefixes(service)).isEmpty();
    }

    @Test
    void aLengthOfItsOwnIsDrawn() {
        usualPools();
        long service = world.service();
        lifecycle.enable(service, new Ipv6Wish(Ipv6Mode.PD, null, null, 48, null), ALICE);
        assertThat(world.prefixes(service)).singleElement().asString().endsWith("/48");
    }

    @Test
    void whatCannotBeHadWholeIsNotTakenInPartsAndToldOfEach() {
        long wan = world.pool(IPV6_WAN_PREFIX, 64, "2001:db8:a::/48");
        long delegated = world.pool(IPV6_DELEGATED_PREFIX, 56, "2001:db8:b::/56");
        world.plan(wan, delegated);
        lifecycle.enable(world.service(), Ipv6Mode.PD, ALICE);

        long service = world.service();
        assertThat(lifecycle.enable(service, Ipv6Mode.DUAL_STACK, ALICE)).isEqualTo(Ipv6State.FAILED);
        assertThat(world.prefixes(service)).isEmpty();
        assertThat(world.reader.ofService(service).reason())
                .contains("No delegated prefix: ")
                .contains("pool of 2001:db8:b::/56")
                .contains("not taken without the rest: the WAN prefix 2001:db8:a:0:0:0:0:0/64");
        assertThat(world.id("select count(*) from address_free where pool_id = " + wan))
                .as("the whole block is free")
                .isEqualTo(1);

        assertThatThrownBy(() -> lifecycle.suspend(service, ALICE))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("is failed, which does not become suspended");
        assertThat(lifecycle.retry(service, ALICE)).isEqualTo(Ipv6State.FAILED);
        world.space.parts().addBlock(delegated, IpPrefix.parse("2001:db8:c::/56"), null, null, ALICE);
        assertThat(lifecycle.retry(service, ALICE)).isEqualTo(Ipv6State.ALLOCATED);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:a::/64", "2001:db8:c::/56");
        assertThat(world.reader.ofService(service).reason()).isNull();
        assertThat(world.states(service))
                .containsExactly(
                        ">pending",
                        "pending>failed",
                        "failed>pending",
                        "pending>failed",
                        "failed>pending",
                        "pending>allocated");
    }

    @Test
    void whatAServiceHasIsKeptWhenTheRestFails() {
        long delegated = world.pool(IPV6_DELEGATED_PREFIX, 56, "2001:db8:b::/56");
        long wan = world.pool(IPV6_WAN_PREFIX, 64, "2001:db8:a::/64");
        world.plan(wan, delegated);
        lifecycle.enable(world.service(), Ipv6Mode.DUAL_STACK, ALICE);
        long service = world.service();
        world.assign(service, IPV6_WAN_PREFIX, "2001:db8:ffff::/64");
        assertThatThrownBy(() -> lifecycle.enable(service, Ipv6Mode.DUAL_STACK, ALICE))
                .as("it works, so that nothing is changed")
                .isInstanceOf(PoolExhausted.class);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:ffff::/64");
        assertThat(world.state(service)).isNull();
    }

    @Test
    void anotherModeKeepsWhatItCanAndTakesWhatItDoesNotGive() {
        usualPools();
        long service = world.service();
        lifecycle.enable(service, Ipv6Mode.SLAAC, ALICE);
        lifecycle.activate(service);
        assertThat(lifecycle.enable(service, Ipv6Mode.DUAL_STACK, ALICE)).isEqualTo(Ipv6State.ALLOCATED);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:a::/64", "2001:db8:b00::/56");
        assertThat(lifecycle.enable(service, Ipv6Mode.PD, ALICE)).isEqualTo(Ipv6State.ALLOCATED);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:b00::/56");
        assertThat(world.held(service)).containsExactly("revoking 2001:db8:a::/64");

        world.holding.put(service, List.of("Session 1 on bng holds it."));
        assertThat(world.sweep.finishRevoked()).isZero();
        assertThat(world.reader.ofService(service).heldBy()).containsExactly("Session 1 on bng holds it.");
        world.holding.clear();
        assertThat(world.sweep.finishRevoked()).isEqualTo(1);
        assertThat(world.held(service)).isEmpty();
        assertThat(world.state(service)).isEqualTo(Ipv6State.ALLOCATED);
    }

    @Test
    void askingForWhatItHasChangesNothing() {
        usualPools();
        long service = world.service();
        lifecycle.enable(service, Ipv6Mode.PD, ALICE);
        long events = world.id("select count(*) from event");
        lifecycle.enable(service, Ipv6Mode.PD, ALICE);
        lifecycle.resume(service, ALICE);
        assertThat(world.id("select count(*) from event")).isEqualTo(events);
    }

    @Test
    void whoeverIsSeenWithItsPrefixIsActive() {
        usualPools();
        long used = world.service();
        long other = world.service();
        lifecycle.enable(used, Ipv6Mode.PD, ALICE);
        lifecycle.enable(other, Ipv6Mode.PD, ALICE);
        world.inUse.put(used, List.of(IpPrefix.parse("2001:db8:b00::/56")));
        world.inUse.put(other, List.of(IpPrefix.parse("2001:db8:f00::/56")));
        assertThat(world.sweep.activateSeen()).isEqualTo(1);
        assertThat(world.state(used)).isEqualTo(Ipv6State.ACTIVE);
        assertThat(world.state(other)).isEqualTo(Ipv6State.ALLOCATED);
        assertThat(world.jdbc.queryForList(
                        "select type from event where service_id = ? and detail -> 'after' ->> 'ipv6State' = 'active'",
                        String.class,
                        used))
                .as("of no concern to its sessions")
                .containsExactly("service-observed");
        world.sweep.countStates();
        assertThat(world.sweep.count(Ipv6State.ACTIVE)).isEqualTo(1);
        assertThat(world.sweep.count(Ipv6State.ALLOCATED)).isEqualTo(1);
    }

    @Test
    void suspendedItKeepsItsPrefixAndResumedItIsAllocated() {
        usualPools();
        long service = world.service();
        lifecycle.enable(service, Ipv6Mode.PD, ALICE);
        assertThat(lifecycle.suspend(service, ALICE)).isEqualTo(Ipv6State.SUSPENDED);
        assertThat(lifecycle.suspend(service, ALICE)).isEqualTo(Ipv6State.SUSPENDED);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:b00::/56");
        assertThat(lifecycle.resume(service, ALICE)).isEqualTo(Ipv6State.ALLOCATED);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:b00::/56");
    }

    @Test
    void aRevokeEndsWhenEverybodyHasLetGoAndNobodyElseGetsItBefore() {
        long delegated =
                world.pool(IPV6_DELEGATED_PREFIX, 56, Duration.ofHours(1), PoolAuthority.LOCAL, "2001:db8:b::/56");
        world.plan(null, delegated);
        long service = world.service();
        long other = world.service();
        lifecycle.enable(service, Ipv6Mode.PD, ALICE);
        assertThat(lifecycle.revoke(service, ALICE)).isEqualTo(Ipv6State.REVOKING);
        assertThat(lifecycle.revoke(service, ALICE)).isEqualTo(Ipv6State.REVOKING);
        assertThat(world.held(service)).containsExactly("revoking 2001:db8:b::/56");
        assertThat(lifecycle.enable(other, Ipv6Mode.PD, ALICE)).isEqualTo(Ipv6State.FAILED);
        assertThatThrownBy(() -> lifecycle.enable(service, Ipv6Mode.PD, ALICE))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("revoking");

        world.holding.put(service, List.of("Session 1 on bng holds it."));
        world.sweep.finishRevoked();
        assertThat(world.state(service)).isEqualTo(Ipv6State.REVOKING);
        world.holding.clear();
        world.sweep.finishRevoked();
        assertThat(world.state(service)).isEqualTo(Ipv6State.REVOKED);
        assertThat(world.held(service)).containsExactly("cool-down 2001:db8:b::/56");
        assertThat(lifecycle.retry(other, ALICE)).as("it cools down").isEqualTo(Ipv6State.FAILED);

        assertThat(lifecycle.enable(service, (Ipv6Mode) null, ALICE))
                .as("it gets again what it had")
                .isEqualTo(Ipv6State.ALLOCATED);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:b::/56");
        assertThat(world.states(service))
                .containsExactly(
                        ">pending",
                        "pending>allocated",
                        "allocated>revoking",
                        "revoking>revoked",
                        "revoked>pending",
                        "pending>allocated");
    }

    @Test
    void aRenumberedPrefixIsKeptUntilItsLifetimeEnds() {
        long delegated = world.pool(IPV6_DELEGATED_PREFIX, 56, "2001:db8:b::/55");
        world.plan(null, delegated);
        long service = world.service();
        lifecycle.enable(service, Ipv6Mode.PD, ALICE);
        lifecycle.activate(service);
        Instant before = Instant.now();
        assertThat(lifecycle.renumber(service, ALICE)).isEqualTo(Ipv6State.ALLOCATED);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:b:100::/56");
        assertThat(world.held(service)).containsExactly("renumbered 2001:db8:b::/56");
        AddressHold hold = world.reader.ofService(service).former().getFirst();
        assertThat(hold.until())
                .isBetween(before.plus(Ipv6World.VALID), Instant.now().plus(Ipv6World.VALID));
        assertThatThrownBy(() -> lifecycle.renumber(service, ALICE)).isInstanceOf(PoolExhausted.class);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:b:100::/56");

        world.space.sweeps().releaseDue();
        assertThat(world.held(service)).hasSize(1);
        world.jdbc.update("update address_hold set until = now() where id = ?", hold.id());
        world.space.sweeps().releaseDue();
        assertThat(world.held(service)).isEmpty();
        lifecycle.enable(service, new Ipv6Wish(Ipv6Mode.PD, null, null, null, 60), ALICE);
        lifecycle.renumber(service, ALICE);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:b::/56");
        assertThat(world.reader.ofService(service).former().getFirst().until())
                .isBefore(Instant.now().plusSeconds(61));
    }

    @Test
    void aServiceOfAnImportIsTakenOnAsItIs() {
        long service = world.service();
        world.assign(service, IPV6_WAN_PREFIX, "2001:db8:1::/64");
        world.assign(service, IPV6_DELEGATED_PREFIX, "2001:db8:2::/48");
        assertThat(world.state(service)).isNull();
        lifecycle.suspend(service, ALICE);
        assertThat(world.reader.ofService(service).mode()).isEqualTo(Ipv6Mode.DUAL_STACK);
        assertThat(world.states(service)).containsExactly(">pending", "pending>allocated", "allocated>suspended");
        lifecycle.revoke(service, ALICE);
        assertThat(world.prefixes(service))
                .as("from no pool: kept until everybody has let go")
                .hasSize(2);
        world.sweep.finishRevoked();
        assertThat(world.prefixes(service)).isEmpty();
        assertThat(world.id("select count(*) from address_history")).isEqualTo(2);

        long without = world.service();
        assertThatThrownBy(() -> lifecycle.revoke(without, ALICE))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("never asked for");
    }

    @Test
    void modeNoneTakesEverything() {
        usualPools();
        long service = world.service();
        lifecycle.enable(service, Ipv6Mode.DUAL_STACK, ALICE);
        assertThat(lifecycle.enable(service, Ipv6Mode.NONE, ALICE)).isEqualTo(Ipv6State.REVOKING);
        assertThat(world.held(service)).hasSize(2);
        world.sweep.finishRevoked();
        assertThat(world.state(service)).isEqualTo(Ipv6State.REVOKED);
        assertThat(world.reader.ofService(service).mode()).isEqualTo(Ipv6Mode.NONE);
        assertThat(lifecycle.enable(world.service(), Ipv6Mode.NONE, ALICE)).isNull();
    }

    @Test
    void whatIsTakenFromAServiceThatIsRemovedEndsToo() {
        usualPools();
        long service = world.service();
        lifecycle.enable(service, Ipv6Mode.PD, ALICE);
        lifecycle.revoke(service, ALICE);
        world.jdbc.update("delete from service where id = ?", service);
        world.holding.put(service, List.of("Session 1 on bng holds it."));
        world.sweep.finishRevoked();
        assertThat(world.held(service)).hasSize(1);
        world.holding.clear();
        world.sweep.finishRevoked();
        assertThat(world.held(service)).isEmpty();
    }

    @Test
    void itJoinsTheCallersTransaction() {
        usualPools();
        long service = world.service();
        world.transaction.executeWithoutResult(status -> {
            assertThat(lifecycle.enable(service, Ipv6Mode.DUAL_STACK, ALICE)).isEqualTo(Ipv6State.ALLOCATED);
            status.setRollbackOnly();
        });
        assertThat(world.state(service)).isNull();
        assertThat(world.prefixes(service)).isEmpty();
        assertThat(world.id("select count(*) from event where service_id = " + service))
                .isZero();
    }

    @Test
    void whatNetBoxChoosesIsPendingUntilItAnswers() {
        long delegated = world.pool(IPV6_DELEGATED_PREFIX, 56, Duration.ZERO, PoolAuthority.NETBOX, "2001:db8:b::/48");
        world.plan(null, delegated);
        long service = world.service();
        assertThat(lifecycle.enable(service, Ipv6Mode.PD, ALICE)).isEqualTo(Ipv6State.PENDING);
        assertThat(world.reader.ofService(service).reason()).startsWith("No delegated prefix: ");
        long events = world.id("select count(*) from event");
        assertThat(world.sweep.proceedWithPending()).isZero();
        assertThat(world.id("select count(*) from event")).as("nothing new").isEqualTo(events);
        world.jdbc.update("update address_claim set leased_until = now()");
        world.netBox.add(new Allocation.Given(IpPrefix.parse("2001:db8:b:700::/56")));
        assertThat(world.sweep.proceedWithPending()).isEqualTo(1);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:b:700::/56");
        assertThat(world.reader.ofService(service).reason()).isNull();

        world.netBox.add(new Allocation.Given(IpPrefix.parse("2001:db8:b:800::/56")));
        assertThat(lifecycle.renumber(service, ALICE)).isEqualTo(Ipv6State.ALLOCATED);
        assertThat(world.prefixes(service)).containsExactly("2001:db8:b:800::/56");
        assertThat(world.held(service)).containsExactly("renumbered 2001:db8:b:700::/56");

        long inside = world.service();
        world.netBox.add(new Allocation.Given(IpPrefix.parse("2001:db8:b:900::/56")));
        world.transaction.executeWithoutResult(status -> lifecycle.enable(inside, Ipv6Mode.PD, ALICE));
        assertThat(world.state(inside)).isEqualTo(Ipv6State.PENDING);
        world.sweep.proceedWithPending();
        assertThat(world.state(inside)).isEqualTo(Ipv6State.ALLOCATED);

        lifecycle.revoke(service, ALICE);
        world.sweep.finishRevoked();
        assertThat(world.state(service)).isEqualTo(Ipv6State.REVOKED);
        assertThat(world.held(service)).as("NetBox is next to let go").contains("revoking 2001:db8:b:800::/56");
        assertThat(world.sweep.finishRevoked()).isZero();
        world.space.sweeps().releaseAtNetBox();
        assertThat(world.held(service)).containsExactly("renumbered 2001:db8:b:700::/56");

        long refused = world.service();
        world.netBox.add(new Allocation.Exhausted());
        assertThat(lifecycle.enable(refused, Ipv6Mode.PD, ALICE)).isEqualTo(Ipv6State.FAILED);
    }
}
