package io.patchbay.ledger.address;

import java.time.Duration;

/**
 * From where services are given addresses of one kind.
 *
 * @param tenantId null: for the services of every tenant
 * @param kind of what is assigned: no route; a route may be cut from a pool of its family nevertheless
 * @param assignedLength what is assigned when no other length is asked for
 * @param netmaskLength told with an ipv4-address; null for none
 * @param coolDown how long nobody else gets what was released
 */
public record AddressPool(
        long id,
        String name,
        Long tenantId,
        long vrfId,
        AddressKind kind,
        int assignedLength,
        Integer netmaskLength,
        Duration coolDown,
        PoolAuthority authority) {

    boolean isChosenByNetBox() {
        return authority == PoolAuthority.NETBOX;
    }
}
