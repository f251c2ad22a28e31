package io.patchbay.ledger.address;

import static io.patchbay.ledger.address.AddressFixture.ACTOR;
import static io.patchbay.ledger.address.AddressKind.IPV4_ADDRESS;
import static io.patchbay.ledger.address.AddressKind.IPV4_ROUTE;
import static io.patchbay.ledger.address.AddressKind.IPV6_DELEGATED_PREFIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import io.patchbay.wire.IpPrefix;
import java.math.BigInteger;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools, what they consist of, what of them is never assigned, and how full they are. */
class PoolPartsTest {
    private final AddressFixture world = new AddressFixture();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whereThePoolTellsANetmaskTheEdgesOfEachSubnetAreReserved() {
        AddressPool pool = subnets(24);
        world.space.parts().addBlock(pool.id(), IpPrefix.parse("10.0.0.0/23"), null, Gateway.FIRST, ACTOR);
        assertThat(world.held())
                .containsExactly(
                        "10.0.0.0/32 reserved",
                        "10.0.0.1/32 reserved",
                        "10.0.0.255/32 reserved",
                        "10.0.1.0/32 reserved",
                        "10.0.1.1/32 reserved",
                        "10.0.1.255/32 reserved");
        assertThat(world.assign(world.service(), pool)).isEqualTo("10.0.0.254/32");
        assertThat(world.assign(world.service(), pool)).isEqualTo("10.0.1.254/32");
        AddressWhole.assertWhole(world.jdbc, pool);
        world.space.parts().addBlock(pool.id(), IpPrefix.parse("10.0.2.0/25"), null, Gateway.LAST, ACTOR);
        assertThat(world.held()).hasSize(7).contains("10.0.2.0/32 reserved");
        world.space.parts().addBlock(pool.id(), IpPrefix.parse("10.0.3.0/24"), null, Gateway.LAST, ACTOR);
        assertThat(world.held()).hasSize(10).contains("10.0.3.254/32 reserved");
    }

    @Test
    void whoHasAnEdgeAlreadyKeepsIt() {
        long service = world.service();
        world.choose(service, IPV4_ADDRESS, "10.0.0.1");
        AddressPool pool = subnets(30);
        world.block(pool, "10.0.0.0/30");
        assertThat(world.held()).containsExactly("10.0.0.0/32 reserved", "10.0.0.3/32 reserved");
        assertThat(world.space.assignments().ofService(service).getFirst().poolId())
                .isEqualTo(pool.id());
    }

