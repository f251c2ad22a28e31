package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.ledger.address.AddressLookup;
import io.patchbay.ledger.address.PastAddress;
import io.patchbay.session.SessionView;
import java.util.List;

/**
 * What stands around an answer, so that nobody has to ask five more questions; a null does not apply.
 *
 * @param address where the address stands that was asked about
 * @param addressHistory who has, and had, that address, the latest first
 * @param vlan from where the service has its VLANs
 * @param ipv6 how far its IPv6 has come
 * @param sessions those that are live
 * @param workflows its open ones, and those that have failed
 * @param targets how far its last change has come at each target
 * @param order where it is expected, when it waits for its line
 * @param orders waiting orders that the unknown line may be the one of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Surroundings(
        AddressLookup.Standing address,
        List<PastAddress> addressHistory,
        Vlan vlan,
        Ipv6Operations.View ipv6,
        List<SessionView> sessions,
        List<WorkflowViews.Shown> workflows,
        List<NasChangeOperations.State> targets,
        WorkflowViews.Order order,
        List<WorkflowViews.Match> orders) {

    /** @param chosen whether they were chosen for this service, and stay when its plan changes */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Vlan(String model, int sVlan, Integer cVlan, String pool, boolean chosen) {}
}
