package io.patchbay.ledger.netbox;

import io.patchbay.netbox.ObjectType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of what NetBox gave, by which an object is known again whatever somebody makes of it there. */
final class GivenObjects {
    private static final String COLUMNS =
            "select object_type, netbox_id, claim_key, service_id, kind, pool_id, value from netbox_given ";

    private final JdbcTemplate jdbc;

    GivenObjects(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param kind of service_prefix, or {@code vlan}
     * @param poolId of an address pool, or for a VLAN of a VLAN pool
     * @param value the prefix with its length, 32 or 128 for an address; the number of a VLAN
     */
    record Given(
            ObjectType type, long netBoxId, String claimKey, long serviceId, String kind, long poolId, String value) {
        boolean isVlan() {
            return type == ObjectType.VLAN;
        }
    }

    void put(Given given) {
        jdbc.update(
                "insert into netbox_given as g (object_type, netbox_id, claim_key, service_id, kind, pool_id, value)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (object_type, netbox_id) do update set"
                        + " claim_key = excluded.claim_key, service_id = excluded.service_id, kind = excluded.kind,"
                        + " pool_id = excluded.pool_id, value = excluded.value",
                TypeWords.of(given.type()),
                given.netBoxId(),
                given.claimKey(),
                given.serviceId(),
                given.kind(),
                given.poolId(),
                given.value());
    }

    Optional<Given> find(ObjectType type, long netBoxId) {
        return jdbc
                .query(
                        COLUMNS + "where object_type = ? and netbox_id = ?",
                        GivenObjects::read,
                        TypeWords.of(type),
                        netBoxId)
                .stream()
                .findFirst();
    }

    List<Given> ofValue(long poolId, String value) {
        return jdbc.query(
                COLUMNS + "where pool_id = ? and value = ? and object_type <> 'vlan'",
                GivenObjects::read,
                poolId,
                value);
    }

    void remove(ObjectType type, long netBoxId) {
        jdbc.update("delete from netbox_given where object_type = ? and netbox_id = ?", TypeWords.of(type), netBoxId);
    }

    private static Given read(ResultSet row, int number) throws SQLException {
        return new Given(
                TypeWords.type(row.getString("object_type")),
                row.getLong("netbox_id"),
                row.getString("claim_key"),
                row.getLong("service_id"),
                row.getString("kind"),
                row.getLong("pool_id"),
                row.getString("value"));
    }
}
