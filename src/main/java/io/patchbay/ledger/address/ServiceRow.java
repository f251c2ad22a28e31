package io.patchbay.ledger.address;

import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.LedgerNotFound;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** What of a service matters to its addresses, with the row locked: changes to one service come one after the other. */
record ServiceRow(
        long id, long tenantId, String tenant, String plan, boolean isTerminated, Map<String, Long> planPools) {

    /**
     * Locked in the order of their ids, so that two who want the same two do not wait for each other.
     *
     * @throws LedgerNotFound when there is no such service
     */
    static Map<Long, ServiceRow> lock(JdbcTemplate jdbc, Long... ids) {
        List<ServiceRow> rows = jdbc.query(
                "select s.id, s.tenant_id, t.name as tenant, p.name as plan, s.state, p.ipv4_address_pool_id, p.ipv6_wan_pool_id,"
                        + " p.ipv6_delegated_pool_id from service s join tenant t on t.id = s.tenant_id"
                        + " join plan p on p.id = s.plan_id where s.id = any (?) order by s.id for no key update of s",
                (row, number) -> new ServiceRow(
                        row.getLong("id"),
                        row.getLong("tenant_id"),
                        row.getString("tenant"),
                        row.getString("plan"),
                        "terminated".equals(row.getString("state")),
                        pools(
                                row.getObject("ipv4_address_pool_id", Long.class),
                                row.getObject("ipv6_wan_pool_id", Long.class),
                                row.getObject("ipv6_delegated_pool_id", Long.class))),
                (Object) ids);
        Map<Long, ServiceRow> found = rows.stream().collect(Collectors.toMap(ServiceRow::id, row -> row));
        for (Long id : new TreeSet<>(List.of(ids))) {
            if (!found.containsKey(id)) {
                throw new LedgerNotFound("There is no service " + id + ".");
            }
        }
        return found;
    }

    void requireUse() {
        if (isTerminated) {
            throw new LedgerInvalid("Service " + id + " is terminated.");
        }
    }

    /** @throws LedgerInvalid when the plan has none */
    long planPool(AddressKind kind) {
        String column =
                switch (kind) {
                    case IPV4_ADDRESS, IPV4_ROUTE -> "ipv4";
                    case IPV6_WAN_PREFIX, IPV6_WAN_ADDRESS -> "wan";
                    case IPV6_DELEGATED_PREFIX, IPV6_ROUTE -> "delegated";
                };
        Long pool = planPools.get(column);
        if (pool == null) {
            throw new LedgerInvalid("The plan '" + plan + "' has no pool for an " + kind.word() + ". Name the pool.");
        }
        return pool;
    }

    void requireTenant(AddressPool pool) {
        if (pool.tenantId() != null && pool.tenantId() != tenantId) {
            throw new LedgerInvalid(
                    "The pool '" + pool.name() + "' is another tenant's than service " + id + "'s, '" + tenant + "'.");
        }
    }

    private static Map<String, Long> pools(Long ipv4, Long wan, Long delegated) {
        Map<String, Long> pools = new HashMap<>();
        pools.put("ipv4", ipv4);
        pools.put("wan", wan);
        pools.put("delegated", delegated);
        return pools;
    }
}
