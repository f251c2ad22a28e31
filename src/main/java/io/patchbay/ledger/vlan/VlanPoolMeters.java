package io.patchbay.ledger.vlan;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.patchbay.database.DatabaseAway;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How full the pools are, as metrics: {@code patchbay_vlan_pool{pool,state}} with the states free, bound and excluded, in pairs or
 * in lines, and {@code patchbay_vlan_pool_exhaustion_seconds{pool}}, which is +Inf when a pool does not fill up. A route has them
 * read anew now and then.
 */
public final class VlanPoolMeters {
    private static final Logger LOG = LoggerFactory.getLogger(VlanPoolMeters.class);

    private final VlanPoolUses uses;
    private final BooleanSupplier tablesThere;
    private final MultiGauge states;
    private final MultiGauge exhaustion;
    private volatile boolean away;

    /** @param tablesThere false until the tables are migrated */
    VlanPoolMeters(VlanPoolUses uses, MeterRegistry meters, BooleanSupplier tablesThere) {
        this.uses = uses;
        this.tablesThere = tablesThere;
        this.states = MultiGauge.builder("patchbay.vlan.pool")
                .description("Pairs, or lines, of a VLAN pool by state")
                .register(meters);
        this.exhaustion = MultiGauge.builder("patchbay.vlan.pool.exhaustion")
                .description("When a VLAN pool will be exhausted, if it goes on as lately")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Reads the database once. While that is away, the metrics stay as they were. */
    public void refresh() {
        if (!tablesThere.getAsBoolean()) {
            return;
        }
        try {
            tell(uses.all());
            away = false;
        } catch (RuntimeException failed) {
            if (!DatabaseAway.is(failed)) {
                throw failed;
            }
            if (!away) {
                LOG.warn("How full the VLAN pools are cannot be read: {}", failed.getMessage());
            }
            away = true;
        }
    }

    private void tell(List<VlanPoolUse> read) {
        List<Row<?>> byState = new ArrayList<>();
        List<Row<?>> seconds = new ArrayList<>();
        for (VlanPoolUse use : read) {
            byState.add(state(use, "free", use.free()));
            byState.add(state(use, "bound", use.bound()));
            byState.add(state(use, "excluded", use.excluded()));
            double left = use.untilExhausted() == null
                    ? Double.POSITIVE_INFINITY
                    : use.untilExhausted().toSeconds();
            seconds.add(Row.of(Tags.of("pool", use.pool()), left));
        }
        states.register(byState, true);
        exhaustion.register(seconds, true);
    }

    private static Row<?> state(VlanPoolUse use, String state, long value) {
        return Row.of(Tags.of("pool", use.pool(), "state", state), value);
    }
}
