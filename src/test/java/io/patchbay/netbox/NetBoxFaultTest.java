package io.patchbay.netbox;

import static io.patchbay.netbox.NetBoxFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.lab.NetBoxFault;
import io.patchbay.lab.NetBoxFault.Kind;
import io.patchbay.lab.NetBoxSimulator;
import io.patchbay.lab.NetBoxSimulator.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the client makes of a NetBox that fails. */
class NetBoxFaultTest {
    private static final Map<String, String> SHORT =
            Map.of("connect-timeout", "500ms", "response-timeout", "400ms", "deadline", "6s", "body-limit", "1MB");

    private NetBoxSimulator simulator;
    private NetBoxFixture fixture;
    private NetBox netBox;
    private long pool;

    @BeforeEach
    void begin() throws Exception {
        simulator = new NetBoxSimulator("4.6.8");
        fixture = open(Map.of());
        netBox = fixture.netBox();
        netBox.prepare().orElseThrow();
        pool = netBox.create(ObjectType.PREFIX, fields("prefix", "198.18.0.0/24"))
                .orElseThrow()
                .id();
        simulator.forgetRequests();
    }

    @AfterEach
    void end() {
        fixture.close();
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"LATE_ANSWER", "RESET_AFTER", "BAD_GATEWAY_AFTER"})
    void anAllocationWhoseAnswerIsLostIsFoundAndNotRepeated(Kind kind) {
        simulator.next(NetBoxFault.of(kind, Duration.ofMillis(900), Request::isAllocation));
        Allocation taken = allocate("a").orElseThrow();
        assertThat(taken.object().text("address")).isEqualTo("198.18.0.1/24");
        assertThat(taken.fresh()).isTrue();
        assertThat(simulator.count(Request::isAllocation)).isEqualTo(1);
        assertThat(simulator.size(ObjectType.IP_ADDRESS)).isEqualTo(1);
    }

    @Test
    void anAllocationWhoseAnswerIsLostTakesNoSecondPrefixAndNoSecondVlan() {
        long parent = netBox.create(ObjectType.PREFIX, fields("prefix", "fd00:198:18::/48"))
                .orElseThrow()
                .id();
        long group = netBox.create(ObjectType.VLAN_GROUP, fields("name", "s", "slug", "s"))
                .orElseThrow()
                .id();
        simulator.always(NetBoxFault.of(Kind.RESET_AFTER, Request::isAllocation));
        netBox.allocatePrefix(parent, 56, key("a"), fields()).orElseThrow();
        netBox.allocateVlan(group, key("a"), fields("name", "v")).orElseThrow();
        assertThat(simulator.size(ObjectType.PREFIX)).isEqualTo(3);
        assertThat(simulator.size(ObjectType.VLAN)).isEqualTo(1);
    }

    @Test
    void anAllocationThatNeverBeganIsRepeated() {
        simulator.next(NetBoxFault.of(Kind.RESET_BEFORE, Request::isAllocation));
        simulator.next(NetBoxFault.of(Kind.UNAVAILABLE, Request::isAllocation));
        assertThat(allocate("a").orElseThrow().fresh()).isTrue();
        assertThat(simulator.count(Request::isAllocation)).isEqualTo(3);
        assertThat(simulator.size(ObjectType.IP_ADDRESS)).isEqualTo(1);
    }

    /** The worst: it is repeated while the first is still under way. NetBox itself refuses the second. */
    @Test
    void anAllocationThatIsStillUnderWayIsNotDoneTwice() {
        simulator.next(NetBoxFault.of(Kind.LATE_WORK, Duration.ofMillis(1500), Request::isAllocation));
        Allocation taken = allocate("a").orElseThrow();
        await().atMost(Duration.ofSeconds(5)).until(() -> simulator.count(Request::isAllocation) >= 2);
        await().during(Duration.ofMillis(1700))
                .atMost(Duration.ofSeconds(5))
                .until(() -> simulator.size(ObjectType.IP_ADDRESS) == 1);
        assertThat(netBox.findClaimed(ObjectType.IP_ADDRESS, key("a")).orElseThrow())
                .hasValueSatisfying(
                        found -> assertThat(found.id()).isEqualTo(taken.object().id()));
    }

    @Test
    void whenNetBoxStaysAwayTheCallerIsToldThatItIsUnsure() throws Exception {
        try (NetBoxFixture impatient = open(Map.of("deadline", "1500ms"))) {
            impatient.netBox().status().orElseThrow();
            simulator.next(NetBoxFault.of(Kind.RESET_AFTER, Request::isAllocation));
            simulator.always(NetBoxFault.of(Kind.BROKEN, request -> simulator.count(Request::isAllocation) > 0));
            long begun = System.nanoTime();
            assertThat(impatient.netBox().allocateAddress(ObjectType.PREFIX, pool, key("a"), fields()))
                    .isInstanceOfSatisfying(NetBoxOutcome.Away.class, away -> assertThat(away.unsure())
                            .isTrue());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        }
        simulator.heal();
        assertThat(allocate("a").orElseThrow().fresh()).isFalse();
        assertThat(simulator.size(ObjectType.IP_ADDRESS)).isEqualTo(1);
    }

    @Test
    void aCreateWhoseAnswerIsLostIsFoundAndNeverRepeated() {
        simulator.next(
                NetBoxFault.of(Kind.RESET_AFTER, request -> request.method().equals("POST")));
        ObjectNode chosen = fields("prefix", "198.18.64.0/24");
        assertThat(netBox.createOnce(ObjectType.PREFIX, key("p"), chosen)
                        .orElseThrow()
                        .object()
                        .text("prefix"))
                .isEqualTo("198.18.64.0/24");
        assertThat(simulator.count(request -> request.method().equals("POST"))).isEqualTo(1);
    }

    @Test
    void aThousandWithEveryFaultTakeAThousand() throws Exception {
        long large = netBox.create(ObjectType.PREFIX, fields("prefix", "198.19.0.0/22"))
                .orElseThrow()
                .id();
        int[] turn = {0};
        simulator.always(NetBoxFault.of(Kind.RESET_AFTER, request -> request.isAllocation() && turn[0]++ % 9 == 0));
        simulator.always(NetBoxFault.of(Kind.RESET_BEFORE, request -> request.isAllocation() && turn[0]++ % 11 == 0));
        List<String> addresses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Callable<Allocation>> calls = new ArrayList<>();
            for (int i = 0; i < 1022; i++) {
                ClaimKey key = key("many-" + i);
                calls.add(() -> netBox.allocateAddress(ObjectType.PREFIX, large, key, fields())
                        .orElseThrow());
            }
            for (Future<Allocation> call : threads.invokeAll(calls)) {
                addresses.add(call.get().object().text("address"));
            }
        }
        assertThat(addresses).doesNotHaveDuplicates().hasSize(1022);
        assertThat(simulator.size(ObjectType.IP_ADDRESS)).isEqualTo(1022);
        assertThat(netBox.allocateAddress(ObjectType.PREFIX, large, key("one-more"), fields()))
                .isInstanceOf(NetBoxOutcome.Exhausted.class);
    }

    @Test
    void theBreakerOpensWhileNetBoxFailsAndClosesWhenItIsBack() {
        simulator.always(NetBoxFault.of(Kind.BROKEN, request -> true));
        for (int i = 0; i < 20; i++) {
            assertThat(netBox.get(ObjectType.PREFIX, pool)).isInstanceOf(NetBoxOutcome.Away.class);
        }
        assertThat(fixture.breaker()).isEqualTo("OPEN");
        simulator.forgetRequests();
        assertThat(netBox.get(ObjectType.PREFIX, pool)).isInstanceOfSatisfying(NetBoxOutcome.Away.class, away -> {
            assertThat(away.reason()).contains("left alone");
            assertThat(away.unsure()).isFalse();
        });
        assertThat(simulator.requests()).isEmpty();
        simulator.heal();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> netBox.get(ObjectType.PREFIX, pool).isDone());
        netBox.get(ObjectType.PREFIX, pool).orElseThrow();
        assertThat(fixture.breaker()).isEqualTo("CLOSED");
    }

    @Test
    void whatNetBoxRefusesDoesNotOpenTheBreaker() {
        for (int i = 0; i < 40; i++) {
            assertThat(netBox.get(ObjectType.PREFIX, 4711)).isInstanceOf(NetBoxOutcome.Missing.class);
        }
        assertThat(fixture.breaker()).isEqualTo("CLOSED");
    }

    @Test
    void itIsAskedNoFasterThanItsRate() throws Exception {
        try (NetBoxFixture slow = open(Map.of("rate", "5"))) {
            long begun = System.nanoTime();
            for (int i = 0; i < 11; i++) {
                slow.netBox().get(ObjectType.PREFIX, pool).orElseThrow();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1900));
        }
    }

    @Test
    void thereAreNoMoreConnectionsThanAreAllowed() throws Exception {
        try (NetBoxFixture narrow = open(Map.of("connections", "1", "deadline", "1s"));
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            narrow.netBox().status().orElseThrow();
            simulator.always(NetBoxFault.of(Kind.LATE_WORK, Duration.ofMillis(350), request -> true));
            List<Callable<NetBoxOutcome<NetBoxObject>>> calls =
                    java.util.Collections.nCopies(4, () -> narrow.netBox().get(ObjectType.PREFIX, pool));
            int away = 0;
            for (Future<NetBoxOutcome<NetBoxObject>> call : threads.invokeAll(calls)) {
                away += call.get() instanceof NetBoxOutcome.Away<NetBoxObject> ? 1 : 0;
            }
            assertThat(away).isBetween(1, 2);
        }
    }

    @Test
    void aBodyThatTricklesEndsAtTheDeadline() throws Exception {
        try (NetBoxFixture impatient = open(Map.of("deadline", "1s"))) {
            impatient.netBox().status().orElseThrow();
            simulator.always(NetBoxFault.of(Kind.SLOW_BODY, Duration.ofMillis(50), request -> true));
            long begun = System.nanoTime();
            assertThat(impatient.netBox().get(ObjectType.PREFIX, pool)).isInstanceOf(NetBoxOutcome.Away.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2500));
        }
    }

    @Test
    void aBodyWithoutEndIsCutOff() {
        simulator.always(NetBoxFault.of(Kind.ENDLESS_BODY, request -> true));
        assertThat(netBox.get(ObjectType.PREFIX, pool))
                .isInstanceOfSatisfying(NetBoxOutcome.Away.class, away -> assertThat(away.reason())
                        .contains("body-limit"));
    }

    @Test
    void whatIsNoNetBoxIsToldSo() {
        simulator.next(NetBoxFault.of(Kind.HTML, request -> true));
        assertThat(netBox.get(ObjectType.PREFIX, pool).reason()).contains("not JSON");
        simulator.next(NetBoxFault.of(Kind.REDIRECT, request -> true));
        assertThat(netBox.get(ObjectType.PREFIX, pool).reason()).contains("http://127.0.0.1:1/", "does not follow");
        assertThat(simulator.count(request -> true)).isEqualTo(2);
    }

    @Test
    void aNetBoxThatIsNotThereIsAwayAndNothingIsUnsure() throws Exception {
        int port = simulator.port();
        simulator.close();
        try (NetBoxFixture lost = new NetBoxFixture("http://127.0.0.1:" + port, NetBoxSimulator.TOKEN, SHORT)) {
            assertThat(lost.netBox().create(ObjectType.PREFIX, fields("prefix", "198.18.9.0/24")))
                    .isInstanceOfSatisfying(NetBoxOutcome.Away.class, away -> assertThat(away.unsure())
                            .isFalse());
        }
    }

    @Test
    void aTokenThatMayOnlyLookIsToldWhatItLacks() throws Exception {
        try (NetBoxSimulator empty = new NetBoxSimulator("4.6.8");
                NetBoxFixture viewer = new NetBoxFixture(empty.url(), NetBoxSimulator.VIEWERS_TOKEN, SHORT)) {
            assertThat(viewer.netBox().prepare())
                    .isInstanceOfSatisfying(NetBoxOutcome.Denied.class, denied -> assertThat(denied.reason())
                            .contains("extras/tags/", "view, add and change", "You do not have permission"));
        }
    }

    @Test
    void nothingIsTakenWithoutTheFieldOfTheKey() throws Exception {
        for (String version : List.of("4.4.10", "4.6.8")) {
            try (NetBoxSimulator bare = new NetBoxSimulator(version);
                    NetBoxFixture unprepared = new NetBoxFixture(bare.url(), NetBoxSimulator.TOKEN, SHORT)) {
                long parent = unprepared
                        .netBox()
                        .create(ObjectType.PREFIX, fields("prefix", "198.18.0.0/24"))
                        .orElseThrow()
                        .id();
                assertThat(unprepared.netBox().allocateAddress(ObjectType.PREFIX, parent, key("a"), fields()))
                        .isInstanceOf(NetBoxOutcome.Unusable.class);
                assertThat(bare.size(ObjectType.IP_ADDRESS)).isZero();
            }
        }
    }

    @Test
    void whatWasTakenWithoutItsKeyIsGivenBack() throws Exception {
        try (NetBoxSimulator former = new NetBoxSimulator("4.4.10");
                NetBoxFixture asking = new NetBoxFixture(former.url(), NetBoxSimulator.TOKEN, SHORT)) {
            asking.netBox().prepare().orElseThrow();
            long parent = asking.netBox()
                    .create(ObjectType.PREFIX, fields("prefix", "198.18.0.0/24"))
                    .orElseThrow()
                    .id();
            asking.netBox()
                    .allocateAddress(ObjectType.PREFIX, parent, key("a"), fields())
                    .orElseThrow();
            asking.netBox()
                    .find(ObjectType.IP_ADDRESS, Filters.none())
                    .orElseThrow()
                    .forEach(address -> asking.netBox()
                            .delete(ObjectType.IP_ADDRESS, address.id(), null)
                            .orElseThrow());
            NetBoxObject field = asking.netBox()
                    .find(ObjectType.CUSTOM_FIELD, Filters.of("name", "patchbay_key"))
                    .orElseThrow()
                    .getFirst();
            asking.netBox().delete(ObjectType.CUSTOM_FIELD, field.id(), null).orElseThrow();
            assertThat(asking.netBox().allocateAddress(ObjectType.PREFIX, parent, key("b"), fields()))
                    .isInstanceOf(NetBoxOutcome.Unusable.class);
            assertThat(former.size(ObjectType.IP_ADDRESS)).isZero();
        }
    }

    @Test
    void aFieldThatIsNotAsItMustBeIsMended() throws Exception {
        try (NetBoxSimulator other = new NetBoxSimulator("4.6.8");
                NetBoxFixture fresh = new NetBoxFixture(other.url(), NetBoxSimulator.TOKEN, SHORT)) {
            ObjectNode loose = fields("name", "patchbay_key", "type", "text");
            loose.putArray("object_types").add("ipam.prefix").add("dcim.device");
            fresh.netBox().create(ObjectType.CUSTOM_FIELD, loose).orElseThrow();
            assertThat(fresh.netBox().prepare().orElseThrow().made())
                    .containsExactlyInAnyOrder(
                            "tag patchbay",
                            "custom field patchbay_key",
                            "custom field patchbay_service",
                            "custom field patchbay_subscriber");
            NetBoxObject mended = fresh.netBox()
                    .find(ObjectType.CUSTOM_FIELD, Filters.of("name", "patchbay_key"))
                    .orElseThrow()
                    .getFirst();
            assertThat(mended.text("filter_logic")).isEqualTo("exact");
            assertThat(mended.fields().path("unique").asBoolean()).isTrue();
            assertThat(mended.fields().path("object_types").toString()).contains("dcim.device", "ipam.vlan");
        }
    }

    @Test
    void aNetBoxThatIsTooOldIsRefusedWithASentence() throws Exception {
        try (NetBoxSimulator old = new NetBoxSimulator("4.1.11");
                NetBoxFixture refused = new NetBoxFixture(old.url(), NetBoxSimulator.TOKEN, SHORT)) {
            assertThat(refused.netBox().get(ObjectType.PREFIX, 1))
                    .isInstanceOfSatisfying(NetBoxOutcome.Unusable.class, unusable -> assertThat(unusable.reason())
                            .contains("4.1.11", "4.2"));
        }
    }

    @Test
    void pagesAreAskedForAsTheVersionHasThem() throws Exception {
        assertThat(netBox.find(ObjectType.PREFIX, Filters.none()).orElseThrow()).hasSize(1);
        assertThat(simulator.count(request -> request.query().contains("start=1")))
                .isEqualTo(1);
        try (NetBoxSimulator former = new NetBoxSimulator("4.4.10");
                NetBoxFixture asking = new NetBoxFixture(former.url(), NetBoxSimulator.TOKEN, SHORT)) {
            asking.netBox().find(ObjectType.PREFIX, Filters.none()).orElseThrow();
            assertThat(former.count(request -> request.query().contains("start=")))
                    .isZero();
            assertThat(former.count(request -> request.query().contains("id__gt=0&ordering=id")))
                    .isEqualTo(1);
        }
    }

    @Test
    void changesAreFollowedUntilTheyAreOldEnoughNotToBeOvertaken() throws Exception {
        try (NetBoxFixture follower = open(Map.of("changes-settle", "2s", "page-size", "2"))) {
            long cursor = follower.netBox().newestChange().orElseThrow();
            for (int i = 1; i <= 3; i++) {
                netBox.create(ObjectType.PREFIX, fields("prefix", "198.18." + i + ".0/24"))
                        .orElseThrow();
            }
            Changes young = follower.netBox().changes(cursor).orElseThrow();
            assertThat(young.changes()).hasSize(2);
            assertThat(young.cursor()).isEqualTo(cursor);
            assertThat(young.more()).isFalse();
            await().atMost(Duration.ofSeconds(8))
                    .until(() -> follower.netBox().changes(cursor).orElseThrow().cursor() == cursor + 2);
            Changes last = follower.netBox().changes(cursor + 2).orElseThrow();
            assertThat(last.changes()).hasSize(1);
            assertThat(last.cursor()).isEqualTo(cursor + 3);
        }
    }

    @Test
    void theTokenAndNothingOfOursLeavesWithARequest() {
        netBox.get(ObjectType.PREFIX, pool).orElseThrow();
        assertThat(simulator.requests()).allMatch(request -> request.user().equals("hub"));
        assertThat(fixture.camel().getRoute("call-netbox").getRouteId()).isEqualTo("call-netbox");
        assertThat(fixture.meters
                        .find("patchbay.netbox.calls")
                        .tag("action", "read")
                        .tag("outcome", "done")
                        .timer())
                .satisfies(timer -> assertThat(timer.count()).isPositive());
    }

    @Test
    void theWatchTellsHowItIsAndPreparesOnce() {
        assertThat(fixture.watch().state().isReachable()).isFalse();
        fixture.watch().look();
        assertThat(fixture.watch().state().version()).isEqualTo("4.6.8");
        simulator.always(NetBoxFault.of(Kind.UNAVAILABLE, request -> true));
        fixture.watch().look();
        assertThat(fixture.watch().state().why()).contains("503");
    }

    private NetBoxFixture open(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(SHORT);
        settings.putAll(more);
        return new NetBoxFixture(simulator.url(), NetBoxSimulator.TOKEN, settings);
    }

    private static ClaimKey key(String name) {
        return new ClaimKey("fault:" + name);
    }

    private NetBoxOutcome<Allocation> allocate(String name) {
        return netBox.allocateAddress(ObjectType.PREFIX, pool, key(name), fields());
    }
}
