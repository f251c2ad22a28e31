package io.patchbay.event;

/** What an event tells. Its word stands in the log's {@code type} column. */
public enum EventType {
    /** One service: {@code service_id} says which. */
    SERVICE_CREATED("service-created"),
    SERVICE_CHANGED("service-changed"),
    SERVICE_REMOVED("service-removed"),
    /** Likewise, of what the hub saw of it: its sessions have what it is, and need no change. */
    SERVICE_OBSERVED("service-observed"),
    /** A line and so every service on it: {@code subject_id} says which; likewise below. */
    LINE_CHANGED("line-changed"),
    PLAN_CHANGED("plan-changed"),
    NAS_CHANGED("nas-changed"),
    ACCESS_NODE_CHANGED("access-node-changed"),
    TENANT_CHANGED("tenant-changed"),
    /** What a service draws from, or who it belongs to; of no concern to a binding, as all below. */
    SUBSCRIBER_CHANGED("subscriber-changed"),
    ADDRESS_POOL_CHANGED("address-pool-changed"),
    VLAN_DOMAIN_CHANGED("vlan-domain-changed"),
    VLAN_POOL_CHANGED("vlan-pool-changed"),
    /** A reservation, a reserved part, a cool-down: {@code subject_id} is the address_hold. */
    ADDRESS_HOLD_CHANGED("address-hold-changed"),
    WORKFLOW_CHANGED("workflow-changed"),
    /** NetBox and the ledger disagree, and a person must say who is right. */
    NETBOX_CONFLICT("netbox-conflict"),
    /** A token of the API. */
    TOKEN_ISSUED("token-issued"),
    TOKEN_REVOKED("token-revoked");

    private final String word;

    EventType(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** The type of a word in the log; null when a room above appended it. */
    public static EventType of(String word) {
        for (EventType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        return null;
    }

    public boolean isOfService() {
        return switch (this) {
            case SERVICE_CREATED, SERVICE_CHANGED, SERVICE_REMOVED, SERVICE_OBSERVED -> true;
            case LINE_CHANGED,
                    PLAN_CHANGED,
                    NAS_CHANGED,
                    ACCESS_NODE_CHANGED,
                    TENANT_CHANGED,
                    SUBSCRIBER_CHANGED,
                    ADDRESS_POOL_CHANGED,
                    VLAN_DOMAIN_CHANGED,
                    VLAN_POOL_CHANGED,
                    ADDRESS_HOLD_CHANGED,
                    WORKFLOW_CHANGED,
                    NETBOX_CONFLICT,
                    TOKEN_ISSUED,
                    TOKEN_REVOKED -> false;
        };
    }
}
