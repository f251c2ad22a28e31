package io.patchbay.converge.netbox;

import io.patchbay.netbox.NetBoxObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A service in the ledger and in NetBox.
 *
 * @param wanted nothing for a service that is gone
 * @param shared what it needs beside that and has together with others: the S-VLAN that its line is in
 * @param found those that bear a key of this service
 * @param known ids of the objects that {@code wanted} points to, as far as they are there
 * @param fault why NetBox could not be asked; null when it could. Nothing is found then, and nothing may be done
 */
record MirroredService(
        long serviceId,
        List<WantedObject> wanted,
        Set<Related> shared,
        List<NetBoxObject> found,
        Map<Related, Long> known,
        Fault fault) {
    /** @param away whether it is NetBox as a whole that cannot be reached or used */
    record Fault(String reason, boolean away) {}
}
