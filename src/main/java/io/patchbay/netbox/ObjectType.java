package io.patchbay.netbox;

import java.util.Optional;

/** The objects of NetBox that the hub has to do with. */
public enum ObjectType {
    PREFIX("ipam/prefixes", "ipam.prefix"),
    IP_ADDRESS("ipam/ip-addresses", "ipam.ipaddress"),
    IP_RANGE("ipam/ip-ranges", "ipam.iprange"),
    VLAN("ipam/vlans", "ipam.vlan"),
    VLAN_GROUP("ipam/vlan-groups", "ipam.vlangroup"),
    VRF("ipam/vrfs", "ipam.vrf"),
    ROLE("ipam/roles", "ipam.role"),
    TENANT("tenancy/tenants", "tenancy.tenant"),
    CUSTOM_FIELD("extras/custom-fields", "extras.customfield"),
    TAG("extras/tags", "extras.tag"),
    /** Read only; under {@code core} since NetBox 4.1. */
    OBJECT_CHANGE("core/object-changes", "core.objectchange");

    private final String path;
    private final String model;

    ObjectType(String path, String model) {
        this.path = path;
        this.model = model;
    }

    /** Below {@code /api/}, without slashes at its ends. */
    public String path() {
        return path;
    }

    /** Whether it has custom fields and tags, so that an object of it can bear a {@link ClaimKey}. */
    public boolean isClaimable() {
        return switch (this) {
            case PREFIX, IP_ADDRESS, IP_RANGE, VLAN, VLAN_GROUP, VRF, ROLE, TENANT -> true;
            case CUSTOM_FIELD, TAG, OBJECT_CHANGE -> false;
        };
    }

    /** As webhooks and object-changes name it: {@code ipam.prefix}. */
    public String model() {
        return model;
    }

    /** Empty for what the hub has nothing to do with. */
    public static Optional<ObjectType> ofModel(String model) {
        for (ObjectType type : values()) {
            if (type.model.equals(model)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
