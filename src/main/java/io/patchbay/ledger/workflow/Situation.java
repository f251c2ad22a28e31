package io.patchbay.ledger.workflow;

import java.util.List;
import java.util.Map;

/**
 * What the ledger holds of a service and of what is wished for: all that a plan is made of. A null is not there.
 *
 * @param plan the one it will have: its own, or the one that is wished for
 * @param line where it lives
 * @param target where it is to live, when a line was wished for and there is one
 * @param targetNode the access node of that line, or of the one that has yet to be made
 * @param vlanPool the pool that was wished for; likewise {@code ipv4Pool}
 * @param vlanPlace where chosen VLANs would lie
 * @param conflicts who has what is wished for, a sentence each
 */
record Situation(
        Service service,
        Plan plan,
        Line line,
        Line target,
        Node targetNode,
        Vlan vlan,
        Pool vlanPool,
        VlanPlace vlanPlace,
        List<Address> addresses,
        Pool ipv4Pool,
        List<String> conflicts) {
    /**
     * @param holder as an operator knows it
     * @param plan its plan's name now
     * @param planIpv6Mode by that plan
     * @param userName null when it has no credential
     * @param ipv6Mode its own; null when its plan says
     * @param ipv6State null when it never had any
     */
    record Service(
            long id,
            String holder,
            String kind,
            String state,
            String plan,
            String planIpv6Mode,
            String userName,
            String cpeId,
            String ipv6Mode,
            String ipv6State) {}

    /** @param chosenByNetBox whether NetBox chooses what is taken from it */
    record Pool(long id, String name, boolean chosenByNetBox) {}

    /** A null pool: nothing is taken from any. */
    record Plan(long id, String name, Pool vlan, Pool ipv4, Pool ipv6Wan, Pool ipv6Delegated, String ipv6Mode) {}

    /**
     * @param identifiers by kind, in hexadecimal
     * @param others the services of the same kind that live on it too, a sentence's end each
     */
    record Line(
            long id, Node node, String onuSerial, Integer uni, Map<String, String> identifiers, List<String> others) {}

    /** @param vlanPool from where lines of this node take their VLANs; null: from where the plan says */
    record VlanPlace(long domainId, String model) {}

    record Node(long id, String name, Pool vlanPool) {}

    /** @param pool null when from no pool */
    record Vlan(long domainId, String model, int sVlan, Integer cVlan, Pool pool, boolean overridden) {
        String text() {
            return cVlan == null ? "S-VLAN " + sVlan : "VLANs " + sVlan + "." + cVlan;
        }
    }

    /** @param pool null when from no pool */
    record Address(String kind, String prefix, Pool pool) {}

    /** The address that it has; null when none. */
    Address ipv4() {
        return addresses.stream()
                .filter(one -> one.kind().equals("ipv4-address"))
                .findFirst()
                .orElse(null);
    }

    List<String> ipv6() {
        return addresses.stream()
                .filter(one -> one.kind().startsWith("ipv6-"))
                .map(one -> one.kind() + " " + one.prefix())
                .toList();
    }
}
