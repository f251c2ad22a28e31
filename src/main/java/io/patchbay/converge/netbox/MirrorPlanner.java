package io.patchbay.converge.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.netbox.CustomFields;
import io.patchbay.netbox.NetBoxObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares what the ledger wants with what NetBox has: pure, and only of the fields that the hub writes. */
final class MirrorPlanner {
    private static final String CUSTOM_FIELDS = "custom_fields";

    private MirrorPlanner() {}

    static MirrorPlan plan(MirroredService service, CustomFields names) {
        if (service.fault() != null) {
            return new MirrorPlan(
                    service.serviceId(), List.of(), List.of(), List.of(), Set.of(), Map.of(), service.fault());
        }
        Map<String, NetBoxObject> found = new HashMap<>();
        List<NetBoxObject> deletes = new ArrayList<>();
        for (NetBoxObject object : service.found()) {
            if (found.putIfAbsent(object.type() + object.custom(names.key()), object) != null) {
                deletes.add(object); // a second one of a key, from before the field was unique
            }
        }
        List<WantedObject> creates = new ArrayList<>();
        List<MirrorPlan.Patch> patches = new ArrayList<>();
        for (WantedObject wanted : service.wanted()) {
            NetBoxObject object = found.remove(wanted.type() + wanted.key().text());
            if (object == null) {
                creates.add(wanted);
                continue;
            }
            Set<String> different = differences(wanted, object, service.known());
            if (!different.isEmpty()) {
                patches.add(new MirrorPlan.Patch(object, wanted, different));
            }
        }
        deletes.addAll(found.values());
        Set<Related> missing = new HashSet<>(service.shared());
        missing.removeAll(service.known().keySet());
        return new MirrorPlan(service.serviceId(), creates, patches, deletes, missing, service.known(), null);
    }

    /** The names of the fields that NetBox has otherwise. */
    static Set<String> differences(WantedObject wanted, NetBoxObject object, Map<Related, Long> known) {
        Set<String> different = new TreeSet<>();
        wanted.fields().fields().forEachRemaining(field -> {
            if (field.getKey().equals(CUSTOM_FIELDS)) {
                field.getValue().fields().forEachRemaining(custom -> {
                    if (!Objects.equals(text(custom.getValue()), object.custom(custom.getKey()))) {
                        different.add(CUSTOM_FIELDS);
                    }
                });
            } else if (!Objects.equals(text(field.getValue()), object.text(field.getKey()))) {
                different.add(field.getKey());
            }
        });
        wanted.relations().forEach((field, related) -> {
            Long id = related == null ? null : known.get(related);
            if ((related != null && id == null) || !Objects.equals(id, object.related(field))) {
                different.add(field);
            }
        });
        return different;
    }

    private static String text(JsonNode value) {
        return value == null || value.isNull() ? null : value.asText();
    }
}
