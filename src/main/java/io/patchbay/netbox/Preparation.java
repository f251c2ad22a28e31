package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.NetBoxCall.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes the custom fields and the tag in NetBox, or mends them. */
final class Preparation {
    private static final List<String> MODELS = Arrays.stream(ObjectType.values())
            .filter(ObjectType::isClaimable)
            .map(ObjectType::model)
            .toList();

    private final Asking asking;
    private final CustomFields names;
    private final String tag;

    Preparation(Asking asking, CustomFields names, String tag) {
        this.asking = asking;
        this.names = names;
        this.tag = tag;
    }

    NetBoxOutcome<Prepared> prepare(Deadline deadline) {
        List<String> made = new ArrayList<>();
        NetBoxOutcome<Void> outcome = tag(made, deadline)
                .then(done -> field(names.key(), "Patchbay key", true, made, deadline))
                .then(done -> field(names.service(), "Patchbay service", false, made, deadline))
                .then(done -> field(names.subscriber(), "Patchbay subscriber", false, made, deadline));
        return outcome instanceof NetBoxOutcome.Denied<Void> denied
                ? new NetBoxOutcome.Denied<>(denied.reason()
                        + " The token's user needs view, add and change on custom fields and tags, or somebody else makes "
                        + "the tag and the custom fields as docs/configuration.md describes them.")
                : outcome.map(done -> new Prepared(made));
    }

    private NetBoxOutcome<Void> tag(List<String> made, Deadline deadline) {
        return first(ObjectType.TAG, "slug", tag, deadline).then(found -> {
            if (!found.isEmpty()) {
                return done();
            }
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            fields.put("name", tag).put("slug", tag).put("color", "2196f3");
            fields.put("description", "Taken by the Patchbay hub");
            return create(ObjectType.TAG, fields, "tag " + tag, made, deadline);
        });
    }

    private NetBoxOutcome<Void> field(String name, String label, boolean unique, List<String> made, Deadline deadline) {
        return first(ObjectType.CUSTOM_FIELD, "name", name, deadline).then(found -> {
            if (!found.isEmpty()) {
                return mend(found.getFirst(), unique, made, deadline);
            }
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            fields.put("name", name).put("label", label).put("type", "text").put("group_name", "Patchbay");
            fields.put("unique", unique).put("filter_logic", "exact").put("ui_editable", "no");
            fields.put("description", "Kept by the Patchbay hub");
            models(fields, MODELS);
            return create(ObjectType.CUSTOM_FIELD, fields, "custom field " + name, made, deadline);
        });
    }

    private NetBoxOutcome<Void> mend(NetBoxObject field, boolean unique, List<String> made, Deadline deadline) {
        String name = field.text("name");
        if (!"text".equals(field.text("type"))) {
            return new NetBoxOutcome.Conflict<>("The custom field " + name + " of NetBox is of the type "
                    + field.text("type") + " and not text; name another in patchbay.netbox.custom-fields.");
        }
        ObjectNode wrong = JsonNodeFactory.instance.objectNode();
        Set<String> models = new TreeSet<>();
        field.fields().path("object_types").forEach(model -> models.add(model.asText()));
        if (!models.containsAll(MODELS)) {
            models.addAll(MODELS);
            models(wrong, models);
        }
        if (unique && !field.fields().path("unique").asBoolean()) {
            wrong.put("unique", true);
        }
        if (!"exact".equals(field.text("filter_logic"))) {
            wrong.put("filter_logic", "exact");
        }
        if (wrong.isEmpty()) {
            return done();
        }
        NetBoxCall call = NetBoxCall.write(Action.CHANGE, NetBoxCall.path(ObjectType.CUSTOM_FIELD, field.id()), wrong);
        return asking.ask(call, deadline).then(changed -> {
            made.add("custom field " + name);
            return done();
        });
    }

    /** Of two nodes that create it at once one is told that it is there already, which is as well. */
    private NetBoxOutcome<Void> create(
            ObjectType type, JsonNode fields, String what, List<String> made, Deadline deadline) {
        NetBoxOutcome<NetBoxReply.Answer> outcome =
                asking.ask(NetBoxCall.write(Action.CREATE, NetBoxCall.path(type), fields), deadline);
        if (outcome instanceof NetBoxOutcome.Invalid<NetBoxReply.Answer>) {
            return first(type, "name", fields.path("name").asText(), deadline)
                    .then(found -> found.isEmpty() ? outcome.map(never -> null) : done());
        }
        return outcome.then(created -> {
            made.add(what);
            return done();
        });
    }

    private NetBoxOutcome<List<NetBoxObject>> first(ObjectType type, String filter, String value, Deadline deadline) {
        return asking.page(type, Filters.of(filter, value), 0, deadline).map(page -> page.objects().stream()
                .filter(object -> value.equals(object.text(filter)))
                .toList());
    }

    private static void models(ObjectNode fields, Iterable<String> models) {
        ArrayNode types = fields.putArray("object_types");
        models.forEach(types::add);
    }

    private static NetBoxOutcome<Void> done() {
        return new NetBoxOutcome.Done<>(null);
    }
}
