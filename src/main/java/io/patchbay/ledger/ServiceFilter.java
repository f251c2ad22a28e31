package io.patchbay.ledger;

/**
 * Which services are wanted; nulls select nothing out.
 *
 * @param of what the service, its line or subscriber must have
 * @param plan the name
 */
public record ServiceFilter(LedgerFilter of, Long subscriberId, Long lineId, String plan, ServiceState state) {
    public static ServiceFilter of(LedgerFilter filter) {
        return new ServiceFilter(filter, null, null, null, null);
    }
}
