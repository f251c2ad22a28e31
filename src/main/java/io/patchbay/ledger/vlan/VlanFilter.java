package io.patchbay.ledger.vlan;

import java.util.ArrayList;
import java.util.List;

/**
 * Which bindings are wanted, now or of the past; nulls select nothing out.
 *
 * @param domainId 0 finds nothing
 */
public record VlanFilter(Long domainId, Integer sVlan, Integer cVlan, Long poolId, Long serviceId) {
    public static final VlanFilter ALL = new VlanFilter(null, null, null, null, null);

    /** SQL over the columns of {@code v}, with its values in their order. */
    record Condition(String sql, List<Object> values) {}

    Condition condition() {
        StringBuilder sql = new StringBuilder("true");
        List<Object> values = new ArrayList<>();
        add(sql, values, "v.vlan_domain_id", domainId);
        add(sql, values, "v.s_vlan", sVlan);
        add(sql, values, "v.c_vlan", cVlan);
        add(sql, values, "v.pool_id", poolId);
        add(sql, values, "v.service_id", serviceId);
        return new Condition(sql.toString(), values);
    }

    private static void add(StringBuilder sql, List<Object> values, String column, Object value) {
        if (value != null) {
            sql.append(" and ").append(column).append(" = ?");
            values.add(value);
        }
    }
}
