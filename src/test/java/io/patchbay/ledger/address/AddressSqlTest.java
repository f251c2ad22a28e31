package io.patchbay.ledger.address;

import static io.patchbay.ledger.address.AddressKind.IPV4_ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Every constraint once more in plain SQL: whoever writes the rows, the database refuses. */
class AddressSqlTest {
    private final AddressFixture world = new AddressFixture();
    private AddressPool pool;
    private long one;
    private long other;

    @BeforeEach
    void ledger() {
        pool = world.pool(IPV4_ADDRESS, 32, Duration.ofHours(1), "10.0.0.0/29");
        one = world.service();
        other = world.service();
        world.choose(one, IPV4_ADDRESS, "10.0.0.1");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void prefixesOfTwoServicesDoNotOverlap() {
        assertRefused(assign(other, "ipv4-address", "10.0.0.1/32", null)).hasMessageContaining("belongs to sub0");
        assertRefused(assign(other, "ipv4-route", "10.0.0.0/30", null)).hasMessageContaining("belongs to sub0");
        world.jdbc.execute(assign(one, "ipv4-route", "192.0.2.0/24", null));
        assertRefused(assign(other, "ipv4-address", "192.0.2.7/32", null))
                .hasMessageContaining("service_prefix_no_overlap");
    }

    @Test
    void nothingIsAssignedOutsideItsPoolOrAroundIt() {
        assertRefused(assign(other, "ipv4-address", "10.0.1.1/32", pool.id()))
                .hasMessageContaining("is not in the pool");
        assertRefused(assign(other, "ipv4-route", "10.0.0.0/24", null)).hasMessageContaining("contains 10.0.0.0/29");
    }

    @Test
    void whatIsHeldIsNotAssigned() {
        world.jdbc.update(
                "insert into address_hold (block_id, pool_id, vrf_id, prefix, reason) select id, pool_id, vrf_id, '10.0.0.4/31',"
                        + " 'reserved' from address_block");
        assertRefused(assign(other, "ipv4-address", "10.0.0.5/32", null)).hasMessageContaining("is held (reserved)");
        world.jdbc.update("delete from service_prefix");
        assertRefused(assign(other, "ipv4-address", "10.0.0.1/32", null)).hasMessageContaining("is held (cool-down");
        assertRefused("insert into address_hold (block_id, pool_id, vrf_id, prefix, reason) select id, pool_id, vrf_id,"
                        + " '10.0.0.5', 'reservation' from address_block")
                .hasMessageContaining("is not free");
        assertRefused("insert into address_hold (block_id, pool_id, vrf_id, prefix, reason) select id, pool_id, vrf_id,"
                        + " '10.0.9.5', 'reservation' from address_block")
                .hasMessageContaining("is not in 10.0.0.0/29");
    }

    @Test
    void blocksStayWhereTheyAreAndWhileTheyAreUsed() {
        assertRefused("delete from address_block").hasMessageContaining("is in use: 10.0.0.1/32 belongs to sub0");
        assertRefused("update address_block set prefix = '10.0.0.0/28'").hasMessageContaining("never moved");
        assertRefused("insert into address_block (pool_id, vrf_id, prefix) select pool_id, vrf_id, '10.0.0.0/28' from"
                        + " address_block")
                .hasMessageContaining("address_block_no_overlap");
        assertRefused("delete from address_pool").hasMessageContaining("foreign key");
        assertRefused("update service_prefix set prefix = '10.0.0.2'").hasMessageContaining("never moved");
        assertRefused("update address_history set holder = 'x'").hasMessageContaining("append-only");
        AddressWhole.assertWhole(world.jdbc, pool);
        assertThat(world.free()).hasSize(3);
    }

    private String assign(long service, String kind, String prefix, Long poolId) {
        return "insert into service_prefix (service_id, vrf_id, kind, prefix, pool_id) values (%d, %d, '%s', '%s', %s)"
                .formatted(service, world.vrf, kind, prefix, poolId);
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String sql) {
        return assertThatThrownBy(() -> world.jdbc.execute(sql)).isInstanceOf(DataAccessException.class);
    }
}
