package io.patchbay.converge.netbox;

import static io.patchbay.netbox.NetBoxFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.ledger.netbox.NetBoxConflict;
import io.patchbay.ledger.netbox.NetBoxLedger;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxFixture;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.ObjectType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the mirror does, in the lab's NetBox and in a real one. Each test has a VRF, and service numbers, of its own. */
abstract class MirrorContract {
    NetBoxFixture fixture;
    NetBox netBox;
    NetBoxLedger ledger;
    MirrorFixture mirror;
    String vrf;

    abstract NetBoxFixture open() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        fixture = open();
        netBox = fixture.netBox();
        netBox.prepare().orElseThrow();
        ledger = new NetBoxLedger();
        long apart = Math.abs(UUID.randomUUID().getMostSignificantBits() % 1_000_000_000);
        ledger.jdbc.execute("alter table service alter column id restart with " + apart * 1000);
        ledger.jdbc.execute("alter table vlan_domain alter column id restart with " + apart);
        vrf = "mirror-" + apart;
        mirror = new MirrorFixture(ledger, netBox, MirrorFixture.settings());
    }

    @AfterEach
    void leaveNothing() {
        try {
            for (ObjectType type : List.of(ObjectType.IP_ADDRESS, ObjectType.PREFIX, ObjectType.VLAN)) {
                for (NetBoxObject object : ours(type)) {
                    netBox.delete(type, object.id(), null);
                }
            }
            ours(ObjectType.VLAN).forEach(object -> netBox.delete(ObjectType.VLAN, object.id(), null));
            for (ObjectType type : List.of(ObjectType.VLAN_GROUP, ObjectType.VRF)) {
                netBox.find(type, Filters.of("tag", "patchbay"))
                        .orElseThrow()
                        .forEach(object -> netBox.delete(type, object.id(), null));
            }
        } finally {
            fixture.close();
        }
    }

    private List<NetBoxObject> ours(ObjectType type) {
        return netBox.find(type, Filters.of("tag", "patchbay")).orElseThrow();
    }

    private List<NetBoxObject> of(ObjectType type, long service) {
        return netBox.find(type, Filters.of("cf_patchbay_service", service)).orElseThrow();
    }

    private NetBoxObject only(ObjectType type, long service) {
        List<NetBoxObject> found = of(type, service);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private long dedicated(long service, String domain, int sVlan, Integer cVlan) {
        ledger.jdbc.update("insert into vlan_domain (name) values (?) on conflict do nothing", domain);
        long domainId = ledger.number("select id from vlan_domain where name = ?", domain);
        ledger.jdbc.update(
                "insert into vlan_pool (name, vlan_domain_id, model) values (?, ?, 'dedicated') on conflict do nothing",
                "pool of " + domain,
                domainId);
        long pool = ledger.number("select id from vlan_pool where name = ?", "pool of " + domain);
        if (ledger.number("select count(*) from vlan_range where pool_id = ?", pool) == 0) {
            ledger.jdbc.update(
                    "insert into vlan_range (pool_id, vlan_domain_id, model, s_first, s_last, c_first, c_last)"
                            + " values (?, ?, 'dedicated', 100, 200, ?, ?)",
                    pool,
                    domainId,
                    cVlan == null ? 0 : 1,
                    cVlan == null ? 0 : 4000);
        }
        ledger.jdbc.update(
                "insert into service_vlan (service_id, vlan_domain_id, model, s_vlan, c_vlan, pool_id) values (?, ?, 'dedicated', ?, ?, ?)",
                service,
                domainId,
                sVlan,
                cVlan,
                pool);
        return pool;
    }

    @Test
    void anAddressAndAPrefixAreThereWithTenantVrfAndCustomFields() {
        long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/24", null);
        long delegated = ledger.pool("pd", "ipv6-delegated-prefix", "netbox-block", vrf, "2001:db8:100::/40", null);
        long service = ledger.service();
        ledger.assign(service, addresses, "ipv4-address", "10.1.0.7/32");
        ledger.assign(service, delegated, "ipv6-delegated-prefix", "2001:db8:100:700::/56");

        mirror.turn();

        assertThat(mirror.reasonOf(service)).isEqualTo("In NetBox: 2 created, 0 changed, 0 deleted, and read back.");
        NetBoxObject address = only(ObjectType.IP_ADDRESS, service);
        assertThat(address.text("address")).isEqualTo("10.1.0.7/32");
        assertThat(address.text("status")).isEqualTo("active");
        assertThat(address.fields().path("vrf").path("name").asText()).isEqualTo(vrf);
        assertThat(address.fields().path("tenant").path("name").asText()).isEqualTo("default");
        assertThat(address.custom("patchbay_key")).isEqualTo("service-" + service + "/ipv4-address");
        assertThat(address.custom("patchbay_subscriber")).isEqualTo("subscriber-0");
        assertThat(only(ObjectType.PREFIX, service).text("prefix")).isEqualTo("2001:db8:100:700::/56");
    }

    @Test
    void doneTwiceChangesNothing() {
        long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/24", null);
        long service = ledger.service();
        ledger.assign(service, addresses, "ipv4-address", "10.1.0.7/32");
        mirror.turn();
        long id = only(ObjectType.IP_ADDRESS, service).id();

        mirror.due.all();
        mirror.turn();

        assertThat(mirror.reasonOf(service)).isEqualTo("NetBox has what the ledger has.");
        assertThat(only(ObjectType.IP_ADDRESS, service).id()).isEqualTo(id);
    }

    @Test
    void aRenumberedServiceKeepsItsObjectAndWhatPeopleWroteThere() {
        long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/24", null);
        long service = ledger.service();
        ledger.assign(service, addresses, "ipv4-address", "10.1.0.7/32");
        mirror.turn();
        NetBoxObject before = only(ObjectType.IP_ADDRESS, service);
        netBox.patch(ObjectType.IP_ADDRESS, before.id(), fields("description", "by the fountain"), null)
                .orElseThrow();

        ledger.release(service);
        ledger.assign(service, addresses, "ipv4-address", "10.1.0.8/32");
        mirror.turn();

        NetBoxObject after = only(ObjectType.IP_ADDRESS, service);
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.text("address")).isEqualTo("10.1.0.8/32");
        assertThat(after.text("description")).isEqualTo("by the fountain");
    }

    @Test
    void whatIsReleasedIsDeleted() {
        long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/24", null);
        long service = ledger.service();
        ledger.assign(service, addresses, "ipv4-address", "10.1.0.7/32");
        mirror.turn();

        ledger.release(service);
        mirror.turn();

        assertThat(of(ObjectType.IP_ADDRESS, service)).isEmpty();
        assertThat(mirror.stateOf(service)).isEqualTo("done");
    }

    @Test
    void driftIsRepaired() {
        long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/24", null);
        long service = ledger.service();
        ledger.assign(service, addresses, "ipv4-address", "10.1.0.7/32");
        mirror.turn();
        NetBoxObject object = only(ObjectType.IP_ADDRESS, service);
        netBox.patch(ObjectType.IP_ADDRESS, object.id(), fields("address", "10.1.0.9/32", "status", "deprecated"), null)
                .orElseThrow();

        mirror.sweep.sweep();
        mirror.turn();

        assertThat(mirror.reasonOf(service)).contains("1 changed");
        assertThat(only(ObjectType.IP_ADDRESS, service).text("address")).isEqualTo("10.1.0.7/32");
        assertThat(only(ObjectType.IP_ADDRESS, service).text("status")).isEqualTo("active");
    }

    @Test
    void anObjectOfSomebodyElseIsAConflictAndStays() {
        long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/24", null);
        long first = ledger.service();
        long second = ledger.service();
        ledger.assign(first, addresses, "ipv4-address", "10.1.0.1/32");
        mirror.turn();
        long vrfId = only(ObjectType.IP_ADDRESS, first).related("vrf");
        NetBoxObject foreign = netBox.create(
                        ObjectType.IP_ADDRESS, fields("address", "10.1.0.7/24", "vrf", vrfId, "description", "router"))
                .orElseThrow();
        try {
            ledger.assign(second, addresses, "ipv4-address", "10.1.0.7/32");
            long third = ledger.service();
            ledger.assign(third, addresses, "ipv4-address", "10.1.0.8/32");

            mirror.turn();

            assertThat(mirror.stateOf(second)).isEqualTo("failed");
            assertThat(mirror.stateOf(third)).isEqualTo("done");
            List<NetBoxConflict> conflicts = ledger.conflicts.list("open", 0, 10);
            assertThat(conflicts).hasSize(1);
            assertThat(conflicts.getFirst().netBoxId()).isEqualTo(foreign.id());
            assertThat(conflicts.getFirst().serviceId()).isEqualTo(second);
            assertThat(netBox.get(ObjectType.IP_ADDRESS, foreign.id())
                            .orElseThrow()
                            .text("description"))
                    .isEqualTo("router");
        } finally {
            netBox.delete(ObjectType.IP_ADDRESS, foreign.id(), null).orElseThrow();
        }
        mirror.state.retry(second);
        mirror.turn();
        assertThat(mirror.stateOf(second)).isEqualTo("done");
        assertThat(ledger.conflicts.countOpen()).isZero();
    }

    @Test
    void twoServicesThatSwapTheirAddressesEndSwapped() {
        long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/24", null);
        long one = ledger.service();
        long other = ledger.service();
        ledger.assign(one, addresses, "ipv4-address", "10.1.0.1/32");
        ledger.assign(other, addresses, "ipv4-address", "10.1.0.2/32");
        mirror.turn();

        ledger.release(one);
        ledger.release(other);
        ledger.assign(one, addresses, "ipv4-address", "10.1.0.2/32");
        ledger.assign(other, addresses, "ipv4-address", "10.1.0.1/32");
        mirror.turn();
        mirror.turn();
        mirror.turn();

        assertThat(only(ObjectType.IP_ADDRESS, one).text("address")).isEqualTo("10.1.0.2/32");
        assertThat(only(ObjectType.IP_ADDRESS, other).text("address")).isEqualTo("10.1.0.1/32");
        assertThat(mirror.stateOf(one)).isEqualTo("done");
    }

    @Test
    void pairsOfVlansAreCustomerVlansOfOneServiceVlan() {
        long one = ledger.service();
        long other = ledger.service();
        dedicated(one, "olt-" + vrf, 100, 7);
        dedicated(other, "olt-" + vrf, 100, 8);
        mirror.due.all();

        mirror.turn();

        NetBoxObject vlan = only(ObjectType.VLAN, one);
        assertThat(vlan.number("vid")).isEqualTo(7);
        assertThat(vlan.text("qinq_role")).isEqualTo("cvlan");
        long outer = vlan.related("qinq_svlan");
        assertThat(only(ObjectType.VLAN, other).related("qinq_svlan")).isEqualTo(outer);
        NetBoxObject serviceVlan = netBox.get(ObjectType.VLAN, outer).orElseThrow();
        assertThat(serviceVlan.number("vid")).isEqualTo(100);
        assertThat(serviceVlan.text("qinq_role")).isEqualTo("svlan");
        assertThat(serviceVlan.fields().path("group").path("name").asText()).isEqualTo("olt-" + vrf);
    }

    @Test
    void aVlanOfOneTagIsInTheGroupOfItsDomainAndItsPrefixPointsToIt() {
        long service = ledger.service();
        dedicated(service, "switch-" + vrf, 150, null);
        long delegated = ledger.pool("pd", "ipv6-delegated-prefix", "local", vrf, "2001:db8:100::/40", null);
        ledger.assign(service, delegated, "ipv6-delegated-prefix", "2001:db8:100:700::/56");

        mirror.turn();

        NetBoxObject vlan = only(ObjectType.VLAN, service);
        assertThat(vlan.number("vid")).isEqualTo(150);
        assertThat(only(ObjectType.PREFIX, service).related("vlan")).isEqualTo(vlan.id());

        ledger.jdbc.update("delete from service_vlan where service_id = ?", service);
        ledger.release(service);
        mirror.turn();
        assertThat(of(ObjectType.VLAN, service)).isEmpty();
        assertThat(of(ObjectType.PREFIX, service)).isEmpty();
    }

    @Test
    void moreDeletionsThanUsualAreHeldUntilTheyAreApproved() {
        MirrorFixture careful = new MirrorFixture(
                ledger,
                netBox,
                new NetBoxMirrorSettings(3, 1, Duration.ofMinutes(10), 500, 100, 3, Duration.ofMillis(100)));
        long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/24", null);
        List<Long> services = IntStream.range(1, 6)
                .mapToObj(host -> {
                    long service = ledger.service();
                    ledger.assign(service, addresses, "ipv4-address", "10.1.0." + host + "/32");
                    return service;
                })
                .toList();
        careful.turn();

        services.forEach(ledger::release);
        careful.turn();

        assertThat(services).allSatisfy(service -> {
            assertThat(of(ObjectType.IP_ADDRESS, service)).hasSize(1);
            assertThat(careful.reasonOf(service)).startsWith("Held: 5 objects would be deleted");
        });
        assertThat(careful.state.read().held()).isEqualTo(5);

        assertThat(careful.state.approveDeletions()).isEqualTo(5);
        careful.turn();
        assertThat(services).allSatisfy(service -> assertThat(of(ObjectType.IP_ADDRESS, service))
                .isEmpty());
    }

    @Test
    void manyAreWrittenTogetherAndOneBadRecordStopsNobody() {
        long addresses = ledger.pool("v4", "ipv4-address", "local", vrf, "10.1.0.0/22", null);
        List<Long> services = IntStream.range(0, 150)
                .mapToObj(host -> {
                    long service = ledger.service();
                    ledger.assign(
                            service, addresses, "ipv4-address", "10.1." + host / 100 + "." + (host % 100 + 1) + "/32");
                    return service;
                })
                .toList();
        // A second object that bears its key already: NetBox refuses the whole list for it.
        long bad = services.get(70);
        netBox.createOnce(
                        ObjectType.IP_ADDRESS,
                        MirrorKeys.ofService(bad, "ipv4-address"),
                        fields("address", "10.9.9.9/32"))
                .orElseThrow();

        mirror.turn();

        assertThat(services).filteredOn(service -> service != bad).allSatisfy(service -> {
            assertThat(mirror.stateOf(service)).isEqualTo("done");
        });
        assertThat(mirror.stateOf(bad)).isEqualTo("waiting");
    }
}
