package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.database.TestDatabase;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever lies in a pool is in exactly one place, whoever writes the rows: here plain SQL does. */
class AddressSpaceTest {
    private static final long SEED = 20_261_123;

    private JdbcTemplate jdbc;
    private long vrf;

    @BeforeEach
    void ledger() {
        jdbc = new JdbcTemplate(TestDatabase.fresh());
        vrf = jdbc.queryForObject("select id from vrf", Long.class);
    }

    @Test
    void anythingAssignedAndReleasedInAnyOrderLeavesNoGapAndNoOverlap() {
        Random random = new Random(SEED);
        long pool = pool("ipv4-address", 32, 0);
        long block = block(pool, "10.0.0.0/26");
        long[] services = {service(), service(), service()};
        for (int step = 0; step < 600; step++) {
            int length = 26 + random.nextInt(7);
            String prefix = "10.0.0." + (random.nextInt(64) & -(1 << 32 - length)) + "/" + length;
            switch (random.nextInt(5)) {
                case 0 ->
                    attempt(
                            "delete from service_prefix where id in (select id from service_prefix order by md5(id::text"
                                    + " || " + step + ") limit 2)");
                case 1 ->
                    attempt("insert into address_hold (block_id, pool_id, vrf_id, prefix, reason) values (" + block
                            + ", " + pool + ", " + vrf + ", '" + prefix + "', 'reserved')");
                case 2 ->
                    attempt("delete from address_hold where id in (select id from address_hold order by md5(id::text"
                            + " || " + step + ") limit 1)");
                default ->
                    attempt("insert into service_prefix (service_id, vrf_id, kind, prefix) values ("
                            + services[random.nextInt(services.length)] + ", " + vrf + ", 'ipv4-route', '" + prefix
                            + "')");
            }
            assertWhole("10.0.0.0/26");
        }
        jdbc.update("delete from service_prefix");
        jdbc.update("delete from address_hold");
        assertThat(free()).containsExactly("10.0.0.0/26");
    }

    @Test
    void theNextIsTheSmallestThatIsLargeEnough() {
        long pool = pool("ipv6-delegated-prefix", 56, 0);
        block(pool, "2001:db8::/29");
        long service = service();
        assertThat(next(pool, 56)).isEqualTo("2001:db8::/56");
        assign(service, "ipv6-route", "2001:db8::/56");
        assertThat(next(pool, 56)).isEqualTo("2001:db8:0:100::/56");
        assertThat(next(pool, 48)).isEqualTo("2001:db8:1::/48");
        assertThat(next(pool, 28)).isNull();
    }

    @Test
    void outsideItsPoolNothingIsAssigned() {
        long pool = pool("ipv4-address", 32, 0);
        block(pool, "10.0.0.0/26");
        long service = service();
        assertThatThrownBy(() -> jdbc.update(
                        "insert into service_prefix (service_id, vrf_id, kind, prefix, pool_id) values (?, ?, 'ipv4-address',"
                                + " '10.0.1.1', ?)",
                        service,
                        vrf,
                        pool))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("10.0.1.1/32 is not in the pool pool 1");
    }

    @Test
    void whatIsReleasedIsHistoryAndCoolsDown() {
        long pool = pool("ipv4-address", 32, 600);
        block(pool, "10.0.0.0/31");
        long service = service();
        assign(service, "ipv4-address", "10.0.0.0");
        jdbc.update("delete from service_prefix");
        assertThat(jdbc.queryForObject(
                        "select text(prefix) from address_history where service_id = ?", String.class, service))
                .isEqualTo("10.0.0.0/32");
        assertThatThrownBy(() -> assign(service(), "ipv4-address", "10.0.0.0"))
                .hasMessageContaining("10.0.0.0/32 is held (cool-down, until ");
        assertThatThrownBy(() -> jdbc.update("delete from address_history")).hasMessageContaining("append-only");
    }

    @Test
    void aPoolFindsWhatIsAssignedInItAlready() {
        long service = service();
        assign(service, "ipv4-address", "10.0.0.3");
        assign(service, "ipv4-route", "10.0.0.2/31");
        long pool = pool("ipv4-address", 32, 0);
        block(pool, "10.0.0.0/30");
        assertThat(free()).containsExactly("10.0.0.0/31");
        jdbc.update("delete from service where id = ?", service);
        assertThat(free()).containsExactly("10.0.0.0/30");
    }

    private void attempt(String sql) {
        try {
            jdbc.update(sql);
        } catch (DataIntegrityViolationException refused) {
            assertThat(refused)
                    .hasMessageMatching("(?s).*(not free|service_prefix_single|service_prefix_no_overlap).*");
        }
    }

    /** Free, held and outermost assigned prefixes: together all of the block, never two on one address, no two free halves. */
    private void assertWhole(String block) {
        List<String> faults = jdbc.queryForList("""
                with part as (
                    select prefix from address_free union all select prefix from address_hold
                    union all select distinct prefix from service_prefix p where not exists (
                        select from service_prefix o where o.service_id = p.service_id and o.prefix >> p.prefix))
                select 'size' where (select sum(2 ^ (32 - masklen(prefix))) from part) <> 2 ^ (32 - masklen(?::cidr))
                union all select 'overlap ' || a.prefix from part a join part b on a.prefix << b.prefix
                union all select 'halves ' || prefix from address_free f
                    where masklen(prefix) > masklen(?::cidr)
                      and exists (select from address_free o where o.prefix = other_half(f.prefix))
                """, String.class, block, block);
        assertThat(faults).isEmpty();
    }

    private List<String> free() {
        return jdbc.queryForList("select text(prefix) from address_free order by prefix", String.class);
    }

    private String next(long pool, int length) {
        return jdbc.queryForObject("select text(address_next(?, ?))", String.class, pool, length);
    }

    private long pool(String kind, int length, int coolDown) {
        return jdbc.queryForObject(
                "insert into address_pool (name, vrf_id, kind, assigned_length, cool_down_s)"
                        + " values ('pool ' || (select count(*) + 1 from address_pool), ?, ?, ?, ?) returning id",
                Long.class,
                vrf,
                kind,
                length,
                coolDown);
    }

    private long block(long pool, String prefix) {
        return jdbc.queryForObject(
                "insert into address_block (pool_id, vrf_id, prefix) values (?, ?, ?::cidr) returning id",
                Long.class,
                pool,
                vrf,
                prefix);
    }

    private long service() {
        return jdbc.queryForObject(
                "with s as (insert into subscriber (tenant_id, external_id) select id, gen_random_uuid()::text from tenant"
                        + " returning id, tenant_id) insert into service (subscriber_id, tenant_id, plan_id)"
                        + " select s.id, s.tenant_id, plan.id from s, plan returning id",
                Long.class);
    }

    private void assign(long service, String kind, String prefix) {
        jdbc.update(
                "insert into service_prefix (service_id, vrf_id, kind, prefix) values (?, ?, ?, ?::cidr)",
                service,
                vrf,
                kind,
                prefix);
    }
}
