package io.patchbay.converge.netbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.ClaimKey;
import io.patchbay.netbox.CustomFields;
import io.patchbay.netbox.ObjectType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What NetBox is to have of services, from the ledger: host addresses as IPAddress, whatever is larger as Prefix, the line's VLAN
 * as VLAN. A pending service's objects are {@code reserved}, all others' {@code active}.
 */
final class DesiredObjects {
    /** The VRF that is NetBox's global table. */
    static final String GLOBAL_VRF = "default";

    private static final String PREFIXES = """
            select s.id, s.state, t.name as tenant, b.external_id, p.kind, text(p.prefix) as prefix, v.name as vrf
            from service_prefix p
            join address_pool a on a.id = p.pool_id and a.authority in ('local', 'netbox-block')
            join service s on s.id = p.service_id
            join tenant t on t.id = s.tenant_id
            join subscriber b on b.id = s.subscriber_id
            join vrf v on v.id = p.vrf_id
            where p.service_id = any (?) and s.state <> 'terminated'
            order by p.id""";

    /** The VLAN is told of whoever has one; it is an object of the service's own only where the ledger gives it out. */
    private static final String VLANS = """
            select s.id, s.state, t.name as tenant, b.external_id, l.model, l.s_vlan, l.c_vlan, d.id as domain_id,
                d.name as domain, coalesce(a.authority = 'local', false) as mirrored
            from service_vlan l
            join vlan_domain d on d.id = l.vlan_domain_id
            left join vlan_pool a on a.id = l.pool_id
            join service s on s.id = l.service_id
            join tenant t on t.id = s.tenant_id
            join subscriber b on b.id = s.subscriber_id
            where l.service_id = any (?) and s.state <> 'terminated'""";

    private final JdbcTemplate jdbc;
    private final CustomFields names;

    DesiredObjects(JdbcTemplate jdbc, CustomFields names) {
        this.jdbc = jdbc;
        this.names = names;
    }

    /** Of one service. */
    record Desired(List<WantedObject> objects, Set<Related> shared) {
        static final Desired NOTHING = new Desired(List.of(), Set.of());
    }

    /** Those that have something; the others have nothing. */
    Map<Long, Desired> of(Collection<Long> serviceIds) {
        Long[] ids = serviceIds.toArray(Long[]::new);
        Map<Long, Desired> desired = new HashMap<>();
        Map<Long, Related> vlans = new HashMap<>();
        jdbc.query(
                VLANS,
                row -> {
                    if (row.getBoolean("mirrored")) {
                        vlan(row, desired, vlans);
                    }
                },
                (Object) ids);
        jdbc.query(
                PREFIXES,
                row -> {
                    long service = row.getLong("id");
                    of(desired, service).objects().add(prefix(row, vlans.get(service)));
                },
                (Object) ids);
        return desired;
    }

    private static Desired of(Map<Long, Desired> desired, long service) {
        return desired.computeIfAbsent(service, none -> new Desired(new ArrayList<>(), new HashSet<>()));
    }

    private void vlan(ResultSet row, Map<Long, Desired> desired, Map<Long, Related> vlans) throws SQLException {
        long service = row.getLong("id");
        int sVlan = row.getInt("s_vlan");
        Integer cVlan = row.getObject("c_vlan", Integer.class);
        boolean dedicated = row.getString("model").equals("dedicated");
        Related serviceVlan = new Related(
                ObjectType.VLAN,
                new MirrorKeys.ServiceVlan(row.getLong("domain_id"), sVlan, dedicated && cVlan != null).key());
        if (!dedicated) {
            of(desired, service).shared().add(serviceVlan);
            vlans.put(service, serviceVlan);
            return;
        }
        ClaimKey key = MirrorKeys.ofService(service, "vlan");
        ObjectNode fields = fields(row);
        fields.put("vid", cVlan == null ? sVlan : cVlan);
        fields.put("name", cVlan == null ? "vlan-" + sVlan : sVlan + "." + cVlan);
        Map<String, Related> relations = new HashMap<>();
        relations.put("tenant", new Related(ObjectType.TENANT, row.getString("tenant")));
        if (cVlan == null) {
            fields.putNull("qinq_role");
            relations.put("group", new Related(ObjectType.VLAN_GROUP, row.getString("domain")));
            relations.put("qinq_svlan", null);
        } else {
            // Of one group a number is unique; C-VLANs repeat in every S-VLAN, and are unique there.
            fields.put("qinq_role", "cvlan");
            relations.put("group", null);
            relations.put("qinq_svlan", serviceVlan);
            of(desired, service).shared().add(serviceVlan);
        }
        of(desired, service).objects().add(new WantedObject(ObjectType.VLAN, key, fields, relations));
        vlans.put(service, new Related(ObjectType.VLAN, key.text()));
    }

    private WantedObject prefix(ResultSet row, Related vlan) throws SQLException {
        String kind = row.getString("kind");
        String prefix = row.getString("prefix");
        String vrf = row.getString("vrf");
        boolean isAddress = kind.equals("ipv4-address") || kind.equals("ipv6-wan-address");
        ObjectNode fields = fields(row);
        fields.put(isAddress ? "address" : "prefix", prefix);
        Map<String, Related> relations = new HashMap<>();
        relations.put("tenant", new Related(ObjectType.TENANT, row.getString("tenant")));
        relations.put("vrf", vrf.equals(GLOBAL_VRF) ? null : new Related(ObjectType.VRF, vrf));
        if (!isAddress) {
            relations.put("vlan", vlan);
        }
        return new WantedObject(
                isAddress ? ObjectType.IP_ADDRESS : ObjectType.PREFIX,
                MirrorKeys.ofService(row.getLong("id"), kind.endsWith("-route") ? kind + "/" + prefix : kind),
                fields,
                relations);
    }

    private ObjectNode fields(ResultSet row) throws SQLException {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("status", row.getString("state").equals("pending") ? "reserved" : "active");
        fields.putObject("custom_fields")
                .put(names.service(), row.getString("id"))
                .put(names.subscriber(), row.getString("external_id"));
        return fields;
    }
}
