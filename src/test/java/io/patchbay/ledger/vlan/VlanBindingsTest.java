package io.patchbay.ledger.vlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.database.TestDatabase;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.ledger.PoolExhausted;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who is bound to what, and what is refused to whom: through the room, and in plain SQL. */
class VlanBindingsTest {
    private final VlanFixture vlans = new VlanFixture(TestDatabase.fresh());

    @Test
    void theNextIsTheFirstThatIsFree() {
        long pool = vlans.dedicated("qinq", new VlanSpan(100, 101, 1, 3));
        vlans.choose(vlans.service("a"), 100, 1);
        VlanBinding next = next("b", pool);
        assertThat(next.sVlan()).isEqualTo(100);
        assertThat(next.cVlan()).isEqualTo(2);
        assertThat(next.poolId()).isEqualTo(pool);
        assertThat(next.overridden()).isFalse();
    }

    @Test
    void singleTagsAreAPoolToo() {
        long pool = vlans.dedicated("tags", VlanSpan.single(100, 101));
        assertThat(next("a", pool).cVlan()).isNull();
        assertThat(next("b", pool).sVlan()).isEqualTo(101);
        assertThatThrownBy(() -> next("c", pool))
                .isInstanceOf(PoolExhausted.class)
                .hasMessage("Nothing is left in the VLAN pool 'tags'.");
    }

    @Test
    void askedAgainItAnswersTheSameAndChangesNothing() {
        long pool = vlans.dedicated("qinq", new VlanSpan(100, 100, 1, 9));
        long service = vlans.service("a");
        VlanBinding first = bind(service, pool);
        long events = events();
        assertThat(bind(service, pool)).isEqualTo(first);
        assertThat(vlans.choose(vlans.service("b"), 100, 2)).isEqualTo(vlans.choose(2, 100, 2));
        assertThat(events()).isEqualTo(events + 1);
    }

    @Test
    void thePlanSaysFromWhereUnlessTheServiceHasItsOwn() {
        long pool = vlans.dedicated("qinq", new VlanSpan(100, 100, 1, 9));
        long service = vlans.service("a");
        assertThatThrownBy(() -> vlans.bindings.bind(service, VlanWish.ofPlan(), VlanFixture.ACTOR))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("The plan 'default' has no VLAN pool");
        vlans.jdbc.update("update plan set vlan_pool_id = ?", pool);
        assertThat(vlans.bindings
                        .bind(service, VlanWish.ofPlan(), VlanFixture.ACTOR)
                        .cVlan())
                .isEqualTo(1);

        VlanBinding own = vlans.choose(service, 300, 7);
        assertThat(own.overridden()).isTrue();
        assertThat(own.poolId()).isNull();
        assertThat(vlans.bindings.bind(service, VlanWish.ofPlan(), VlanFixture.ACTOR))
                .isEqualTo(own);
        assertThat(vlans.bindings.move(service, pool, false, VlanFixture.ACTOR).overridden())
                .isFalse();
    }

    @Test
    void aMoveGivesUpTheOldOnlyForTheNew() {
        long old = vlans.dedicated("old", new VlanSpan(100, 100, 1, 9));
        long full = vlans.dedicated("full", new VlanSpan(200, 200, 1, 1));
        long service = vlans.service("a");
        assertThatThrownBy(() -> vlans.bindings.move(service, old, false, VlanFixture.ACTOR))
                .isInstanceOf(LedgerConflict.class);
        VlanBinding before = bind(service, old);
        next("b", full);
        assertThatThrownBy(() -> vlans.bindings.move(service, full, false, VlanFixture.ACTOR))
                .isInstanceOf(PoolExhausted.class);
        assertThat(vlans.bindings.find(service)).contains(before);
    }

    @Test
    void theModelMayChange() {
        long pairs = vlans.dedicated("pairs", new VlanSpan(100, 100, 1, 9));
        long lines = vlans.shared("lines", 5, VlanSpan.single(200, 200));
        long service = vlans.service("a");
        bind(service, pairs);
        VlanBinding after = vlans.bindings.move(service, lines, false, VlanFixture.ACTOR);
        assertThat(after.model()).isEqualTo(VlanModel.SHARED);
        assertThat(after.cVlan()).isNull();
        assertThat(VlanTruth.keptRuns(vlans.jdbc)).hasSize(1);
    }

    @Test
    void everyChangeTellsWhoAndWhyAndWhatWas() {
        long service = vlans.service("a");
        vlans.choose(service, 100, 1);
        vlans.choose(service, 100, 2);
        vlans.bindings.release(service, VlanFixture.ACTOR);
        assertThat(vlans.jdbc.queryForList(
                        "select concat_ws(' ', actor, reason, coalesce(detail->'before'->>'cVlan', 'none'),"
                                + " coalesce(detail->'after'->>'cVlan', 'none')) from event where service_id = ? order by seq",
                        String.class,
                        service))
                .containsExactly("test because none 1", "test because 1 2", "test because 2 none");
        assertThat(vlans.jdbc.queryForList(
                        "select holder || ' ' || c_vlan from vlan_history order by id", String.class))
                .containsExactly("a 1", "a 2");
        assertThatThrownBy(() -> vlans.jdbc.update("delete from vlan_history")).hasMessageContaining("append-only");
    }

