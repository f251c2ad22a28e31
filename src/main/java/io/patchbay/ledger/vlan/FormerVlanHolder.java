package io.patchbay.ledger.vlan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Who was bound to VLANs.
 *
 * @param domain null when it is no more; likewise {@code pool}
 * @param holder the name that an operator knew the service by when it let go; null for what was not recorded
 * @param releasedAt when somebody else could have them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FormerVlanHolder(
        long id,
        String domain,
        String model,
        int sVlan,
        Integer cVlan,
        String pool,
        long serviceId,
        Long subscriberId,
        String holder,
        Instant assignedAt,
        Instant releasedAt) {
    static final String SELECT = "select v.id, d.name as domain, v.model, v.s_vlan, v.c_vlan, p.name as pool,"
            + " v.service_id, v.subscriber_id, v.holder, v.assigned_at, v.released_at from vlan_history v"
            + " left join vlan_domain d on d.id = v.vlan_domain_id left join vlan_pool p on p.id = v.pool_id where ";

    static FormerVlanHolder of(ResultSet row) throws SQLException {
        return new FormerVlanHolder(
                row.getLong("id"),
                row.getString("domain"),
                row.getString("model"),
                row.getInt("s_vlan"),
                row.getObject("c_vlan", Integer.class),
                row.getString("pool"),
                row.getLong("service_id"),
                row.getObject("subscriber_id", Long.class),
                row.getString("holder"),
                row.getTimestamp("assigned_at").toInstant(),
                row.getTimestamp("released_at").toInstant());
    }
}
