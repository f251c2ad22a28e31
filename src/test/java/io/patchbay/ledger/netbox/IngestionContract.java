package io.patchbay.ledger.netbox;

import static io.patchbay.netbox.NetBoxFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.event.Actor;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.address.AddressKind;
import io.patchbay.ledger.address.AddressSpace;
import io.patchbay.ledger.address.AddressWish;
import io.patchbay.ledger.netbox.ConflictResolution.Decision;
import io.patchbay.ledger.vlan.VlanBindings;
import io.patchbay.ledger.vlan.VlanWish;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxFixture;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.ObjectType;
import io.patchbay.wire.IpPrefix;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of changes that people make in NetBox, the lab's or a real one. Each test has a VRF of its own. */
abstract class IngestionContract {
    private static final Actor ACTOR = Actor.named("test");

    NetBoxFixture fixture;
    /** The hub's. */
    NetBox netBox;

    NetBoxLedger ledger;
    AddressSpace space;
    ChangeInbox inbox;
    ChangePoll poll;
    ChangeIngestion ingestion;
    BlockSources blocks;
    ConflictResolution resolution;
    final List<Long> repaired = new ArrayList<>();
    private String vrfName;
    private long vrf;
    private long container;

    abstract NetBoxFixture open() throws Exception;

    /** Another user's. */
    abstract NetBox alice() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        fixture = open();
        netBox = fixture.netBox();
        netBox.prepare().orElseThrow();
        ledger = new NetBoxLedger();
        long apart = Math.abs(UUID.randomUUID().getMostSignificantBits() % 1_000_000_000);
        ledger.jdbc.execute("alter table service alter column id restart with " + apart * 1000);
        vrfName = "ingestion-" + apart;
        vrf = netBox.create(ObjectType.VRF, fields("name", vrfName, "enforce_unique", true))
                .orElseThrow()
                .id();
        container = netBox.create(ObjectType.PREFIX, fields("prefix", "10.3.0.0/24", "vrf", vrf, "status", "container"))
                .orElseThrow()
                .id();
        NetBoxAddressAuthority authority = new NetBoxAddressAuthority(netBox, ledger.jdbc);
        space = AddressSpace.over(
                ledger.database,
                ledger.jdbc,
                ledger.transaction,
                ledger.events,
                List::of,
                authority,
                InstantSource.system(),
                () -> true);
        inbox = new ChangeInbox(ledger.jdbc);
        poll = new ChangePoll(netBox, inbox, ledger.jdbc, ledger.transaction);
        blocks = new BlockSources(netBox, ledger.jdbc, space.pools(), space.parts(), ledger.conflicts, inbox);
        MirrorRepair mirror = services -> {
            repaired.addAll(services);
            return services.size();
        };
        repaired.clear();
        GivenChanges changes =
                new GivenChanges(netBox, ledger.jdbc, ledger.transaction, ledger.events, ledger.conflicts);
        ingestion = new ChangeIngestion(
                inbox,
                new ChangedObjects(
                        netBox,
                        new GivenObjects(ledger.jdbc),
                        changes,
                        new ForeignObjects(ledger.jdbc, ledger.transaction, ledger.events, ledger.conflicts),
                        blocks,
                        mirror,
                        ledger.conflicts),
                new SimpleMeterRegistry());
        resolution = new ConflictResolution(
                netBox,
                ledger.jdbc,
                ledger.transaction,
                ledger.events,
                ledger.conflicts,
                changes,
                space.parts(),
                inbox,
                mirror);
        poll.poll();
    }

    @AfterEach
    void leaveNothing() {
        try {
            for (ObjectType type : List.of(ObjectType.IP_ADDRESS, ObjectType.PREFIX)) {
                netBox.find(type, Filters.of("vrf_id", vrf))
                        .orElseThrow()
                        .forEach(object -> netBox.delete(type, object.id(), null));
            }
            netBox.delete(ObjectType.VRF, vrf, null);
        } finally {
            fixture.close();
        }
    }

    private void follow() {
        poll.poll();
        ingestion.drain();
        assertThat(inbox.waiting()).isZero();
    }

    private long netBoxPool() {
        return ledger.pool("chosen", "ipv4-address", "netbox", vrfName, "10.3.0.0/24", container);
    }

    private String assign(long service, long pool) {
        return space.assignments()
                .assign(service, AddressWish.nextOf(pool, AddressKind.IPV4_ADDRESS), ACTOR)
                .prefix()
                .toString();
    }

    private NetBoxObject of(long service) {
        List<NetBoxObject> found = netBox.find(ObjectType.IP_ADDRESS, Filters.of("cf_patchbay_service", service))
                .orElseThrow();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private NetBoxConflict onlyConflict() {
        List<NetBoxConflict> open = ledger.conflicts.list("open", 0, 10);
        assertThat(open).hasSize(1);
        return open.getFirst();
    }

    @Test
    void anAddressThatIsChangedThereEntersTheLedger() throws Exception {
        long service = ledger.service();
        String before = assign(service, netBoxPool());
        alice().patch(ObjectType.IP_ADDRESS, of(service).id(), fields("address", "10.3.0.200/32"), null)
                .orElseThrow();

        follow();

        assertThat(ledger.prefixOf(service, "ipv4-address")).isEqualTo("10.3.0.200/32");
        assertThat(ledger.text(
                        "select actor || ' ' || (detail #>> '{after,ipv4-address}') from event where service_id = ?"
                                + " and type = 'service-changed' order by seq desc limit 1",
                        service))
                .isEqualTo("netbox 10.3.0.200/32");
        // What it had is free for NetBox to choose again, once the ledger lets go of it.
        space.sweeps().releaseAtNetBox();
        assertThat(assign(ledger.service(), ledger.number("select id from address_pool")))
                .isEqualTo(before);
        assertThat(of(service).text("address")).isEqualTo("10.3.0.200/32");
    }

    @Test
    void aValueThatTheLedgerCannotTakeIsAConflictThatEitherSideMayWin() throws Exception {
        long service = ledger.service();
        String before = assign(service, netBoxPool());
        NetBoxObject object = of(service);
        alice().patch(ObjectType.IP_ADDRESS, object.id(), fields("address", "192.0.2.7/32"), null)
                .orElseThrow();

        follow();

        assertThat(ledger.prefixOf(service, "ipv4-address")).isEqualTo(before);
        NetBoxConflict conflict = onlyConflict();
        assertThat(conflict.kind()).isEqualTo("value-refused");
        assertThat(ledger.number("select count(*) from event where type = 'netbox-conflict'"))
                .isEqualTo(1);
        assertThatThrownBy(() -> resolution.resolve(conflict.id(), Decision.TAKE_NETBOX, ACTOR))
                .isInstanceOf(LedgerConflict.class);

        resolution.resolve(conflict.id(), Decision.KEEP_LEDGER, ACTOR);
        assertThat(of(service).text("address")).isEqualTo(before);
        assertThat(ledger.conflicts.countOpen()).isZero();
    }

    @Test
    void whatIsDeletedThereWhileInUseIsAConflictAndStaysTheServices() throws Exception {
        long service = ledger.service();
        String address = assign(service, netBoxPool());
        NetBoxObject object = of(service);
        alice().delete(ObjectType.IP_ADDRESS, object.id(), null).orElseThrow();

        follow();

        assertThat(ledger.prefixOf(service, "ipv4-address")).isEqualTo(address);
        assertThat(onlyConflict().kind()).isEqualTo("deleted-in-netbox");

        resolution.resolve(onlyConflict().id(), Decision.KEEP_LEDGER, ACTOR);
        assertThat(of(service).text("address")).isEqualTo(address);
        assertThat(of(service).custom("patchbay_key")).isEqualTo(object.custom("patchbay_key"));
        follow();
        assertThat(ledger.conflicts.countOpen()).isZero();
    }

    @Test
    void whatIsDeletedThereIsReleasedWhenAPersonSaysSo() throws Exception {
        long service = ledger.service();
        assign(service, netBoxPool());
        alice().delete(ObjectType.IP_ADDRESS, of(service).id(), null).orElseThrow();
        follow();

        assertThat(resolution.resolve(onlyConflict().id(), Decision.TAKE_NETBOX, ACTOR))
                .hasValue(service);

        assertThat(ledger.prefixOf(service, "ipv4-address")).isNull();
        space.sweeps().releaseAtNetBox();
        assertThat(ledger.number("select count(*) from address_hold")).isZero();
    }

    @Test
    void driftOfWhatTheLedgerGaveIsRepairedByTheMirror() throws Exception {
        long object = netBox.create(
                        ObjectType.IP_ADDRESS,
                        fields(
                                "address",
                                "10.3.0.9/32",
                                "vrf",
                                vrf,
                                "custom_fields",
                                fields("patchbay_key", "service-4711/ipv4-address", "patchbay_service", "4711")))
                .orElseThrow()
                .id();
        follow();
        assertThat(repaired).isEmpty(); // our own

        alice().patch(ObjectType.IP_ADDRESS, object, fields("status", "deprecated"), null)
                .orElseThrow();
        follow();
        assertThat(repaired).containsOnly(4711L);

        repaired.clear();
        alice().delete(ObjectType.IP_ADDRESS, object, null).orElseThrow();
        follow();
        assertThat(repaired).containsOnly(4711L);
    }

    @Test
    void aForeignAddressInABlockOfOursIsHeldForAsLongAsItIsThere() throws Exception {
        long pool = ledger.pool("block", "ipv4-address", "netbox-block", vrfName, "10.3.0.0/24", container);
        long foreign = alice().create(ObjectType.IP_ADDRESS, fields("address", "10.3.0.77/24", "vrf", vrf))
                .orElseThrow()
                .id();
        follow();
        assertThat(ledger.text("select reason || ' ' || text(prefix) from address_hold where pool_id = ?", pool))
                .isEqualTo("foreign 10.3.0.77/32");

        alice().patch(ObjectType.IP_ADDRESS, foreign, fields("address", "10.3.0.78/24"), null)
                .orElseThrow();
        follow();
        assertThat(ledger.text("select text(prefix) from address_hold")).isEqualTo("10.3.0.78/32");

        alice().delete(ObjectType.IP_ADDRESS, foreign, null).orElseThrow();
        follow();
        assertThat(ledger.number("select count(*) from address_hold")).isZero();
    }

    @Test
    void aForeignAddressThatAServiceUsesIsAConflict() throws Exception {
        long pool = ledger.pool("block", "ipv4-address", "netbox-block", vrfName, "10.3.0.0/24", container);
        long service = ledger.service();
        ledger.assign(service, pool, "ipv4-address", "10.3.0.77/32");
        alice().create(ObjectType.IP_ADDRESS, fields("address", "10.3.0.77/24", "vrf", vrf))
                .orElseThrow();

        follow();

        assertThat(onlyConflict().kind()).isEqualTo("foreign-in-use");
        assertThat(onlyConflict().serviceId()).isEqualTo(service);
    }

    @Test
    void containersOfATagAreBlocksThatComeAndGoAndStayWhileInUse() throws Exception {
        String tag = "block-" + vrf;
        netBox.create(ObjectType.TAG, fields("name", tag, "slug", tag, "color", "00ff00"))
                .orElseThrow();
        ledger.pool("local", "ipv4-address", "netbox-block", vrfName, "10.9.0.0/24", null);
        long pool = ledger.number("select id from address_pool");
        long first = tagged("10.4.0.0/24", tag);

        assertThat(blocks.take(new BlockSources.Source(pool, BlockSources.Kind.TAG, tag), ACTOR)
                        .added())
                .containsExactly("10.4.0.0/24");
        long second = tagged("10.5.0.0/24", tag);
        follow();
        assertThat(ledger.jdbc.queryForList(
                        "select text(prefix) from address_block where pool_id = ? order by prefix", String.class, pool))
                .containsExactly("10.4.0.0/24", "10.5.0.0/24", "10.9.0.0/24");

        ledger.assign(ledger.service(), pool, "ipv4-address", "10.5.0.1/32");
        alice().delete(ObjectType.PREFIX, first, null).orElseThrow();
        alice().delete(ObjectType.PREFIX, second, null).orElseThrow();
        follow();
        assertThat(ledger.jdbc.queryForList(
                        "select text(prefix) from address_block where pool_id = ? order by prefix", String.class, pool))
                .containsExactly("10.5.0.0/24", "10.9.0.0/24");
        assertThat(onlyConflict().kind()).isEqualTo("block-removed");
        netBox.find(ObjectType.TAG, Filters.of("slug", tag))
                .orElseThrow()
                .forEach(object -> netBox.delete(ObjectType.TAG, object.id(), null));
    }

    private long tagged(String prefix, String tag) throws Exception {
        return alice().create(
                        ObjectType.PREFIX,
                        fields(
                                "prefix",
                                prefix,
                                "vrf",
                                vrf,
                                "status",
                                "container",
                                "tags",
                                List.of(fields("slug", tag))))
                .orElseThrow()
                .id();
    }

    @Test
    void whatTheLedgerHoldsIsNotGivenAlthoughNetBoxChoosesIt() {
        long pool = netBoxPool();
        ledger.jdbc.update(
                "insert into address_hold (block_id, pool_id, vrf_id, prefix, reason) select id, pool_id, vrf_id, '10.3.0.1/32',"
                        + " 'in-use' from address_block where pool_id = ?",
                pool);

        assertThat(assign(ledger.service(), pool)).isEqualTo("10.3.0.2/32");

        ledger.jdbc.update("delete from address_hold");
        new Parking(netBox, ledger.jdbc).giveBack();
        assertThat(assign(ledger.service(), pool)).isEqualTo("10.3.0.1/32");
    }

    @Test
    void whatNobodyWantsAnyMoreIsGivenBack() {
        long pool = netBoxPool();
        long service = ledger.service();
        // Prepared, and then the caller was never heard of again.
        space.assignments().prepare(service, AddressWish.nextOf(pool, AddressKind.IPV4_ADDRESS), ACTOR);
        assertThat(of(service).text("address")).isEqualTo("10.3.0.1/32");

        ledger.jdbc.update(
                "update address_claim set leased_until = now() - interval '1 hour', created_at = now() - interval '1 hour'");
        space.sweeps().releaseAtNetBox();

        assertThat(netBox.find(ObjectType.IP_ADDRESS, Filters.of("cf_patchbay_service", service))
                        .orElseThrow())
                .isEmpty();
        assertThat(ledger.number("select count(*) from address_claim")).isZero();
    }

    @Test
    void anObjectUnderAClaimThatNobodyHasIsSweptAndOthersStay() {
        long pool = netBoxPool();
        long service = ledger.service();
        assign(service, pool);
        netBox.create(
                        ObjectType.IP_ADDRESS,
                        fields(
                                "address",
                                "10.3.0.99/32",
                                "vrf",
                                vrf,
                                "custom_fields",
                                fields("patchbay_key", "claim/" + UUID.randomUUID())))
                .orElseThrow();

        new LedgerSweep(
                        netBox,
                        ledger.jdbc,
                        new Parking(netBox, ledger.jdbc),
                        new NetBoxVlans(netBox, ledger.jdbc),
                        blocks)
                .deleteUnwanted(Duration.ofDays(-1));

        assertThat(netBox.find(ObjectType.IP_ADDRESS, Filters.of("vrf_id", vrf)).orElseThrow())
                .extracting(object -> object.text("address"))
                .containsExactly(of(service).text("address"));
    }

    @Test
    void chosenAddressesAreTakenThereOrRefusedWithTheHolder() throws Exception {
        long pool = netBoxPool();
        alice().create(ObjectType.IP_ADDRESS, fields("address", "10.3.0.50/32", "vrf", vrf))
                .orElseThrow();
        long service = ledger.service();

        assertThatThrownBy(() -> choose(service, pool, "10.3.0.50/32"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("not free in NetBox");
        choose(service, pool, "10.3.0.51/32");

        assertThat(of(service).text("address")).isEqualTo("10.3.0.51/32");
    }

    private void choose(long service, long pool, String address) {
        space.assignments()
                .assign(
                        service,
                        new AddressWish(AddressKind.IPV4_ADDRESS, pool, IpPrefix.parse(address), null, null),
                        ACTOR);
    }

    @Test
    void aVlanIsChosenThereChangedThereAndGivenBack() throws Exception {
        long group = netBox.create(ObjectType.VLAN_GROUP, fields("name", vrfName, "slug", vrfName))
                .orElseThrow()
                .id();
        ledger.jdbc.update("insert into vlan_domain (name) values (?)", vrfName);
        long domain = ledger.number("select id from vlan_domain where name = ?", vrfName);
        long pool = ledger.number(
                "insert into vlan_pool (name, vlan_domain_id, model, authority, netbox_group_id)"
                        + " values ('chosen', ?, 'dedicated', 'netbox', ?) returning id",
                domain,
                group);
        ledger.jdbc.update(
                "insert into vlan_range (pool_id, vlan_domain_id, model, s_first, s_last) values (?, ?, 'dedicated', 1, 4000)",
                pool,
                domain);
        NetBoxVlans vlans = new NetBoxVlans(netBox, ledger.jdbc);
        VlanBindings bindings = new VlanBindings(ledger.jdbc, ledger.transaction, ledger.events, vlans);
        long one = ledger.service();
        long other = ledger.service();

        assertThat(bindings.bind(one, VlanWish.nextOf(pool), ACTOR).sVlan()).isEqualTo(1);
        assertThat(bindings.bind(one, VlanWish.nextOf(pool), ACTOR).sVlan()).isEqualTo(1);
        assertThat(bindings.bind(other, VlanWish.nextOf(pool), ACTOR).sVlan()).isEqualTo(2);

        NetBoxObject vlan = vlanOf(one);
        alice().patch(ObjectType.VLAN, vlan.id(), fields("vid", 77), null).orElseThrow();
        follow();
        assertThat(bindings.find(one).orElseThrow().sVlan()).isEqualTo(77);

        bindings.release(one, ACTOR);
        bindings.release(other, ACTOR);
        assertThat(vlans.giveBack()).isEqualTo(2);
        assertThat(netBox.find(ObjectType.VLAN, Filters.of("group_id", group)).orElseThrow())
                .isEmpty();
        netBox.delete(ObjectType.VLAN_GROUP, group, null);
    }

    private NetBoxObject vlanOf(long service) {
        return netBox.find(ObjectType.VLAN, Filters.of("cf_patchbay_service", service))
                .orElseThrow()
                .getFirst();
    }
}
