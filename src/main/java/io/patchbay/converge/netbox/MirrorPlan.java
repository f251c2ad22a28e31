package io.patchbay.converge.netbox;

import io.patchbay.netbox.NetBoxObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be done in NetBox for one service; what an operator is shown before it is done.
 *
 * @param known ids of what the objects point to, as far as they are there
 * @param shared to be made where it is not there yet
 * @param fault as in {@link MirroredService}
 */
record MirrorPlan(
        long serviceId,
        List<WantedObject> creates,
        List<Patch> patches,
        List<NetBoxObject> deletes,
        Set<Related> shared,
        Map<Related, Long> known,
        MirroredService.Fault fault) {
    /** @param fields names of those that differ */
    record Patch(NetBoxObject found, WantedObject wanted, Set<String> fields) {}

    boolean isNothing() {
        return creates.isEmpty() && patches.isEmpty() && deletes.isEmpty() && shared.isEmpty();
    }
}
