package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.TestDatabase;
import io.patchbay.event.Actor;
import java.io.StringReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An import takes what is free in a pool, and is told who has what is not. */
class ImportIntoPoolsTest {
    private final LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());

    @Test
    void whatIsFreeIsTakenAndWhatIsHeldIsRefused() {
        block(pool("customers", "ipv4-address", 32), "10.0.0.0/24");
        hold("10.0.0.9", "reserved", null);
        hold("10.0.0.8", "cool-down", "1 hour");
        hold("10.0.0.7", "cool-down", "-1 second");
        ImportResult result = ledger.load(
                "circuit_id,ipv4,ipv4_routes",
                "a,10.0.0.1,",
                "b,10.0.0.9,",
                "c,10.0.0.8,",
                "d,10.0.0.7,",
                "e,,10.0.0.0/16",
                "f,192.0.2.1,",
                "g,10.0.0.1,");
        assertThat(result.accepted()).isEqualTo(3);
        assertThat(result.rejected()).extracting(ImportResult.Rejection::line).containsExactly(3, 4, 6, 8);
        assertThat(result.rejected().toString())
                .contains("ipv4-address: 10.0.0.9/32 is not free, 10.0.0.9/32 is held (reserved)")
                .contains("10.0.0.8/32 is held (cool-down, until ")
                .contains("ipv4-route: 10.0.0.0/16")
                .contains("10.0.0.1/32 overlaps 10.0.0.1/32 in line 2");
        assertThat(ledger.jdbc.queryForList(
                        "select text(prefix) || coalesce(' ' || pool_id, '') from service_prefix order by prefix",
                        String.class))
                .containsExactly("10.0.0.1/32 1", "10.0.0.7/32 1", "192.0.2.1/32");
        assertThat(ledger.load("circuit_id,ipv4", "h,10.0.0.1").rejected().toString())
                .contains("10.0.0.1/32 overlaps 10.0.0.1/32 of a");
        assertThat(ledger.jdbc.queryForList("select text(prefix) from address_free order by prefix", String.class))
                .containsExactly(
                        "10.0.0.0/32",
                        "10.0.0.2/31",
                        "10.0.0.4/31",
                        "10.0.0.6/32",
                        "10.0.0.10/31",
                        "10.0.0.12/30",
                        "10.0.0.16/28",
                        "10.0.0.32/27",
                        "10.0.0.64/26",
                        "10.0.0.128/25");
        ledger.jdbc.update("delete from service_prefix");
        ledger.jdbc.update("delete from address_hold");
        assertThat(ledger.jdbc.queryForList("select text(prefix) from address_free", String.class))
                .containsExactly("10.0.0.0/24");
    }

    @Test
    void whatLiesInAnotherOfTheSameServiceIsTakenOnce() {
        block(pool("links", "ipv6-wan-prefix", 64), "2001:db8::/62");
        assertThat(ledger.load("circuit_id,ipv6_wan_prefix,ipv6_wan_address", "a,2001:db8:0:1::/64,2001:db8:0:1::2")
                        .accepted())
                .isEqualTo(1);
        assertThat(ledger.jdbc.queryForList("select text(prefix) from address_free order by prefix", String.class))
                .containsExactly("2001:db8::/64", "2001:db8:0:2::/63");
        ledger.jdbc.update("delete from service");
        assertThat(ledger.jdbc.queryForList("select text(prefix) from address_free", String.class))
                .containsExactly("2001:db8::/62");
    }

    @Tag("long")
    @Test
    void aPoolCostsLittle() {
        System.out.printf("100,000 rows without a pool: %.1f s%n", seconds(10));
        block(pool("customers", "ipv4-address", 32), "10.32.0.0/13");
        block(pool("delegated", "ipv6-delegated-prefix", 56), "2001:db8::/32");
        System.out.printf("100,000 rows into pools: %.1f s%n", seconds(32));
        assertThat(ledger.count("service_prefix where pool_id is not null")).isEqualTo(200_000);
    }

    private double seconds(int net) {
        StringBuilder csv = new StringBuilder("circuit_id,mac,s_vlan,ipv4,ipv6_delegated_prefix\n");
        for (int i = 0; i < 100_000; i++) {
            csv.append("%d-%d,02:%02x:00:%02x:%02x:%02x,100,10.%d.%d.%d,2001:%s:%x:%02x00::/56\n"
                    .formatted(
                            net,
                            i,
                            net,
                            i >> 16,
                            i >> 8 & 255,
                            i & 255,
                            net + (i >> 16),
                            i >> 8 & 255,
                            i & 255,
                            net == 32 ? "db8" : "db9",
                            i >> 8,
                            i & 255));
        }
        long start = System.nanoTime();
        assertThat(ledger.subscriberImport
                        .store(new StringReader(csv.toString()), Actor.named("test"), "default")
                        .result()
                        .accepted())
                .isEqualTo(100_000);
        return (System.nanoTime() - start) / 1e9;
    }

    private long pool(String name, String kind, int length) {
        return ledger.jdbc.queryForObject(
                "insert into address_pool (name, vrf_id, kind, assigned_length) select ?, id, ?, ? from vrf returning id",
                Long.class,
                name,
                kind,
                length);
    }

    private void block(long pool, String prefix) {
        ledger.jdbc.update(
                "insert into address_block (pool_id, vrf_id, prefix) select ?, id, ?::cidr from vrf", pool, prefix);
    }

    private void hold(String address, String reason, String until) {
        ledger.jdbc.update(
                "insert into address_hold (block_id, pool_id, vrf_id, prefix, reason, until)"
                        + " select id, pool_id, vrf_id, ?::cidr, ?, clock_timestamp() + ?::interval from address_block",
                address,
                reason,
                until);
    }
}
