package io.patchbay.ledger.address;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigInteger;
import java.util.Map;

/**
 * How full a pool is, counted in prefixes of the length that it assigns.
 *
 * @param assigned what is neither free nor held; what is broken up by longer prefixes counts as assigned
 * @param held by the words of {@link HoldReason}; those that there are
 * @param freeByLength how many free prefixes there are of each length, in no larger one: what is left for other lengths than
 *     the pool's
 * @param secondsToExhaustion see {@link PoolForecast}; null when it does not shrink
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PoolUsage(
        long poolId,
        String pool,
        int assignedLength,
        BigInteger total,
        BigInteger free,
        BigInteger assigned,
        Map<String, BigInteger> held,
        Map<Integer, Long> freeByLength,
        Long secondsToExhaustion) {

    BigInteger heldInAll() {
        return held.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    BigInteger used() {
        return total.subtract(free);
    }
}
