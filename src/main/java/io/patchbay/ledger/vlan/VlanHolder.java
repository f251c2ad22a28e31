package io.patchbay.ledger.vlan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Who is bound to VLANs.
 *
 * @param holder the name that an operator knows the service by: its user name, or its subscriber's external id
 * @param cVlan null where there is no inner tag
 * @param pool null when they are in none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VlanHolder(
        String domain,
        String model,
        int sVlan,
        Integer cVlan,
        String pool,
        boolean overridden,
        Instant assignedAt,
        long serviceId,
        long subscriberId,
        String tenant,
        String holder,
        String state,
        Long lineId,
        String accessNode) {
    static final String SELECT = "select d.name as domain, v.model, v.s_vlan, v.c_vlan, p.name as pool, v.overridden,"
            + " v.assigned_at, s.id as service_id, s.subscriber_id, t.name as tenant,"
            + " coalesce(c.user_name, b.external_id) as holder, s.state, s.line_id, n.name as access_node"
            + " from service_vlan v join vlan_domain d on d.id = v.vlan_domain_id"
            + " left join vlan_pool p on p.id = v.pool_id join service s on s.id = v.service_id"
            + " join subscriber b on b.id = s.subscriber_id join tenant t on t.id = s.tenant_id"
            + " left join credential c on c.service_id = s.id left join access_line l on l.id = s.line_id"
            + " left join access_node n on n.id = l.access_node_id where ";

    static VlanHolder of(ResultSet row) throws SQLException {
        return new VlanHolder(
                row.getString("domain"),
                row.getString("model"),
                row.getInt("s_vlan"),
                row.getObject("c_vlan", Integer.class),
                row.getString("pool"),
                row.getBoolean("overridden"),
                row.getTimestamp("assigned_at").toInstant(),
                row.getLong("service_id"),
                row.getLong("subscriber_id"),
                row.getString("tenant"),
                row.getString("holder"),
                row.getString("state"),
                row.getObject("line_id", Long.class),
                row.getString("access_node"));
    }
}