    @Test
    void aBlockOverlapsNoOther() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, "10.0.0.0/24");
        assertThatThrownBy(() -> world.block(pool, "10.0.0.128/25"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessage("10.0.0.128/25 overlaps 10.0.0.0/24 of the pool 'pool 1'.");
        assertThatThrownBy(() -> world.block(pool, "2001:db8::/48")).isInstanceOf(LedgerInvalid.class);
        assertThatThrownBy(() -> world.block(pool, "10.0.1.1/24")).isInstanceOf(LedgerInvalid.class);
        world.choose(world.service(), IPV4_ROUTE, "192.0.2.0/24");
        assertThatThrownBy(() -> world.block(pool, "192.0.2.0/25"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("belongs to sub0");
    }

    @Test
    void aBlockThatIsUsedStays() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, Duration.ofHours(1), "10.0.0.0/24", "10.0.1.0/24");
        long service = world.service();
        world.choose(service, IPV4_ADDRESS, "10.0.0.7");
        assertThatThrownBy(() -> removeBlock(pool, "10.0.0.0/24"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessage("10.0.0.0/24 is in use: 10.0.0.7/32 belongs to sub0.");
        world.release(service, IPV4_ADDRESS);
        assertThatThrownBy(() -> removeBlock(pool, "10.0.0.0/24"))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("10.0.0.7/32 is held (cool-down");
        assertThatThrownBy(() -> removeBlock(pool, "10.0.9.0/24")).isInstanceOf(LedgerNotFound.class);
        world.timePasses();
        world.space.sweeps().releaseDue();
        world.space.parts().reserve(pool.id(), AddressRange.parse("10.0.0.9"), null, ACTOR);
        removeBlock(pool, "10.0.0.0/24");
        assertThat(world.held()).isEmpty();
        assertThatThrownBy(() -> world.space.pools().delete(pool.id(), ACTOR)).isInstanceOf(LedgerConflict.class);
        removeBlock(pool, "10.0.1.0/24");
        world.jdbc.update("update plan set ipv4_address_pool_id = ?", pool.id());
        assertThatThrownBy(() -> world.space.pools().delete(pool.id(), ACTOR))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("plan 'default' draws from");
        world.jdbc.update("update plan set ipv4_address_pool_id = null");
        world.space.pools().delete(pool.id(), ACTOR);
        assertThat(world.space.pools().all()).isEmpty();
    }

    @Test
    void whatStaysAsItWasMade() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, "10.0.0.0/24");
        assertThatThrownBy(() -> change(pool, p -> with(p, "other", 30, PoolAuthority.LOCAL)))
                .isInstanceOf(LedgerInvalid.class);
        assertThatThrownBy(() -> change(pool, p -> with(p, "other", 32, PoolAuthority.NETBOX)))
                .isInstanceOf(LedgerConflict.class)
                .hasMessageContaining("has blocks");
        change(pool, p -> with(p, "renamed", 32, PoolAuthority.LOCAL));
        assertThat(world.jdbc.queryForObject(
                        "select detail::text from event where type = 'address-pool-changed' order by seq desc limit 1",
                        String.class))
                .isEqualTo("{\"after\": {\"name\": \"renamed\"}, \"before\": {\"name\": \"pool 1\"}}");
        assertThatThrownBy(() -> world.pool("renamed", IPV4_ADDRESS, 32, Duration.ZERO, PoolAuthority.LOCAL))
                .isInstanceOf(LedgerConflict.class);
        assertThatThrownBy(() -> world.pool("short", IPV6_DELEGATED_PREFIX, 40, Duration.ZERO, PoolAuthority.LOCAL))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("/48 to /64");
    }

    @Test
    void usageCountsInWhatThePoolAssigns() {
        AddressPool pool = world.pool(IPV6_DELEGATED_PREFIX, 56, Duration.ofHours(1), "2001:db8::/48");
        world.space.parts().reserve(pool.id(), AddressRange.parse("2001:db8:0:f000::/52"), null, ACTOR);
        long service = world.service();
        world.assign(service, pool);
        world.assign(world.service(), pool);
        world.release(service, IPV6_DELEGATED_PREFIX);
        world.space
                .assignments()
                .assign(
                        world.service(),
                        AddressWish.nextOf(pool.id(), IPV6_DELEGATED_PREFIX).ofLength(60),
                        ACTOR);
        PoolUsage usage = world.space.usages().of(pool.id());
        assertThat(usage.total()).isEqualTo(256);
        assertThat(usage.held())
                .containsEntry("reserved", BigInteger.valueOf(16))
                .containsEntry("cool-down", BigInteger.ONE);
        assertThat(usage.assigned()).isEqualTo(2);
        assertThat(usage.free()).isEqualTo(256 - 16 - 1 - 2);
        assertThat(usage.freeByLength()).containsEntry(60, 1L).containsEntry(57, 1L);
        assertThat(usage.secondsToExhaustion()).isNull();
    }

    @Test
    void theForecastGoesByTheFasterOfTwoPaces() {
        AddressPool pool = world.pool(IPV4_ADDRESS, 32, "10.0.0.0/24");
        for (long service : world.services(56)) {
            world.assign(service, pool);
        }
        world.space.usages().sample(world.space.usages().all());
        world.space.usages().sample(world.space.usages().all());
        assertThat(world.jdbc.queryForObject("select count(*) from address_pool_sample", Integer.class))
                .isEqualTo(1);
        assertThat(world.space.usages().of(pool.id()).secondsToExhaustion()).isNull();
        sample(pool, "20 hours", 20);
        Long slow = world.space.usages().of(pool.id()).secondsToExhaustion();
        assertThat(slow).isBetween(20L * 3600 * 200 / 36 - 60, 20L * 3600 * 200 / 36 + 60);
        sample(pool, "50 minutes", 46);
        Long fast = world.space.usages().of(pool.id()).secondsToExhaustion();
        assertThat(fast).isBetween(3000L * 200 / 10 - 60, 3000L * 200 / 10 + 60);
    }

    private void sample(AddressPool pool, String ago, int used) {
        world.jdbc.update(
                "insert into address_pool_sample (pool_id, at, used) values (?, clock_timestamp() - ?::interval, ?)",
                pool.id(),
                ago,
                used);
    }

    private void removeBlock(AddressPool pool, String prefix) {
        world.space.parts().removeBlock(pool.id(), IpPrefix.parse(prefix), ACTOR);
    }

    private void change(AddressPool pool, UnaryOperator<AddressPool> change) {
        world.space.pools().change(pool.id(), change, ACTOR);
    }

    private AddressPool subnets(int netmask) {
        return world.space
                .pools()
                .create(
                        new AddressPool(
                                0,
                                "subnets",
                                null,
                                world.vrf,
                                IPV4_ADDRESS,
                                32,
                                netmask,
                                Duration.ZERO,
                                PoolAuthority.LOCAL),
                        ACTOR);
    }

    private static AddressPool with(AddressPool pool, String name, int length, PoolAuthority authority) {
        return new AddressPool(
                pool.id(),
                name,
                pool.tenantId(),
                pool.vrfId(),
                pool.kind(),
                length,
                pool.netmaskLength(),
                pool.coolDown(),
                authority);
    }
}
