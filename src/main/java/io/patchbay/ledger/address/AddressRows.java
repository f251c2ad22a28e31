package io.patchbay.ledger.address;

import io.patchbay.ledger.Words;
import io.patchbay.wire.IpPrefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.RowMapper;

/** Rows of this room's tables as records. */
final class AddressRows {
    static final String ASSIGNED =
            "select id, service_id, kind, text(prefix) as prefix, netmask_length, pool_id, assigned_at from service_prefix ";

    static final String HELD =
            "select id, pool_id, text(prefix) as prefix, reason, service_id, kind, until, note, created_at,"
                    + " created_by from address_hold ";

    static final RowMapper<AddressPool> POOL = (row, number) -> new AddressPool(
            row.getLong("id"),
            row.getString("name"),
            row.getObject("tenant_id", Long.class),
            row.getLong("vrf_id"),
            AddressKind.of(row.getString("kind")),
            row.getInt("assigned_length"),
            row.getObject("netmask_length", Integer.class),
            Duration.ofSeconds(row.getInt("cool_down_s")),
            Words.parse(PoolAuthority.class, row.getString("authority")));

    static final RowMapper<AddressBlock> BLOCK = (row, number) -> new AddressBlock(
            row.getLong("id"), row.getLong("pool_id"), prefix(row), row.getObject("netbox_id", Long.class));

    static final RowMapper<AssignedAddress> ASSIGNED_ADDRESS = (row, number) -> new AssignedAddress(
            row.getLong("id"),
            row.getLong("service_id"),
            AddressKind.of(row.getString("kind")),
            prefix(row),
            row.getObject("netmask_length", Integer.class),
            row.getObject("pool_id", Long.class),
            instant(row, "assigned_at"));

    static final RowMapper<AddressHold> HOLD = (row, number) -> new AddressHold(
            row.getLong("id"),
            row.getLong("pool_id"),
            prefix(row),
            Words.parse(HoldReason.class, row.getString("reason")),
            row.getObject("service_id", Long.class),
            AddressKind.of(row.getString("kind")),
            instant(row, "until"),
            row.getString("note"),
            instant(row, "created_at"),
            row.getString("created_by"));

    private AddressRows() {}

    static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }

    static Timestamp timestamp(Instant moment) {
        return moment == null ? null : Timestamp.from(moment);
    }

    private static IpPrefix prefix(ResultSet row) throws SQLException {
        return IpPrefix.parse(row.getString("prefix"));
    }
}
