package io.patchbay.ledger.address;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.wire.IpPrefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where one address stands: in which pool, and with whom. */
public final class AddressLookup {
    private static final String SQL = """
            select p.name as pool, text(b.prefix) as block,
                   case when s.id is not null then 'assigned' when h.id is not null then 'held' else 'free' end as state,
                   s.service_id, text(coalesce(s.prefix, h.prefix)) as part, h.reason, h.until, h.note, h.service_id as held_for
            from (select ?::inet as address) a
            left join address_block b on b.prefix >>= a.address
            left join address_pool p on p.id = b.pool_id
            left join lateral (select * from service_prefix where prefix >>= a.address
                               order by masklen(prefix) desc limit 1) s on true
            left join lateral (select * from address_hold where prefix >>= a.address limit 1) h on s.id is null
            where b.id is not null or s.id is not null limit 1
            """;

    private final JdbcTemplate jdbc;

    public AddressLookup(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param state assigned, held or free
     * @param pool null when in none
     * @param part what of it is assigned or held; null when free
     * @param reason of a hold; null otherwise, likewise its end and note
     * @param heldFor the service that had it, or for which it is kept
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Standing(
            String state,
            String pool,
            String block,
            String part,
            Long serviceId,
            String reason,
            Instant until,
            String note,
            Long heldFor) {}

    /** @return empty when it is in no pool and nobody's */
    public Optional<Standing> of(IpPrefix address) {
        List<Standing> found = jdbc.query(SQL, AddressLookup::standing, address.toString());
        return found.stream().findFirst();
    }

    private static Standing standing(ResultSet row, int number) throws SQLException {
        return new Standing(
                row.getString("state"),
                row.getString("pool"),
                row.getString("block"),
                row.getString("part"),
                row.getObject("service_id", Long.class),
                row.getString("reason"),
                AddressRows.instant(row, "until"),
                row.getString("note"),
                row.getObject("held_for", Long.class));
    }
}
