package io.patchbay.netbox;

import static io.patchbay.netbox.NetBoxFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the hub counts on, of the lab's NetBox and of a real one. Each test works in a VRF of its own, and leaves nothing. */
abstract class NetBoxContract {
    private String mark;
    private final List<Long> groups = new ArrayList<>();
    NetBoxFixture fixture;
    NetBox netBox;
    private long vrf;

    /** A client of a page size of ten. */
    abstract NetBoxFixture open() throws Exception;

    abstract NetBoxFixture openWithToken(String token) throws Exception;

    @BeforeEach
    void begin() throws Exception {
        mark = UUID.randomUUID().toString().substring(0, 8);
        groups.clear();
        fixture = open();
        netBox = fixture.netBox();
        netBox.prepare().orElseThrow();
        vrf = create(ObjectType.VRF, "name", "patchbay-" + mark, "enforce_unique", true);
    }

    @AfterEach
    void leaveNothing() {
        try {
            for (ObjectType type : List.of(ObjectType.IP_ADDRESS, ObjectType.IP_RANGE, ObjectType.PREFIX)) {
                netBox.find(type, inVrf()).orElseThrow().forEach(object -> delete(type, object.id()));
            }
            for (long group : groups) {
                Filters ofGroup = Filters.of("group_id", group);
                List<NetBoxObject> vlans = netBox.find(ObjectType.VLAN, ofGroup).orElseThrow();
                vlans.stream()
                        .filter(vlan -> vlan.related("qinq_svlan") != null)
                        .forEach(vlan -> delete(ObjectType.VLAN, vlan.id()));
                vlans.stream()
                        .filter(vlan -> vlan.related("qinq_svlan") == null)
                        .forEach(vlan -> delete(ObjectType.VLAN, vlan.id()));
                delete(ObjectType.VLAN_GROUP, group);
            }
            delete(ObjectType.VRF, vrf);
        } finally {
            fixture.close();
        }
    }

    @Test
    void theStatusTellsWhichNetBoxItIs() {
        Capabilities able = netBox.status().orElseThrow();
        assertThat(able.version()).startsWith("4.");
        assertThat(able.minor()).isBetween(2, 7);
    }

    @Test
    void whatIsPreparedIsNotPreparedAgain() {
        assertThat(netBox.prepare().orElseThrow().made()).isEmpty();
    }

    @Test
    void addressesComeInOrderEachKeyItsOwn() {
        long pool = prefix("198.18.7.0/24");
        Allocation first = address(pool, key("a"));
        Allocation second = address(pool, key("b"));
        assertThat(first.fresh()).isTrue();
        assertThat(first.object().text("address")).isEqualTo("198.18.7.1/24");
        assertThat(second.object().text("address")).isEqualTo("198.18.7.2/24");
        assertThat(second.object().related("vrf")).isEqualTo(vrf);
        assertThat(second.object().custom(netBox.customFields().key())).isEqualTo(key("b").text());
        assertThat(second.object().text("status")).isEqualTo("reserved");
        assertThat(netBox.find(ObjectType.IP_ADDRESS, inVrf().and("tag", "patchbay"))
                        .orElseThrow())
                .hasSize(2);
    }

    @Test
    void aKeyHasOneAddressHoweverOftenItIsAskedFor() {
        long pool = prefix("198.18.8.0/24");
        Allocation first = address(pool, key("a"));
        Allocation again = address(pool, key("a"));
        assertThat(again.fresh()).isFalse();
        assertThat(again.object().id()).isEqualTo(first.object().id());
        assertThat(netBox.findClaimed(ObjectType.IP_ADDRESS, key("a")).orElseThrow())
                .hasValueSatisfying(
                        found -> assertThat(found.id()).isEqualTo(first.object().id()));
        assertThat(netBox.findClaimed(ObjectType.IP_ADDRESS, key("other")).orElseThrow())
                .isEmpty();
        assertThat(netBox.find(ObjectType.IP_ADDRESS, inVrf()).orElseThrow()).hasSize(1);
    }