    @Test
    void aConflictNamesTheHolder() {
        vlans.choose(vlans.service("alice"), 100, 1);
        long bob = vlans.service("bob");
        assertConflict(() -> vlans.choose(bob, 100, 1), "VLAN pair 100.1 belongs to alice.");
        assertConflict(() -> vlans.share(bob, 100), "VLAN pair 100.1 of alice");
        assertSql(
                "insert into service_vlan (service_id, vlan_domain_id, model, s_vlan) values (2, 1, 'shared', 100)",
                "VLAN pair 100.1 of alice");
        assertSql(
                "insert into service_vlan (service_id, vlan_domain_id, model, s_vlan, c_vlan)"
                        + " values (2, 1, 'dedicated', 100, 1)",
                "service_vlan_dedicated");
        vlans.share(bob, 200);
        long carol = vlans.service("carol");
        assertConflict(() -> vlans.choose(carol, 200, 1), "S-VLAN 200 is shared by lines such as that of bob");
        assertConflict(() -> vlans.choose(carol, 200, 0), "S-VLAN 200 is shared by lines such as that of bob");
        vlans.dedicated("pairs", new VlanSpan(300, 300, 1, 9));
        assertConflict(() -> vlans.share(carol, 300), "S-VLAN 300 is in the pool pairs, which is dedicated.");
        assertSql(
                "insert into service_vlan (service_id, vlan_domain_id, model, s_vlan) values (3, 1, 'shared', 300)",
                "in the pool pairs");
    }

    @Test
    void whatIsExcludedIsNeverGivenAndWhatIsInUseNeverExcluded() {
        long pool = vlans.dedicated("qinq", new VlanSpan(100, 100, 1, 3));
        VlanExclusion exclusion =
                vlans.domains.exclude(VlanFixture.DOMAIN, new VlanSpan(100, 100, 1, 1), "router", VlanFixture.ACTOR);
        assertThat(next("a", pool).cVlan()).isEqualTo(2);
        assertConflict(() -> vlans.choose(vlans.service("b"), 100, 1), "VLAN pair 100.1 is excluded: router.");
        assertConflict(
                () -> vlans.domains.exclude(VlanFixture.DOMAIN, new VlanSpan(99, 101, 2, 9), null, VlanFixture.ACTOR),
                "VLAN pair 100.2 belongs to a.");
        assertSql(
                "insert into vlan_exclusion (vlan_domain_id, s_first, s_last) values (1, 100, 100)",
                "excluded|no_overlap|belongs to a");
        vlans.domains.readmit(exclusion.id(), VlanFixture.ACTOR);
        assertThat(next("c", pool).cVlan()).isEqualTo(1);
        assertThat(next("d", pool).cVlan()).isEqualTo(3);
        assertThatThrownBy(() -> next("e", pool)).isInstanceOf(PoolExhausted.class);
    }

    @Test
    void rangesNeverOverlapAndNeverLeaveSomebodyOutside() {
        long pool = vlans.dedicated("qinq", new VlanSpan(100, 100, 1, 9));
        long other = vlans.dedicated("other");
        next("a", pool);
        VlanRange range = vlans.pools.ranges(pool).getFirst();
        assertConflict(
                () -> vlans.pools.addRange(other, new VlanSpan(100, 200, 9, 10), VlanFixture.ACTOR),
                "The pool 'qinq' has some of 100-200.9-10 already.");
        assertSql(
                "insert into vlan_range (pool_id, vlan_domain_id, model, s_first, s_last, c_first, c_last)"
                        + " values (2, 1, 'dedicated', 100, 100, 9, 9)",
                "vlan_range_no_overlap");
        assertConflict(() -> vlans.pools.removeRange(range.id(), VlanFixture.ACTOR), "VLAN pair 100.1 belongs to a.");
        assertConflict(
                () -> vlans.pools.changeRange(range.id(), new VlanSpan(100, 100, 2, 9), VlanFixture.ACTOR),
                "VLAN pair 100.1 belongs to a.");
        assertConflict(() -> vlans.pools.delete(pool, VlanFixture.ACTOR), "VLAN pair 100.1 belongs to a.");
        assertConflict(() -> vlans.domains.delete(VlanFixture.DOMAIN, VlanFixture.ACTOR), "is in use: the pool '");
        assertSql("delete from vlan_range", "VLAN pair 100.1 belongs to a");
        vlans.pools.delete(other, VlanFixture.ACTOR);
        vlans.jdbc.update("delete from service where id = 1");
        vlans.pools.delete(pool, VlanFixture.ACTOR);
        vlans.domains.delete(VlanFixture.DOMAIN, VlanFixture.ACTOR);
    }

