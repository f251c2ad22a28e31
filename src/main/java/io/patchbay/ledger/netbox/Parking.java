package io.patchbay.ledger.netbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import io.patchbay.wire.IpPrefix;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What NetBox gave and the ledger cannot assign: a cool-down of the ledger's, or an address that NetBox does not know to be used.
 * Giving it back would have NetBox choose it again; so it stays taken, without its claim's key, until the ledger lets go.
 */
final class Parking {
    private static final String KEY = "parked/";

    private static final String FREE = """
            select object_type, netbox_id from netbox_parked k join address_pool a on a.id = k.pool_id
            where not exists (select from service_prefix p where p.vrf_id = a.vrf_id and p.prefix && k.prefix)
              and not exists (select from address_hold h where h.vrf_id = a.vrf_id and h.prefix && k.prefix)
            order by parked_at limit 100""";

    private final NetBox netBox;
    private final JdbcTemplate jdbc;

    Parking(NetBox netBox, JdbcTemplate jdbc) {
        this.netBox = netBox;
        this.jdbc = jdbc;
    }

    private record Parked(ObjectType type, long netBoxId) {}

    /** Whether the ledger has something there that is not this service's. */
    boolean isTaken(long poolId, long serviceId, IpPrefix prefix) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                """
                select exists (select from service_prefix p join address_pool a on a.id = ? and a.vrf_id = p.vrf_id
                               where p.prefix && ?::inet and p.service_id <> ?)
                    or exists (select from address_hold h join address_pool a on a.id = ? and a.vrf_id = h.vrf_id
                               where h.prefix && ?::inet)""", Boolean.class, poolId, prefix.toString(), serviceId, poolId, prefix.toString()));
    }

    /** Takes the claim's key from the object, so that the claim can be given something else. */
    NetBoxOutcome<NetBoxObject> park(long poolId, NetBoxObject object, IpPrefix prefix) {
        String key = KEY + TypeWords.of(object.type()) + "/" + object.id();
        jdbc.update(
                "insert into netbox_parked (object_type, netbox_id, claim_key, pool_id, prefix) values (?, ?, ?, ?, ?::cidr)"
                        + " on conflict do nothing",
                TypeWords.of(object.type()),
                object.id(),
                key,
                poolId,
                prefix.toString());
        ObjectNode fields = JsonNodeFactory.instance.objectNode().put("status", "reserved");
        fields.putObject("custom_fields")
                .put(netBox.customFields().key(), key)
                .putNull(netBox.customFields().service())
                .putNull(netBox.customFields().subscriber());
        return netBox.patch(object.type(), object.id(), fields, null);
    }

    /** Gives back what the ledger no longer holds. @return how many */
    int giveBack() {
        List<Parked> free =
                jdbc.query(FREE, (row, number) -> new Parked(TypeWords.type(row.getString(1)), row.getLong(2)));
        int given = 0;
        for (Parked one : free) {
            NetBoxOutcome<NetBoxObject> there = netBox.get(one.type(), one.netBoxId());
            boolean isOurs = there instanceof NetBoxOutcome.Done<NetBoxObject> done
                    && String.valueOf(done.value().custom(netBox.customFields().key()))
                            .startsWith(KEY);
            boolean gone = there instanceof NetBoxOutcome.Missing<NetBoxObject> || there.isDone() && !isOurs;
            if (gone
                    || isOurs && netBox.delete(one.type(), one.netBoxId(), null).isDone()) {
                jdbc.update(
                        "delete from netbox_parked where object_type = ? and netbox_id = ?",
                        TypeWords.of(one.type()),
                        one.netBoxId());
                given++;
            }
        }
        return given;
    }
}
