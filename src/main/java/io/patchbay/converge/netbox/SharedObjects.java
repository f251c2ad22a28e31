package io.patchbay.converge.netbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.ClaimKey;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tenants, VRFs, VLAN groups and S-VLANs, which many objects point to. Those of a name that is there are used as they are and
 * never changed; what is missing is made, with the hub's key, when something is to point to it.
 */
final class SharedObjects {
    private static final int LONGEST_SLUG = 100;

    private final NetBox netBox;
    private final JdbcTemplate jdbc;
    /** Ids that were looked up; forgotten when NetBox does not know one any more. */
    private final Map<Related, Long> known = new ConcurrentHashMap<>();

    SharedObjects(NetBox netBox, JdbcTemplate jdbc) {
        this.netBox = netBox;
        this.jdbc = jdbc;
    }

    void forget() {
        known.clear();
    }

    /** Its id; null when it is not there. */
    NetBoxOutcome<Long> find(Related related) {
        Long cached = known.get(related);
        if (cached != null) {
            return new NetBoxOutcome.Done<>(cached);
        }
        NetBoxOutcome<Long> found = related.type() == ObjectType.VLAN ? vlan(related) : byName(related);
        if (found instanceof NetBoxOutcome.Done<Long> done && done.value() != null) {
            known.put(related, done.value());
        }
        return found;
    }

    /** Its id; it is made when it is not there. {@link NetBoxOutcome.Missing} for what is a service's own. */
    NetBoxOutcome<Long> ensure(Related related) {
        return find(related).then(id -> id == null ? make(related) : new NetBoxOutcome.Done<>(id));
    }

    /** By its key; an S-VLAN that people have made is used as it is. */
    private NetBoxOutcome<Long> vlan(Related related) {
        NetBoxOutcome<Long> ours = netBox.findClaimed(ObjectType.VLAN, new ClaimKey(related.name()))
                .map(object -> object.map(NetBoxObject::id).orElse(null));
        MirrorKeys.ServiceVlan vlan = MirrorKeys.serviceVlan(related.name());
        String domain = vlan == null ? null : domain(vlan);
        if (domain == null || !(ours instanceof NetBoxOutcome.Done<Long> none) || none.value() != null) {
            return ours;
        }
        return find(new Related(ObjectType.VLAN_GROUP, domain)).then(group -> {
            if (group == null) {
                return new NetBoxOutcome.Done<>(null);
            }
            Filters place = Filters.of("group_id", group).and("vid", vlan.number());
            return netBox.find(ObjectType.VLAN, place).map(objects -> objects.stream()
                    .filter(object -> Long.valueOf(vlan.number()).equals(object.number("vid")))
                    .map(NetBoxObject::id)
                    .findFirst()
                    .orElse(null));
        });
    }

    private String domain(MirrorKeys.ServiceVlan vlan) {
        return jdbc.queryForList("select name from vlan_domain where id = ?", String.class, vlan.domainId()).stream()
                .findFirst()
                .orElse(null);
    }

    private NetBoxOutcome<Long> byName(Related related) {
        return netBox.find(related.type(), Filters.of("name", related.name())).map(objects -> objects.stream()
                .filter(object -> related.name().equals(object.text("name")))
                .map(NetBoxObject::id)
                .findFirst()
                .orElse(null));
    }

    private NetBoxOutcome<Long> make(Related related) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        return switch (related.type()) {
            case TENANT, VLAN_GROUP ->
                create(related, fields.put("name", related.name()).put("slug", slug(related)));
            case VRF -> create(related, fields.put("name", related.name()));
            case VLAN -> makeServiceVlan(related, MirrorKeys.serviceVlan(related.name()));
            default -> throw new IllegalArgumentException("Nothing points to a " + related.type());
        };
    }

    private NetBoxOutcome<Long> makeServiceVlan(Related related, MirrorKeys.ServiceVlan vlan) {
        if (vlan == null) {
            return new NetBoxOutcome.Missing<>("The VLAN " + related.name() + " is not in NetBox yet.");
        }
        String domain = domain(vlan);
        if (domain == null) {
            return new NetBoxOutcome.Missing<>("There is no VLAN domain " + vlan.domainId() + ".");
        }
        return ensure(new Related(ObjectType.VLAN_GROUP, domain)).then(group -> {
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            fields.put("vid", vlan.number())
                    .put("name", "vlan-" + vlan.number())
                    .put("status", "active");
            fields.put("group", group);
            if (vlan.qinq()) {
                fields.put("qinq_role", "svlan");
            }
            return create(related, fields);
        });
    }

    /** By its key, so that two nodes, or a repetition after a lost answer, make one. */
    private NetBoxOutcome<Long> create(Related related, ObjectNode fields) {
        ClaimKey key = related.type() == ObjectType.VLAN
                ? new ClaimKey(related.name())
                : new ClaimKey(related.type().name().toLowerCase(Locale.ROOT) + "/" + slug(related));
        NetBoxOutcome<Long> made = netBox.createOnce(related.type(), key, fields)
                .map(allocation -> allocation.object().id());
        if (made instanceof NetBoxOutcome.Done<Long> done) {
            known.put(related, done.value());
        }
        return made;
    }

    /** What NetBox takes: small letters, digits, - and _; of names that differ in other signs only, different all the same. */
    private static String slug(Related related) {
        String plain = related.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
        String slug = plain.equals(related.name())
                ? plain
                : plain + "-" + Integer.toHexString(related.name().hashCode());
        return slug.length() <= LONGEST_SLUG ? slug : slug.substring(slug.length() - LONGEST_SLUG);
    }
}
