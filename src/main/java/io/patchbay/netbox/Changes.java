package io.patchbay.netbox;

import java.util.List;

/**
 * @param changes in the order of their ids, without the hub's own and those of objects that it has nothing to do with
 * @param cursor to be stored, and asked with the next time
 * @param more whether there is more at once
 */
public record Changes(List<Change> changes, long cursor, boolean more) {
    public Changes {
        changes = List.copyOf(changes);
    }
}
