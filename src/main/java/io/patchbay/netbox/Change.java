package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One change that somebody else made in NetBox.
 *
 * @param id of the object-change, growing, but not in the order of the commits
 * @param at by NetBox's clock
 * @param user his name; it stays when the user is deleted
 * @param requestId the same for all changes of one request
 * @param objectId of the changed object
 * @param before its fields before, with plain ids for relations and plain values for choices; null when it was created
 * @param after the same after; null when it was deleted
 */
public record Change(
        long id,
        Instant at,
        String user,
        String requestId,
        Action action,
        ObjectType type,
        long objectId,
        JsonNode before,
        JsonNode after) {
    /** What was done. */
    public enum Action {
        CREATE,
        UPDATE,
        DELETE
    }
}
