package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * One request to NetBox, before it goes out.
 *
 * @param path below {@code /api/}, with the slash at its end that NetBox wants
 * @param query encoded, may be empty
 * @param body null for none
 * @param ifMatch an ETag, null for none
 */
record NetBoxCall(Action action, String path, String query, JsonNode body, String ifMatch) {
    /** What the route tells apart, and the metrics. */
    enum Action {
        STATUS("GET"),
        READ("GET"),
        CREATE("POST"),
        CHANGE("PATCH"),
        DELETE("DELETE"),
        ALLOCATE("POST");

        private final String method;

        Action(String method) {
            this.method = method;
        }

        String method() {
            return method;
        }

        /** Whether an answer that is lost leaves it open what NetBox holds. */
        boolean writes() {
            return this != STATUS && this != READ;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static NetBoxCall status() {
        return new NetBoxCall(Action.STATUS, "status/", "", null, null);
    }

    static NetBoxCall read(String path, String query) {
        return new NetBoxCall(Action.READ, path, query, null, null);
    }

    static NetBoxCall write(Action action, String path, JsonNode body) {
        return new NetBoxCall(action, path, "", body, null);
    }

    static String path(ObjectType type) {
        return type.path() + "/";
    }

    static String path(ObjectType type, long id) {
        return type.path() + "/" + id + "/";
    }
}
