package io.patchbay.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.ObjectType;
import java.time.Instant;

/**
 * A stored object: relations are plain ids, choices plain values, tags slugs.
 *
 * @param fields never altered; a change makes a new row
 */
record NetBoxRow(ObjectType type, long id, ObjectNode fields, Instant created, Instant updated) {
    String text(String field) {
        JsonNode value = fields.path(field);
        return value.isNull() || value.isMissingNode() ? null : value.asText();
    }

    Long number(String field) {
        JsonNode value = fields.path(field);
        return value.canConvertToLong() ? value.longValue() : null;
    }

    boolean flag(String field) {
        return fields.path(field).asBoolean();
    }

    String custom(String field) {
        JsonNode value = fields.path("custom_fields").path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    NetBoxAddress address(String field) {
        return NetBoxAddress.parse(text(field));
    }

    /** The VRF's id, 0 for the global table. */
    long vrf() {
        Long vrf = number("vrf");
        return vrf == null ? 0 : vrf;
    }

    String etag() {
        return "W/\"" + updated + "\"";
    }

    /** What NetBox's str() gives. */
    String display() {
        return switch (type) {
            case PREFIX -> text("prefix");
            case IP_ADDRESS -> text("address");
            case IP_RANGE ->
                text("start_address") + "-" + address("end_address").host();
            case VLAN -> text("name") + " (" + text("vid") + ")";
            case VRF -> text("rd") == null ? text("name") : text("name") + " (" + text("rd") + ")";
            case VLAN_GROUP, ROLE, TENANT, CUSTOM_FIELD, TAG -> text("name");
            case OBJECT_CHANGE -> text("object_repr");
        };
    }
}
