package io.patchbay.ledger.address;

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
 * How full the pools are, as metrics: {@code patchbay_address_pool{pool,state}} with the states free, assigned and held, in
 * prefixes of the pool's length, and {@code patchbay_address_pool_exhaustion_seconds{pool}}, which is +Inf when a pool does not
 * shrink. A route has them read anew now and then.
 */
public final class PoolMeters {
    private static final Logger LOG = LoggerFactory.getLogger(PoolMeters.class);

    private final PoolUsages usages;
    private final BooleanSupplier tablesThere;
    private final MultiGauge states;
    private final MultiGauge exhaustion;
    private volatile boolean away;

    /** @param tablesThere false until the tables are migrated */
    PoolMeters(PoolUsages usages, MeterRegistry meters, BooleanSupplier tablesThere) {
        this.usages = usages;
        this.tablesThere = tablesThere;
        this.states = MultiGauge.builder("patchbay.address.pool")
                .description("Prefixes of an address pool by state")
                .register(meters);
        this.exhaustion = MultiGauge.builder("patchbay.address.pool.exhaustion")
                .description("When an address pool will be exhausted, if it goes on as lately")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Reads the database once. While that is away, the metrics stay as they were. */
    public void refresh() {
        if (!tablesThere.getAsBoolean()) {
            return;
        }
        try {
            List<PoolUsage> read = usages.all();
            usages.sample(read);
            tell(read);
            away = false;
        } catch (RuntimeException failed) {
            if (!DatabaseAway.is(failed)) {
                throw failed;
            }
            if (!away) {
                LOG.warn("The usage of address pools cannot be read: {}", failed.getMessage());
            }
            away = true;
        }
    }

    private void tell(List<PoolUsage> read) {
        List<Row<?>> byState = new ArrayList<>();
        List<Row<?>> seconds = new ArrayList<>();
        for (PoolUsage usage : read) {
            byState.add(state(usage, "free", usage.free().doubleValue()));
            byState.add(state(usage, "assigned", usage.assigned().doubleValue()));
            byState.add(state(usage, "held", usage.heldInAll().doubleValue()));
            Long left = usage.secondsToExhaustion();
            seconds.add(Row.of(Tags.of("pool", usage.pool()), left == null ? Double.POSITIVE_INFINITY : left));
        }
        states.register(byState, true);
        exhaustion.register(seconds, true);
    }

    private static Row<?> state(PoolUsage usage, String state, double value) {
        return Row.of(Tags.of("pool", usage.pool(), "state", state), value);
    }
}