    @Test
    void aFullSharedVlanIsPassedOver() {
        long pool = vlans.shared("lines", 1, VlanSpan.single(200, 201));
        assertThat(next("a", pool).sVlan()).isEqualTo(200);
        assertConflict(
                () -> vlans.share(vlans.service("b"), 200),
                "S-VLAN 200 of the pool lines is full: it takes no more than 1.");
        assertThat(next("c", pool).sVlan()).isEqualTo(201);
        assertThatThrownBy(() -> next("d", pool)).isInstanceOf(PoolExhausted.class);
        vlans.pools.change(
                pool,
                before -> new VlanPool(
                        before.id(),
                        before.name(),
                        null,
                        before.domainId(),
                        before.model(),
                        2,
                        VlanAuthority.LOCAL,
                        null),
                VlanFixture.ACTOR);
        assertThat(next("e", pool).sVlan()).isEqualTo(200);
    }

    @Test
    void anotherTenantsPoolIsNotForThisService() {
        long pool = vlans.dedicated("theirs", new VlanSpan(100, 100, 1, 9));
        vlans.jdbc.update("insert into tenant (name) values ('other')");
        vlans.jdbc.update("update vlan_pool set tenant_id = 2");
        long service = vlans.service("a");
        assertThatThrownBy(() -> bind(service, pool)).isInstanceOf(LedgerInvalid.class);
        assertThatThrownBy(() -> vlans.choose(service, 100, 1))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessage("VLAN pair 100.1 is in the pool theirs of the tenant other; a is of another one.");
    }

    @Test
    void whereTheAccessNodeDoesNotKeepLinesApartNoneIsShared() {
        vlans.jdbc.update("insert into access_node (name, shared_vlans) values ('voltha', false)");
        vlans.jdbc.update("insert into access_line (access_node_id) values (1), (2)");
        long apart = vlans.service("a");
        long together = vlans.service("b");
        vlans.jdbc.update("update service set line_id = 1 where id = ?", apart);
        vlans.jdbc.update("update service set line_id = 2 where id = ?", together);
        vlans.share(apart, 200);
        assertThatThrownBy(() -> vlans.share(together, 200))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("the access node voltha, which does not keep lines in one S-VLAN apart");
        vlans.choose(together, 100, 1);
        assertSql("update service set line_id = 2 where id = " + apart, "access node voltha does not keep apart");
        assertSql("update access_node set shared_vlans = false", "a lives in S-VLAN 200 with others");
        assertSql("update service_vlan set model = 'shared', s_vlan = 201 where service_id = " + together, "voltha");
    }

    @Test
    void whatIsNotThereIsTold() {
        long service = vlans.service("a");
        assertThatThrownBy(() -> bind(77, 1)).isInstanceOf(LedgerNotFound.class);
        assertThatThrownBy(() -> bind(service, 77)).isInstanceOf(LedgerInvalid.class);
        assertThatThrownBy(() -> vlans.choose(service, 4095, 1)).isInstanceOf(LedgerInvalid.class);
        assertThatThrownBy(() -> vlans.choose(service, 1, 4095)).isInstanceOf(LedgerInvalid.class);
        assertThatThrownBy(() -> vlans.pools.addRange(7, VlanSpan.single(1, 2), VlanFixture.ACTOR))
                .isInstanceOf(LedgerNotFound.class);
        assertThat(vlans.bindings.release(service, VlanFixture.ACTOR)).isEmpty();
    }

    @Test
    void theForecastGoesByTheFasterPace() {
        long pool = vlans.dedicated("qinq", new VlanSpan(100, 100, 1, 12));
        assertThat(vlans.uses.find(pool).orElseThrow().untilExhausted()).isNull();
        bind(vlans.service("a"), pool);
        bind(vlans.service("b"), pool);
        VlanPoolUse use = vlans.uses.find(pool).orElseThrow();
        assertThat(use.bound()).isEqualTo(2);
        assertThat(use.free()).isEqualTo(10);
        assertThat(use.untilExhausted()).isEqualTo(Duration.ofHours(5));
        vlans.jdbc.update("update service_vlan set assigned_at = now() - interval '2 hours'");
        assertThat(vlans.uses.find(pool).orElseThrow().untilExhausted()).isEqualTo(Duration.ofDays(5));
        vlans.jdbc.update("update service_vlan set assigned_at = now() - interval '2 days'");
        vlans.bindings.release(1, VlanFixture.ACTOR);
        assertThat(vlans.uses.find(pool).orElseThrow().untilExhausted()).isNull();
    }

    private VlanBinding next(String name, long pool) {
        return bind(vlans.service(name), pool);
    }

    private VlanBinding bind(long service, long pool) {
        return vlans.bindings.bind(service, VlanWish.nextOf(pool), VlanFixture.ACTOR);
    }

    private long events() {
        return vlans.jdbc.queryForObject("select count(*) from event", Long.class);
    }

    private static void assertConflict(Runnable action, String sentence) {
        assertThatThrownBy(action::run).isInstanceOf(LedgerConflict.class).hasMessageContaining(sentence);
    }

    /** @param told a regular expression */
    private void assertSql(String statement, String told) {
        assertThatThrownBy(() -> vlans.jdbc.update(statement)).hasMessageMatching("(?s).*(" + told + ").*");
    }
}
