package io.patchbay.ledger.netbox;

import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What calls that were lost, and a hub that died, may have left behind in NetBox: what was parked there, blocks that came, and
 * objects under the key of a claim that nobody has any more.
 */
public final class LedgerSweep {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerSweep.class);
    /** Longer than any claim is worked on. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private static final String WANTED = """
            select exists (select from address_claim where 'claim/' || key = ?)
                or exists (select from netbox_given g join service_prefix p
                           on p.service_id = g.service_id and p.pool_id = g.pool_id and p.prefix = g.value::cidr
                           where g.object_type <> 'vlan' and g.claim_key = ?)
                or exists (select from netbox_given g join address_hold h
                           on h.pool_id = g.pool_id and h.prefix = g.value::cidr
                           where g.object_type <> 'vlan' and g.claim_key = ?)
                or exists (select from netbox_conflict c where c.state = 'open' and c.claim_key = ?)""";

    private final NetBox netBox;
    private final JdbcTemplate jdbc;
    private final Parking parking;
    private final NetBoxVlans vlans;
    private final BlockSources blocks;

    LedgerSweep(NetBox netBox, JdbcTemplate jdbc, Parking parking, NetBoxVlans vlans, BlockSources blocks) {
        this.netBox = netBox;
        this.jdbc = jdbc;
        this.parking = parking;
        this.vlans = vlans;
        this.blocks = blocks;
    }

    /** Gives back what the ledger no longer holds, and VLANs that no service has; cheap. */
    public void giveBackParked() {
        parking.giveBack();
        vlans.giveBack();
    }

    /** All of it. @return how many objects were deleted that nobody wanted */
    public int sweep() {
        giveBackParked();
        blocks.refresh();
        return deleteUnwanted(YOUNG);
    }

    /** @param age younger ones may be on their way into the ledger */
    int deleteUnwanted(Duration age) {
        int deleted = 0;
        for (ObjectType type : List.of(ObjectType.IP_ADDRESS, ObjectType.PREFIX)) {
            List<NetBoxObject> unwanted = new ArrayList<>();
            String field = netBox.customFields().key();
            NetBoxOutcome<Long> outcome =
                    netBox.find(type, Filters.of("cf_" + field + "__isw", NetBoxAddressAuthority.KEY), object -> {
                        String key = object.custom(field);
                        if (key != null
                                && key.startsWith(NetBoxAddressAuthority.KEY)
                                && isOld(object, age)
                                && !isWanted(key)) {
                            unwanted.add(object);
                        }
                    });
            if (!outcome.isDone()) {
                LOG.warn("NetBox could not be swept for what nobody wants: {}", outcome.reason());
                return deleted;
            }
            for (NetBoxObject object : unwanted) {
                LOG.warn(
                        "{} {} ({}) in NetBox belongs to nobody and is given back",
                        type.model(),
                        object.id(),
                        NetBoxValues.text(object));
                deleted += netBox.delete(type, object.id(), null).isDone() ? 1 : 0;
            }
        }
        return deleted;
    }

    private static boolean isOld(NetBoxObject object, Duration age) {
        Instant changed = object.lastUpdated();
        return changed != null && !changed.isAfter(Instant.now().minus(age));
    }

    private boolean isWanted(String key) {
        return Boolean.TRUE.equals(jdbc.queryForObject(WANTED, Boolean.class, key, key, key, key));
    }
}
