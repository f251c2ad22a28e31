package io.patchbay.ledger.vlan;

/**
 * From where services are given VLANs.
 *
 * @param tenantId null: for the services of every tenant
 * @param linesPerVlan how many services may live in one S-VLAN of a shared pool; null for a dedicated one
 * @param netboxGroupId the VLAN group in NetBox; null for none
 */
public record VlanPool(
        long id,
        String name,
        Long tenantId,
        long domainId,
        VlanModel model,
        Integer linesPerVlan,
        VlanAuthority authority,
        Long netboxGroupId) {}
