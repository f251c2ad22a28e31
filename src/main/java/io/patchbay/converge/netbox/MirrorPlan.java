package io.patchbay.converge.netbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.NetBoxObject;
import java.util.List;
import java.util.Set;

/**
 * What is to be done in NetBox for one service; what an operator is shown before it is done.
 *
 * @param shared to be made where it is not there yet
 * @param fault as in {@link MirroredService}
 */
record MirrorPlan(
        long serviceId,
        List<WantedObject> creates,
        List<Patch> patches,
        List<NetBoxObject> deletes,
        Set<Related> shared,
        MirroredService.Fault fault) {
    /** @param fields names of those that differ */
    record Patch(NetBoxObject found, WantedObject wanted, Set<String> fields) {}

    boolean isNothing() {
        return creates.isEmpty() && patches.isEmpty() && deletes.isEmpty() && shared.isEmpty();
    }

    /** Those of the wanted fields that are plain values. */
    static ObjectNode plain(WantedObject wanted, Set<String> names) {
        return wanted.fields().deepCopy().retain(names);
    }
}
