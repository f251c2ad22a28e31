package io.patchbay.converge.netbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.CustomFields;
import java.util.Map;
import java.util.Set;

/** Writes wanted objects as NetBox takes them. */
final class MirrorFields {
    private final CustomFields names;
    private final String tag;

    MirrorFields(CustomFields names, String tag) {
        this.names = names;
        this.tag = tag;
    }

    /** These fields alone. */
    ObjectNode of(WantedObject wanted, Set<String> some, Map<Related, Long> ids) {
        ObjectNode fields = wanted.fields().deepCopy().retain(some);
        wanted.relations().forEach((name, related) -> {
            if (some.contains(name)) {
                fields.put(name, related == null ? null : ids.get(related));
            }
        });
        return fields;
    }

    /** All of it, without key and tag. */
    ObjectNode withoutMark(WantedObject wanted, Map<Related, Long> ids) {
        return of(wanted, MirrorWriter.all(wanted), ids);
    }

    /** All of it, marked as the hub's. */
    ObjectNode whole(WantedObject wanted, Map<Related, Long> ids) {
        ObjectNode fields = withoutMark(wanted, ids);
        fields.withObjectProperty("custom_fields").put(names.key(), wanted.key().text());
        fields.withArrayProperty("tags").addObject().put("slug", tag);
        return fields;
    }
}
