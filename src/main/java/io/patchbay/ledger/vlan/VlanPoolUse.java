package io.patchbay.ledger.vlan;

import java.time.Duration;

/**
 * How much of a pool is in use: positions, which are pairs or single tags of a dedicated pool, places for lines of a shared one.
 * {@code total = bound + free + excluded}.
 *
 * @param untilExhausted when it will be full, if it goes on as lately ({@link VlanPoolUses}); zero when it is full, null when it
 *     does not fill up
 */
public record VlanPoolUse(
        long poolId, String pool, long total, long bound, long free, long excluded, Duration untilExhausted) {}
