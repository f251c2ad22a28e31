package io.patchbay.converge.netbox;

import io.patchbay.netbox.CustomFields;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The step {@code make-all-due}: every service with something to be mirrored, and every service of which NetBox has an object,
 * is compared again. S-VLANs that the hub made and nobody is in any more are deleted.
 */
public final class SweepNetBox implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(SweepNetBox.class);

    private final NetBox netBox;
    private final JdbcTemplate jdbc;
    private final MirrorDue due;
    private final SharedObjects shared;
    private final String tag;

    SweepNetBox(NetBox netBox, JdbcTemplate jdbc, MirrorDue due, SharedObjects shared, String tag) {
        this.netBox = netBox;
        this.jdbc = jdbc;
        this.due = due;
        this.shared = shared;
        this.tag = tag;
    }

    @Override
    public void process(Exchange exchange) {
        sweep();
    }

    /** @return how many services are compared again */
    public int sweep() {
        shared.forget();
        due.begin();
        int services = due.all();
        CustomFields names = netBox.customFields();
        Set<Long> found = new HashSet<>();
        List<Long> empty = new ArrayList<>();
        for (ObjectType type : MirrorObserver.TYPES) {
            NetBoxOutcome<Long> outcome = netBox.find(type, Filters.of("tag", tag), object -> {
                String key = object.custom(names.key());
                MirrorKeys.service(key).ifPresent(found::add);
                MirrorKeys.ServiceVlan vlan = type == ObjectType.VLAN ? MirrorKeys.serviceVlan(key) : null;
                if (vlan != null && isEmpty(vlan)) {
                    empty.add(object.id());
                }
            });
            if (!outcome.isDone()) {
                LOG.warn("NetBox could not be swept for objects of services that are gone: {}", outcome.reason());
                return services;
            }
        }
        // One whose C-VLANs are still there is refused, and found again the next time.
        empty.forEach(id -> netBox.delete(ObjectType.VLAN, id, null));
        List<Long> forgotten = jdbc.queryForList(
                "select o.id from unnest(?) as o (id)"
                        + " where not exists (select from convergence c where c.service_id = o.id and c.target = 'netbox')",
                Long.class,
                (Object) found.toArray(Long[]::new));
        jdbc.update("update netbox_state set swept_at = now()");
        return services + due.repair(forgotten);
    }

    private boolean isEmpty(MirrorKeys.ServiceVlan vlan) {
        return !Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from service_vlan where vlan_domain_id = ? and s_vlan = ?)",
                Boolean.class,
                vlan.domainId(),
                vlan.number()));
    }
}
