package io.patchbay.netbox;

import java.util.List;

/**
 * A part of a list, in the order of the ids.
 *
 * @param after the id to ask for the next page with; null when this was the last
 */
public record Page(List<NetBoxObject> objects, Long after) {
    public Page {
        objects = List.copyOf(objects);
    }
}
