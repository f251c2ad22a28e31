package io.patchbay.ledger.workflow;

import java.util.List;
import java.util.Map;

/**
 * What the ledger holds of a service and of what is wished for: all that a plan is made of. A null is not there.
 *
 * @param plan its plan now
 * @param newPlan the one that is wished for
 * @param line where it lives
 * @param newLine where it is to live; null as well when that line has yet to be made
 * @param newNode the access node of a line that has yet to be made
 * @param conflicts who has what is wished for, a sentence each
 */
record Situation(
        Service service,
        Plan plan,
        Plan newPlan,
        Line line,
        Line newLine,
        Node newNode,
        Vlan vlan,
        List<Address> addresses,
        List<String> conflicts) {
    /**
     * @param holder as an operator knows it
     * @param userName null when it has no credential
     */
    record Service(
            long id,
            String holder,
            String kind,
            String state,
            String userName,
            String cpeId,
            String ipv6Mode,
            String ipv6State) {}

    /** Names of pools; a null means that nothing is taken from any. */
    record Plan(
            long id,
            String name,
            String vlanPool,
            String ipv4Pool,
            String ipv6WanPool,
            String ipv6DelegatedPool,
            String ipv6Mode) {}

    /**
     * @param identifiers by kind, in hexadecimal
     * @param others the services of the same kind that live on it too, by name
     */
    record Line(
            long id,
            String accessNode,
            long vlanDomainId,
            String onuSerial,
            Map<String, String> identifiers,
            List<String> others) {}

    record Node(long id, String name, long vlanDomainId) {}

    /** @param pool null when from no pool */
    record Vlan(String model, int sVlan, Integer cVlan, String pool, long domainId, boolean overridden) {}

    record Address(String kind, String prefix, String pool) {}

    Address ipv4() {
        return addresses.stream()
                .filter(one -> one.kind().equals("ipv4-address"))
                .findFirst()
                .orElse(null);
    }
}
