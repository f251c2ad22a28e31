package io.patchbay.netbox;

import java.util.List;

/** @param made what was not there yet, or not as the hub needs it, and is now: {@code custom field patchbay_key} */
public record Prepared(List<String> made) {
    public Prepared {
        made = List.copyOf(made);
    }
}
