package io.patchbay.ledger.netbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an object in NetBox tells of the service that it is for. */
final class ServiceFields {
    private final NetBox netBox;
    private final JdbcTemplate jdbc;
    private final Map<String, Long> tenants = new ConcurrentHashMap<>();

    private record Names(String subscriber, String tenant) {}

    ServiceFields(NetBox netBox, JdbcTemplate jdbc) {
        this.netBox = netBox;
        this.jdbc = jdbc;
    }

    /** Status, custom fields, and the tenant where NetBox has one of that name. */
    ObjectNode of(long serviceId) {
        Names names = jdbc
                .query(
                        "select b.external_id, t.name from service s join subscriber b on b.id = s.subscriber_id"
                                + " join tenant t on t.id = s.tenant_id where s.id = ?",
                        (row, number) -> new Names(row.getString(1), row.getString(2)),
                        serviceId)
                .stream()
                .findFirst()
                .orElse(new Names(null, null));
        ObjectNode fields = JsonNodeFactory.instance.objectNode().put("status", "active");
        fields.putObject("custom_fields")
                .put(netBox.customFields().service(), Long.toString(serviceId))
                .put(netBox.customFields().subscriber(), names.subscriber());
        Long tenant = names.tenant() == null ? null : tenant(names.tenant());
        if (tenant != null) {
            fields.put("tenant", tenant);
        }
        return fields;
    }

    /** Its tenant was deleted, perhaps. */
    void forget() {
        tenants.clear();
    }

    private Long tenant(String name) {
        Long known = tenants.get(name);
        if (known == null
                && netBox.find(ObjectType.TENANT, Filters.of("name", name))
                        instanceof NetBoxOutcome.Done<List<NetBoxObject>> done) {
            // 0 stands for none, so that it is not asked for each time.
            known = done.value().stream()
                    .filter(tenant -> name.equals(tenant.text("name")))
                    .map(NetBoxObject::id)
                    .findFirst()
                    .orElse(0L);
            tenants.put(name, known);
        }
        return known == null || known == 0 ? null : known;
    }
}
