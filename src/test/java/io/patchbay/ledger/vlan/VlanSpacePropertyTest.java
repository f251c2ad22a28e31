package io.patchbay.ledger.vlan;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.TestDatabase;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.ledger.vlan.VlanTruth.Position;
import io.patchbay.ledger.vlan.VlanTruth.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Bound, released, moved, excluded, ranges made, changed and removed, through the room and by plain SQL, in any order: what is
 * kept is what follows from what was written, what must not be is refused, and nothing else is.
 */
class VlanSpacePropertyTest {
    private static final int STEPS = 200;
    private static final int SERVICES = 14;
    private static final int FIRST = 100;

    private VlanFixture vlans;
    private Random random;
    private long one;
    private long other;
    private long shared;
    private List<Long> services;
    private long history;
    private int accepted;
    private int refused;
    private int exhausted;

    @BeforeEach
    void ledger() {
        vlans = new VlanFixture(TestDatabase.fresh());
        one = vlans.dedicated("one", new VlanSpan(FIRST, FIRST + 1, 1, 5));
        other = vlans.dedicated("other", new VlanSpan(FIRST, FIRST, 6, 8));
        shared = vlans.shared("shared", 2, VlanSpan.single(FIRST + 3, FIRST + 4));
        services = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            services.add(vlans.service("s" + i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {20_261_123, 7})
    void oneTruthWhoeverWrites(long seed) {
        random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            VlanTruth before = VlanTruth.read(vlans.jdbc);
            String what = step(before);
            VlanTruth after = VlanTruth.read(vlans.jdbc);
            assertThat(VlanTruth.keptRuns(vlans.jdbc)).as(step + " " + what).isEqualTo(after.freeRuns());
            assertThat(VlanTruth.keptUse(vlans.jdbc)).as(step + " " + what).isEqualTo(after.use());
            assertThat(VlanTruth.keptPools(vlans.jdbc)).as(step + " " + what).isEqualTo(after.pools());
            assertThat(newHistory()).as(step + " " + what).containsExactlyInAnyOrderElementsOf(before.gone(after));
        }
        assertThat(accepted).isGreaterThan(STEPS / 5);
        assertThat(refused).isGreaterThan(STEPS / 20);
        assertThat(exhausted).isPositive();
        services.forEach(service -> vlans.bindings.release(service, VlanFixture.ACTOR));
        for (VlanUseRow row : uses()) {
            assertThat(row.bound()).as(row.pool()).isZero();
            assertThat(row.free() + row.excluded()).as(row.pool()).isEqualTo(row.total());
        }
    }

    private record VlanUseRow(String pool, long total, long bound, long free, long excluded) {}

    private List<VlanUseRow> uses() {
        return vlans.uses.all().stream()
                .map(use -> new VlanUseRow(use.pool(), use.total(), use.bound(), use.free(), use.excluded()))
                .toList();
    }

    private String step(VlanTruth truth) {
        long service = services.get(random.nextInt(SERVICES));
        return switch (random.nextInt(14)) {
            case 0, 1 -> next(truth, service, random.nextInt(3), false);
            case 2 -> next(truth, service, random.nextInt(3), true);
            case 3, 4 -> chosen(truth, service);
            case 5, 6 -> insert(truth, service);
            case 7 -> update(truth, service);
            case 8 -> release(service);
            case 9 -> deleteSome();
            case 10 -> exclude(truth);
            case 11 -> readmit();
            case 12 -> range(truth);
            default -> linesPerVlan(truth);
        };
    }

    private String next(VlanTruth truth, long service, int which, boolean isMove) {
        long pool = which == 0 ? one : which == 1 ? other : shared;
        boolean isIn = pool == truth.pools().getOrDefault(service, 0L);
        if (isMove && !truth.bound().containsKey(service)) {
            return "nothing to move";
        }
        Set<Position> free = truth.free(pool);
        boolean isLeft = isIn || !free.isEmpty();
        String what = "next of " + pool + " for " + service;
        // What the service has counts against it: it gives that up only for what it gets.
        VlanTruth.Bound has = truth.bound().get(service);
        try {
            VlanBinding got = isMove
                    ? vlans.bindings.move(service, pool, false, VlanFixture.ACTOR)
                    : vlans.bindings.bind(service, VlanWish.nextOf(pool), VlanFixture.ACTOR);
            assertThat(isLeft).as(what).isTrue();
            Position at = new Position(got.sVlan(), got.cVlan() == null ? 0 : got.cVlan());
            assertThat(isIn ? Set.of(has.at()) : free).as(what).contains(at);
            accepted++;
        } catch (PoolExhausted none) {
            assertThat(isLeft).as(what).isFalse();
            exhausted++;
        }
        return what;
    }

    private String chosen(VlanTruth truth, long service) {
        boolean isShared = random.nextInt(3) == 0;
        int s = anyS();
        int c = isShared ? 0 : random.nextInt(10);
        String what = "chosen " + s + "." + c + " for " + service;
        boolean isAllowed = truth.without(service).mayBind(isShared ? "shared" : "dedicated", s, c);
        told(what, isAllowed, () -> {
            VlanBinding ignored = isShared ? vlans.share(service, s) : vlans.choose(service, s, c);
        });
        return what;
    }

    private String insert(VlanTruth truth, long service) {
        boolean isShared = random.nextInt(3) == 0;
        String model = isShared ? "shared" : "dedicated";
        int s = anyS();
        int c = isShared ? 0 : random.nextInt(10);
        String what = "insert " + s + "." + c + " for " + service;
        boolean isAllowed = !truth.bound().containsKey(service) && truth.mayBind(model, s, c);
        sql(
                what,
                isAllowed,
                "insert into service_vlan (service_id, vlan_domain_id, model, s_vlan, c_vlan) values (?, 1, ?, ?, nullif(?, 0))",
                service,
                model,
                s,
                c);
        return what;
    }

    private String update(VlanTruth truth, long service) {
        VlanTruth.Bound has = truth.bound().get(service);
        int s = anyS();
        String what = "update to S-VLAN " + s + " of " + service;
        boolean isAllowed = has == null
                || truth.without(service).mayBind(has.model(), s, has.at().c());
        sql(what, isAllowed, "update service_vlan set s_vlan = ? where service_id = ?", s, service);
        return what;
    }

    private String release(long service) {
        vlans.bindings.release(service, VlanFixture.ACTOR);
        return "release " + service;
    }

    /** Some at once, in one statement; now and then with the services themselves. */
    private String deleteSome() {
        int remainder = random.nextInt(4);
        if (random.nextInt(3) > 0) {
            vlans.jdbc.update("delete from service_vlan where service_id % 4 = ?", remainder);
            return "delete bindings " + remainder;
        }
        int index = random.nextInt(SERVICES);
        vlans.jdbc.update("delete from service where id = ?", services.get(index));
        services.set(index, vlans.service("again " + random.nextLong()));
        return "delete service";
    }

    private String exclude(VlanTruth truth) {
        int s = anyS();
        int last = Math.min(s + random.nextInt(2), FIRST + 5);
        int c = random.nextInt(9);
        VlanSpan span =
                random.nextBoolean() ? VlanSpan.whole(s, last) : new VlanSpan(s, last, c, c + random.nextInt(3));
        String what = "exclude " + span.sFirst() + "-" + span.sLast() + "." + span.cFirst() + "-" + span.cLast();
        boolean isAllowed = truth.exclusions().stream().noneMatch(existing -> overlap(existing, span))
                && truth.bound().values().stream()
                        .noneMatch(bound -> VlanTruth.contains(
                                span, bound.at().s(), bound.at().c()));
        if (random.nextBoolean()) {
            told(what, isAllowed, () -> vlans.domains.exclude(VlanFixture.DOMAIN, span, null, VlanFixture.ACTOR));
        } else {
            sql(
                    what,
                    isAllowed,
                    "insert into vlan_exclusion (vlan_domain_id, s_first, s_last, c_first, c_last) values (1, ?, ?, ?, ?)",
                    span.sFirst(),
                    span.sLast(),
                    span.cFirst(),
                    span.cLast());
        }
        return what;
    }

    private String readmit() {
        List<Long> all = vlans.jdbc.queryForList("select id from vlan_exclusion order by id", Long.class);
        if (!all.isEmpty()) {
            long id = all.get(random.nextInt(all.size()));
            if (random.nextBoolean()) {
                vlans.domains.readmit(id, VlanFixture.ACTOR);
            } else {
                vlans.jdbc.update("delete from vlan_exclusion where id = ?", id);
            }
        }
        return "readmit";
    }

    private String range(VlanTruth truth) {
        int which = random.nextInt(3);
        long pool = which == 0 ? one : which == 1 ? other : shared;
        String model = which == 2 ? "shared" : "dedicated";
        int s = anyS();
        int last = Math.min(s + random.nextInt(2), FIRST + 5);
        int c = which == 2 ? 0 : random.nextInt(8);
        VlanSpan span = c == 0 ? VlanSpan.single(s, last) : new VlanSpan(s, last, c, c + random.nextInt(5));
        List<Range> all = truth.ranges();
        if (all.size() < 3 || random.nextInt(3) == 0) {
            String what = "add range " + span + " to " + pool;
            boolean isAllowed = mayBeRange(truth, all, pool, model, span);
            told(what, isAllowed, () -> vlans.pools.addRange(pool, span, VlanFixture.ACTOR));
            return what;
        }
        Range existing = all.get(random.nextInt(all.size()));
        if (random.nextBoolean()) {
            String what = "remove range " + existing;
            told(
                    what,
                    keepsAll(truth, existing, null),
                    () -> vlans.pools.removeRange(existing.id(), VlanFixture.ACTOR));
            return what;
        }
        VlanSpan wanted = existing.model().equals("shared") ? VlanSpan.single(s, last) : span;
        String what = "change range " + existing + " to " + wanted;
        List<Range> others =
                all.stream().filter(range -> range.id() != existing.id()).toList();
        boolean isAllowed = mayBeRange(truth, others, existing.poolId(), existing.model(), wanted)
                && keepsAll(truth, existing, wanted);
        if (random.nextBoolean()) {
            told(what, isAllowed, () -> vlans.pools.changeRange(existing.id(), wanted, VlanFixture.ACTOR));
        } else {
            sql(
                    what,
                    isAllowed,
                    "update vlan_range set s_first = ?, s_last = ?, c_first = ?, c_last = ? where id = ?",
                    wanted.sFirst(),
                    wanted.sLast(),
                    wanted.cFirst(),
                    wanted.cLast(),
                    existing.id());
        }
        return what;
    }

    private static boolean mayBeRange(VlanTruth truth, List<Range> others, long pool, String model, VlanSpan span) {
        for (Range other : others) {
            boolean shareS =
                    other.span().sFirst() <= span.sLast() && other.span().sLast() >= span.sFirst();
            if (overlap(other.span(), span) || shareS && !other.model().equals(model)) {
                return false;
            }
        }
        for (int s = span.sFirst(); s <= span.sLast(); s++) {
            if (model.equals("dedicated") && truth.lines(s) > 0
                    || model.equals("shared")
                            && (truth.pairs(s) > 0
                                    || truth.lines(s) > truth.linesPerVlan().get(pool))) {
                return false;
            }
        }
        return true;
    }

    /** @param wanted null when it is removed */
    private static boolean keepsAll(VlanTruth truth, Range range, VlanSpan wanted) {
        return truth.bound().values().stream()
                .filter(bound -> bound.model().equals(range.model()))
                .filter(bound -> VlanTruth.contains(
                        range.span(), bound.at().s(), bound.at().c()))
                .allMatch(bound -> wanted != null
                        && VlanTruth.contains(wanted, bound.at().s(), bound.at().c()));
    }

    private String linesPerVlan(VlanTruth truth) {
        int lines = 1 + random.nextInt(3);
        String what = "lines per VLAN " + lines;
        boolean isAllowed = truth.ranges().stream()
                .filter(range -> range.poolId() == shared)
                .allMatch(range -> {
                    for (int s = range.span().sFirst(); s <= range.span().sLast(); s++) {
                        if (truth.lines(s) > lines) {
                            return false;
                        }
                    }
                    return true;
                });
        sql(what, isAllowed, "update vlan_pool set lines_a_vlan = ? where id = ?", lines, shared);
        return what;
    }

    private static boolean overlap(VlanSpan left, VlanSpan right) {
        return left.sFirst() <= right.sLast()
                && left.sLast() >= right.sFirst()
                && left.cFirst() <= right.cLast()
                && left.cLast() >= right.cFirst();
    }

    private int anyS() {
        return FIRST + random.nextInt(6);
    }

    private void told(String what, boolean isAllowed, Runnable action) {
        try {
            action.run();
            assertThat(isAllowed).as(what + " was accepted").isTrue();
            accepted++;
        } catch (LedgerException refusal) {
            assertThat(isAllowed).as(what + ": " + refusal.getMessage()).isFalse();
            refused++;
        }
    }

    private void sql(String what, boolean isAllowed, String sql, Object... values) {
        try {
            vlans.jdbc.update(sql, values);
            assertThat(isAllowed).as(what + " was accepted").isTrue();
            accepted++;
        } catch (DataIntegrityViolationException refusal) {
            assertThat(isAllowed).as(what + ": " + refusal.getMessage()).isFalse();
            refused++;
        }
    }

    private List<String> newHistory() {
        List<String> rows = vlans.jdbc.queryForList(
                "select service_id || ' ' || model || ' ' || s_vlan || '.' || coalesce(c_vlan, 0) from vlan_history"
                        + " where id > ? and holder is not null",
                String.class,
                history);
        history = vlans.jdbc.queryForObject("select coalesce(max(id), 0) from vlan_history", Long.class);
        return rows;
    }
}
