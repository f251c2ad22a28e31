package io.patchbay.api.operation;

import io.patchbay.api.ProblemException;
import io.patchbay.ledger.vlan.VlanDomain;
import io.patchbay.ledger.vlan.VlanDomains;
import io.patchbay.ledger.vlan.VlanPool;
import io.patchbay.ledger.vlan.VlanPools;

/** VLAN domains and pools by the names that requests and answers have for them. There are few. */
final class VlanNames {
    private static final String DEFAULT_DOMAIN = "default";

    private final VlanDomains domains;
    private final VlanPools pools;

    VlanNames(VlanDomains domains, VlanPools pools) {
        this.domains = domains;
        this.pools = pools;
    }

    /**
     * @param name null for the default one
     * @throws ProblemException 422 when there is none
     */
    long domain(String name) {
        String wanted = name == null ? DEFAULT_DOMAIN : name;
        return domains.all().stream()
                .filter(domain -> domain.name().equals(wanted))
                .findFirst()
                .map(VlanDomain::id)
                .orElseThrow(() -> ProblemException.unprocessable("domain: there is no VLAN domain '" + wanted + "'."));
    }

    String ofDomain(long id) {
        return domains.find(id).map(VlanDomain::name).orElseGet(() -> String.valueOf(id));
    }

    /** @throws ProblemException 422 when there is none */
    long pool(String name) {
        return pools.all().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .map(VlanPool::id)
                .orElseThrow(() -> ProblemException.unprocessable("pool: there is no VLAN pool '" + name + "'."));
    }
}