    @Test
    void aKeyThatBeginsLikeAnotherIsAnother() {
        long pool = prefix("198.18.9.0/24");
        Allocation long1 = address(pool, key("a-10"));
        Allocation short1 = address(pool, key("a-1"));
        assertThat(short1.fresh()).isTrue();
        assertThat(short1.object().id()).isNotEqualTo(long1.object().id());
    }

    @Test
    void ofManyAtOnceForOneKeyOneTakes() throws Exception {
        long pool = prefix("198.18.10.0/24");
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Callable<Allocation>> calls = java.util.Collections.nCopies(6, () -> address(pool, key("same")));
            List<Allocation> all = new ArrayList<>();
            for (Future<Allocation> call : threads.invokeAll(calls)) {
                all.add(call.get());
            }
            assertThat(all).filteredOn(Allocation::fresh).hasSize(1);
            assertThat(all)
                    .extracting(one -> one.object().id())
                    .containsOnly(all.getFirst().object().id());
        }
        assertThat(netBox.find(ObjectType.IP_ADDRESS, inVrf()).orElseThrow()).hasSize(1);
    }

    @Test
    void manyAtOnceOfDifferentKeysGetDifferentAddresses() throws Exception {
        long pool = prefix("198.18.11.0/27");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Allocation>> calls = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                ClaimKey key = key("n" + i);
                calls.add(() -> address(pool, key));
            }
            List<String> all = new ArrayList<>();
            for (Future<Allocation> call : threads.invokeAll(calls)) {
                all.add(call.get().object().text("address"));
            }
            assertThat(all).doesNotHaveDuplicates().hasSize(30);
        }
        assertThat(netBox.allocateAddress(ObjectType.PREFIX, pool, key("one-more"), reserved()))
                .isInstanceOf(NetBoxOutcome.Exhausted.class);
    }

    @Test
    void aParentWithoutRoomIsExhausted() {
        long two = prefix("198.18.12.0/30");
        address(two, key("a"));
        address(two, key("b"));
        assertThat(netBox.allocateAddress(ObjectType.PREFIX, two, key("c"), reserved()))
                .isInstanceOf(NetBoxOutcome.Exhausted.class);
        delete(
                ObjectType.IP_ADDRESS,
                netBox.findClaimed(ObjectType.IP_ADDRESS, key("a"))
                        .orElseThrow()
                        .orElseThrow()
                        .id());
        assertThat(address(two, key("c")).object().text("address")).isEqualTo("198.18.12.1/30");
    }

    @Test
    void aPoolGivesItsFirstAndLastAddressToo() {
        long pool = create(ObjectType.PREFIX, "prefix", "198.18.13.0/31", "vrf", vrf, "is_pool", true);
        assertThat(address(pool, key("a")).object().text("address")).isEqualTo("198.18.13.0/31");
        assertThat(address(pool, key("b")).object().text("address")).isEqualTo("198.18.13.1/31");
    }

    @Test
    void theMaskOfAnAddressIsToldWhereNetBoxCan() {
        long pool = prefix("198.18.14.0/24");
        ObjectNode fields = reserved().put("prefix_length", 32);
        NetBoxObject taken = netBox.allocateAddress(ObjectType.PREFIX, pool, key("a"), fields)
                .orElseThrow()
                .object();
        String mask = netBox.status().orElseThrow().prefixLengthOfAddresses() ? "/32" : "/24";
        assertThat(taken.text("address")).isEqualTo("198.18.14.1" + mask);
    }

    @Test
    void aRangeGivesItsOwnAddresses() {
        prefix("198.18.15.0/24");
        long range = create(
                ObjectType.IP_RANGE,
                "start_address",
                "198.18.15.100/24",
                "end_address",
                "198.18.15.101/24",
                "vrf",
                vrf);
        assertThat(netBox.allocateAddress(ObjectType.IP_RANGE, range, key("a"), reserved())
                        .orElseThrow()
                        .object()
                        .text("address"))
                .isEqualTo("198.18.15.100/24");
        netBox.allocateAddress(ObjectType.IP_RANGE, range, key("b"), reserved()).orElseThrow();
        assertThat(netBox.allocateAddress(ObjectType.IP_RANGE, range, key("c"), reserved()))
                .isInstanceOf(NetBoxOutcome.Exhausted.class);
    }

    @Test
    void delegatedPrefixesComeInOrderUntilThereIsNone() {
        long pool = prefix("fd00:198:18::/54");
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            taken.add(netBox.allocatePrefix(pool, 56, key("p" + i), reserved())
                    .orElseThrow()
                    .object()
                    .text("prefix"));
        }
        assertThat(taken)
                .containsExactly(
                        "fd00:198:18::/56", "fd00:198:18:100::/56", "fd00:198:18:200::/56", "fd00:198:18:300::/56");
        assertThat(netBox.allocatePrefix(pool, 56, key("p4"), reserved())).isInstanceOf(NetBoxOutcome.Exhausted.class);
        assertThat(netBox.allocatePrefix(pool, 56, key("p2"), reserved())
                        .orElseThrow()
                        .fresh())
                .isFalse();
    }

    @Test
    void aPrefixThatIsTakenInBetweenIsLeftOut() {
        long pool = prefix("fd00:198:19::/48");
        create(ObjectType.PREFIX, "prefix", "fd00:198:19::/60", "vrf", vrf);
        create(ObjectType.PREFIX, "prefix", "fd00:198:19:200::/55", "vrf", vrf);
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            taken.add(netBox.allocatePrefix(pool, 56, key("p" + i), reserved())
                    .orElseThrow()
                    .object()
                    .text("prefix"));
        }
        assertThat(taken).containsExactly("fd00:198:19:100::/56", "fd00:198:19:400::/56");
    }

    @Test
    void aPrefixWithHostBitsIsRefused() {
        assertThat(netBox.create(ObjectType.PREFIX, fields("prefix", "198.18.28.1/24", "vrf", vrf)))
                .isInstanceOfSatisfying(NetBoxOutcome.Invalid.class, wrong -> assertThat(wrong.fields())
                        .containsKey("prefix"));
    }

    @Test
    void vlansComeInOrderUntilTheGroupHasNone() {
        long group = group("[[100,101]]");
        NetBoxObject first = vlan(group, key("a")).orElseThrow().object();
        assertThat(first.number("vid")).isEqualTo(100);
        assertThat(first.related("group")).isEqualTo(group);
        assertThat(vlan(group, key("b")).orElseThrow().object().number("vid")).isEqualTo(101);
        assertThat(vlan(group, key("a")).orElseThrow().fresh()).isFalse();
        assertThat(vlan(group, key("c"))).isInstanceOf(NetBoxOutcome.Exhausted.class);
    }

    @Test
    void aVlansNameIsUniqueInItsGroup() {
        long group = group("[[100,110]]");
        netBox.allocateVlan(group, key("a"), fields("name", "twice")).orElseThrow();
        assertThat(netBox.allocateVlan(group, key("b"), fields("name", "twice")))
                .isInstanceOf(NetBoxOutcome.Invalid.class);
    }

    @Test
    void aCustomerVlanHasAServiceVlan() {
        long group = group("[[200,300]]");
        long service = create(ObjectType.VLAN, "group", group, "vid", 200, "name", "s-200", "qinq_role", "svlan");
        NetBoxObject customer = netBox.create(
                        ObjectType.VLAN,
                        fields(
                                "group",
                                group,
                                "vid",
                                201,
                                "name",
                                "c-201",
                                "qinq_role",
                                "cvlan",
                                "qinq_svlan",
                                service))
                .orElseThrow();
        assertThat(customer.related("qinq_svlan")).isEqualTo(service);
        assertThat(customer.text("qinq_role")).isEqualTo("cvlan");
        assertThat(netBox.create(
                        ObjectType.VLAN, fields("group", group, "vid", 202, "name", "c-202", "qinq_role", "cvlan")))
                .isInstanceOfSatisfying(NetBoxOutcome.Invalid.class, wrong -> assertThat(wrong.reason())
                        .contains("qinq_role"));
    }

    @Test
    void aDuplicateIsRefusedWithItsField() {
        prefix("198.18.16.0/24");
        assertThat(netBox.create(ObjectType.PREFIX, fields("prefix", "198.18.16.0/24", "vrf", vrf)))
                .isInstanceOfSatisfying(NetBoxOutcome.Invalid.class, wrong -> assertThat(wrong.fields())
                        .containsKey("prefix"));
        create(ObjectType.IP_ADDRESS, "address", "198.18.16.9/24", "vrf", vrf);
        assertThat(netBox.create(ObjectType.IP_ADDRESS, fields("address", "198.18.16.9/32", "vrf", vrf)))
                .isInstanceOfSatisfying(NetBoxOutcome.Invalid.class, wrong -> assertThat(wrong.fields())
                        .containsKey("address"));
    }

    @Test
    void aSecondObjectOfOneKeyIsRefusedByNetBoxItself() {
        ObjectNode first = fields("address", "198.18.17.1/24", "vrf", vrf);
        first.putObject("custom_fields").put(netBox.customFields().key(), key("a").text());
        netBox.create(ObjectType.IP_ADDRESS, first).orElseThrow();
        assertThat(netBox.create(ObjectType.IP_ADDRESS, first.deepCopy().put("address", "198.18.17.2/24")))
                .isInstanceOfSatisfying(NetBoxOutcome.Invalid.class, wrong -> assertThat(wrong.reason())
                        .contains("unique"));
    }

    @Test
    void aChosenAddressIsCreatedOnce() {
        ObjectNode chosen = fields("address", "198.18.18.77/32", "vrf", vrf, "status", "active");
        Allocation first =
                netBox.createOnce(ObjectType.IP_ADDRESS, key("a"), chosen).orElseThrow();
        Allocation again =
                netBox.createOnce(ObjectType.IP_ADDRESS, key("a"), chosen).orElseThrow();
        assertThat(first.fresh()).isTrue();
        assertThat(again.fresh()).isFalse();
        assertThat(again.object().id()).isEqualTo(first.object().id());
        assertThat(netBox.createOnce(ObjectType.IP_ADDRESS, key("b"), chosen))
                .isInstanceOf(NetBoxOutcome.Invalid.class);
    }

    @Test
    void ofAListAllAreCreatedOrNone() {
        List<ObjectNode> list = List.of(
                fields("address", "198.18.19.1/24", "vrf", vrf),
                fields("address", "198.18.19.2/24", "vrf", vrf, "status", "no-such-status"),
                fields("address", "198.18.19.3/24", "vrf", vrf));
        assertThat(netBox.create(ObjectType.IP_ADDRESS, list))
                .isInstanceOfSatisfying(NetBoxOutcome.Invalid.class, wrong -> assertThat(wrong.fields())
                        .containsOnlyKeys("1.status"));
        assertThat(netBox.find(ObjectType.IP_ADDRESS, inVrf()).orElseThrow()).isEmpty();
        List<NetBoxObject> created = netBox.create(ObjectType.IP_ADDRESS, List.of(list.get(0), list.get(2)))
                .orElseThrow();
        assertThat(created)
                .extracting(object -> object.text("address"))
                .containsExactly("198.18.19.1/24", "198.18.19.3/24");
    }

    @Test
    void aListIsChangedAndDeletedAtOnce() {
        List<NetBoxObject> created = netBox.create(
                        ObjectType.IP_ADDRESS,
                        List.of(
                                fields("address", "198.18.20.1/24", "vrf", vrf),
                                fields("address", "198.18.20.2/24", "vrf", vrf)))
                .orElseThrow();
        List<NetBoxObject> changed = netBox.patch(
                        ObjectType.IP_ADDRESS,
                        Map.of(
                                created.get(0).id(), fields("status", "deprecated"),
                                created.get(1).id(), fields("description", "second")))
                .orElseThrow();
        assertThat(changed)
                .extracting(object -> object.text("status"))
                .containsExactlyInAnyOrder("deprecated", "active");
        netBox.delete(
                        ObjectType.IP_ADDRESS,
                        created.stream().map(NetBoxObject::id).toList())
                .orElseThrow();
        assertThat(netBox.find(ObjectType.IP_ADDRESS, inVrf()).orElseThrow()).isEmpty();
    }

    @Test
    void whoeverChangesWhatHasChangedMeanwhileIsTold() {
        long id = prefix("198.18.21.0/24");
        NetBoxObject seen = netBox.get(ObjectType.PREFIX, id).orElseThrow();
        NetBoxObject changed = netBox.patch(ObjectType.PREFIX, id, fields("description", "one"), seen.etag())
                .orElseThrow();
        assertThat(changed.text("description")).isEqualTo("one");
        if (netBox.status().orElseThrow().etags()) {
            assertThat(seen.etag()).isNotNull();
            assertThat(netBox.patch(ObjectType.PREFIX, id, fields("description", "two"), seen.etag()))
                    .isInstanceOf(NetBoxOutcome.Stale.class);
            assertThat(netBox.delete(ObjectType.PREFIX, id, seen.etag())).isInstanceOf(NetBoxOutcome.Stale.class);
            assertThat(netBox.patch(ObjectType.PREFIX, id, fields("description", "two"), changed.etag())
                            .isDone())
                    .isTrue();
        } else {
            assertThat(seen.etag()).isNull();
        }
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertThat(netBox.get(ObjectType.PREFIX, 999_999_999)).isInstanceOf(NetBoxOutcome.Missing.class);
        assertThat(netBox.delete(ObjectType.PREFIX, 999_999_999, null)).isInstanceOf(NetBoxOutcome.Missing.class);
        assertThat(netBox.allocateAddress(ObjectType.PREFIX, 999_999_999, key("a"), reserved()))
                .isInstanceOf(NetBoxOutcome.Missing.class);
    }

    @Test
    void whatOthersDependOnIsNotDeleted() {
        prefix("198.18.22.0/24");
        assertThat(netBox.delete(ObjectType.VRF, vrf, null))
                .isInstanceOfSatisfying(NetBoxOutcome.Conflict.class, conflict -> assertThat(conflict.reason())
                        .contains("198.18.22.0/24"));
    }

    @Test
    void aLongListComesWholeInTheOrderOfIds() {
        List<ObjectNode> list = new ArrayList<>();
        for (int i = 40; i > 0; i--) {
            list.add(fields("address", "198.18.23." + i + "/24", "vrf", vrf));
        }
        netBox.create(ObjectType.IP_ADDRESS, list).orElseThrow();
        List<NetBoxObject> found = netBox.find(ObjectType.IP_ADDRESS, inVrf()).orElseThrow();
        assertThat(found)
                .extracting(NetBoxObject::id)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(40);
    }

    @Test
    void aListIsNarrowedByWhatNetBoxKnows() {
        long pool = prefix("198.18.24.0/24");
        prefix("198.18.25.0/24");
        create(ObjectType.PREFIX, "prefix", "198.18.24.0/26", "vrf", vrf, "status", "reserved");
        address(pool, key("a"));
        create(ObjectType.IP_ADDRESS, "address", "198.18.24.200/24", "vrf", vrf, "status", "dhcp");
        assertThat(found(ObjectType.PREFIX, inVrf().and("within", "198.18.24.0/23")))
                .isEqualTo(3);
        assertThat(found(ObjectType.PREFIX, inVrf().and("within", "198.18.24.0/24")))
                .isEqualTo(1);
        assertThat(found(ObjectType.PREFIX, inVrf().and("within_include", "198.18.24.0/24")))
                .isEqualTo(2);
        assertThat(found(ObjectType.PREFIX, inVrf().and("contains", "198.18.24.9")))
                .isEqualTo(2);
        assertThat(found(ObjectType.PREFIX, inVrf().and("mask_length", 26))).isEqualTo(1);
        assertThat(found(ObjectType.PREFIX, inVrf().and("prefix", "198.18.25.0/24")))
                .isEqualTo(1);
        assertThat(found(ObjectType.PREFIX, inVrf().and("status", "reserved"))).isEqualTo(1);
        assertThat(found(ObjectType.PREFIX, inVrf().and("status", "reserved").and("status", "active")))
                .isEqualTo(3);
        assertThat(found(ObjectType.IP_ADDRESS, inVrf().and("parent", "198.18.24.0/25")))
                .isEqualTo(1);
        assertThat(found(ObjectType.IP_ADDRESS, inVrf().and("parent", "198.18.24.0/24")))
                .isEqualTo(2);
        assertThat(found(ObjectType.IP_ADDRESS, inVrf().and("address", "198.18.24.200")))
                .isEqualTo(1);
        assertThat(found(ObjectType.IP_ADDRESS, inVrf().and("tag", "patchbay"))).isEqualTo(1);
        assertThat(found(
                        ObjectType.IP_ADDRESS,
                        Filters.of("cf_" + netBox.customFields().key(), key("a"))
                                .and("cf_" + netBox.customFields().key(), key("none"))))
                .isEqualTo(1);
    }

    @Test
    void changesOfOthersAreToldAndOnesOwnAreNot() throws Exception {
        long cursor = netBox.newestChange().orElseThrow();
        long own = prefix("198.18.26.0/24");
        long theirs;
        try (NetBoxFixture another = open()) {
            theirs = another.netBox()
                    .create(ObjectType.PREFIX, fields("prefix", "198.18.27.0/24", "vrf", vrf))
                    .orElseThrow()
                    .id();
            another.netBox()
                    .patch(ObjectType.PREFIX, theirs, fields("description", "theirs"), null)
                    .orElseThrow();
            another.netBox().delete(ObjectType.PREFIX, theirs, null).orElseThrow();
        }
        Changes changes = netBox.changes(cursor).orElseThrow();
        assertThat(changes.changes())
                .filteredOn(change -> change.type() == ObjectType.PREFIX)
                .noneMatch(change -> change.objectId() == own);
        List<Change> ofTheirs = changes.changes().stream()
                .filter(change -> change.type() == ObjectType.PREFIX && change.objectId() == theirs)
                .toList();
        assertThat(ofTheirs)
                .extracting(Change::action)
                .containsExactly(Change.Action.CREATE, Change.Action.UPDATE, Change.Action.DELETE);
        assertThat(ofTheirs.get(0).before()).isNull();
        assertThat(ofTheirs.get(0).after().path("prefix").asText()).isEqualTo("198.18.27.0/24");
        assertThat(ofTheirs.get(1).after().path("description").asText()).isEqualTo("theirs");
        assertThat(ofTheirs.get(2).after()).isNull();
        assertThat(ofTheirs.get(2).user()).isNotBlank();
        // What is young may be followed by a change with a smaller id.
        assertThat(changes.cursor()).isEqualTo(cursor);
    }

    @Test
    void aWrongTokenIsDenied() throws Exception {
        try (NetBoxFixture stranger = openWithToken("f".repeat(40))) {
            assertThat(stranger.netBox().status())
                    .isInstanceOfSatisfying(NetBoxOutcome.Denied.class, denied -> assertThat(denied.reason())
                            .doesNotContain("f".repeat(40)));
        }
    }

    private long found(ObjectType type, Filters filters) {
        return netBox.find(type, filters).orElseThrow().size();
    }

    private Filters inVrf() {
        return Filters.of("vrf_id", vrf);
    }

    ClaimKey key(String name) {
        return new ClaimKey("contract:" + mark + ":" + name);
    }

    static ObjectNode reserved() {
        return fields("status", "reserved");
    }

    long prefix(String prefix) {
        return create(ObjectType.PREFIX, "prefix", prefix, "vrf", vrf);
    }

    Allocation address(long pool, ClaimKey key) {
        return netBox.allocateAddress(ObjectType.PREFIX, pool, key, reserved()).orElseThrow();
    }

    private NetBoxOutcome<Allocation> vlan(long group, ClaimKey key) {
        return netBox.allocateVlan(group, key, fields("name", key.text()));
    }

    private long group(String ranges) {
        ObjectNode fields = fields("name", "patchbay " + mark, "slug", "patchbay-" + mark);
        try {
            fields.set("vid_ranges", new com.fasterxml.jackson.databind.ObjectMapper().readTree(ranges));
        } catch (com.fasterxml.jackson.core.JsonProcessingException never) {
            throw new AssertionError(never);
        }
        long id = netBox.create(ObjectType.VLAN_GROUP, fields).orElseThrow().id();
        groups.add(id);
        return id;
    }

    long create(ObjectType type, Object... namesAndValues) {
        return netBox.create(type, fields(namesAndValues)).orElseThrow().id();
    }

    private void delete(ObjectType type, long id) {
        netBox.delete(type, id, null).orElseThrow();
    }
}
