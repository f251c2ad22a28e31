package io.patchbay.converge.netbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.ClaimKey;
import io.patchbay.netbox.ObjectType;
import java.util.Map;

/**
 * What NetBox is to have of a service.
 *
 * @param fields in NetBox's spelling for writing, without relations and without the key
 * @param relations field to what it points to; null for nothing
 */
record WantedObject(ObjectType type, ClaimKey key, ObjectNode fields, Map<String, Related> relations) {
    /** The address, prefix or VLAN number, for people. */
    String value() {
        return switch (type) {
            case IP_ADDRESS -> fields.path("address").asText();
            case PREFIX -> fields.path("prefix").asText();
            default -> "VLAN " + fields.path("vid").asText();
        };
    }
}
