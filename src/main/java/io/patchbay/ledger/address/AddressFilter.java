package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;

/**
 * Which assignments; what is null does not matter.
 *
 * @param prefix what contains it or lies in it
 * @param sVlan of the service
 * @param tenantId whose service's
 */
public record AddressFilter(
        IpPrefix prefix,
        Long subscriberId,
        Long serviceId,
        Long lineId,
        Integer sVlan,
        Integer cVlan,
        Long poolId,
        AddressKind kind,
        Long tenantId) {
    public static AddressFilter ofService(long serviceId) {
        return new AddressFilter(null, null, serviceId, null, null, null, null, null, null);
    }
}
