package io.patchbay.ledger.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.JdbcTemplate;

/** What must always be true of a pool: every address in exactly one place, no two free halves, an assignment for every owner. */
final class AddressWhole {
    private AddressWhole() {}

    static void assertWhole(JdbcTemplate jdbc, AddressPool pool) {
        int bits = pool.kind().isV6() ? 128 : 32;
        assertThat(jdbc.queryForList(
                        """
                with part as (
                    select prefix from address_free where pool_id = :pool
                    union all select prefix from address_hold where pool_id = :pool
                    union all select distinct prefix from service_prefix p where pool_id = :pool and not exists (
                        select from service_prefix o where o.service_id = p.service_id and o.prefix >> p.prefix))
                select 'size' where (select coalesce(sum(2::numeric ^ (:bits - masklen(prefix))), 0) from part)
                    <> (select coalesce(sum(2::numeric ^ (:bits - masklen(prefix))), 0) from address_block where pool_id = :pool)
                union all select 'overlap ' || a.prefix from part a join part b on a.prefix << b.prefix
                union all select 'twice ' || prefix from part group by prefix having count(*) > 1
                union all select 'halves ' || f.prefix from address_free f join address_block b on b.id = f.block_id
                    where f.pool_id = :pool and masklen(f.prefix) > masklen(b.prefix)
                      and exists (select from address_free o where o.prefix = other_half(f.prefix) and o.block_id = f.block_id)
                """.replace(":pool", Long.toString(pool.id())).replace(":bits", Integer.toString(bits)),
                        String.class))
                .isEmpty();
    }
}
