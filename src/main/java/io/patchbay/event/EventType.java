package io.patchbay.event;

/** What an event tells. Its word stands in the log's {@code type} column. */
public enum EventType {
    /** One service: {@code service_id} says which. */
    SERVICE_CREATED("service-created"),
    SERVICE_CHANGED("service-changed"),
    SERVICE_REMOVED("service-removed"),
    /** A line and so every service on it: {@code subject_id} says which; likewise below. */
    LINE_CHANGED("line-changed"),
    PLAN_CHANGED("plan-changed"),
    NAS_CHANGED("nas-changed"),
    ACCESS_NODE_CHANGED("access-node-changed"),
    TENANT_CHANGED("tenant-changed"),
    /** A token of the API; of no concern to a binding. */
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
            case SERVICE_CREATED, SERVICE_CHANGED, SERVICE_REMOVED -> true;
            case LINE_CHANGED,
                    PLAN_CHANGED,
                    NAS_CHANGED,
                    ACCESS_NODE_CHANGED,
                    TENANT_CHANGED,
                    TOKEN_ISSUED,
                    TOKEN_REVOKED -> false;
        };
    }
}
