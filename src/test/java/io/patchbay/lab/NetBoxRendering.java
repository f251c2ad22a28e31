package io.patchbay.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.ObjectType;
import java.util.List;
import java.util.Set;

/** An object as NetBox shows it: relations and choices as objects. */
final class NetBoxRendering {
    private final NetBoxData data;
    private final String base;

    NetBoxRendering(NetBoxData data, String base) {
        this.data = data;
        this.base = base;
    }

    ObjectNode render(NetBoxRow row) {
        ObjectNode shown = brief(row);
        if (row.type() == ObjectType.PREFIX || row.type() == ObjectType.IP_ADDRESS) {
            int family = row.address(row.type() == ObjectType.PREFIX ? "prefix" : "address")
                    .family();
            shown.putObject("family").put("value", family).put("label", "IPv" + family);
        }
        NetBoxSchema.of(row.type()).forEach((name, field) -> {
            JsonNode value = row.fields().path(name);
            shown.set(name, value.isNull() || value.isMissingNode() ? null : shown(field, value));
        });
        if (row.type().isClaimable()) {
            ArrayNode tags = shown.putArray("tags");
            for (NetBoxRow tag : data.all(ObjectType.TAG)) {
                for (JsonNode slug : row.fields().path("tags")) {
                    if (slug.asText().equals(tag.text("slug"))) {
                        tags.add(brief(tag).put("name", tag.text("name")).put("slug", tag.text("slug")));
                    }
                }
            }
            ObjectNode custom = shown.putObject("custom_fields");
            for (NetBoxRow field : data.all(ObjectType.CUSTOM_FIELD)) {
                String name = field.text("name");
                if (data.customField(row.type(), name) != null) {
                    JsonNode value = row.fields().path("custom_fields").path(name);
                    custom.set(name, value.isMissingNode() ? null : value);
                }
            }
        }
        if (row.type() != ObjectType.OBJECT_CHANGE) {
            shown.put("created", row.created().toString())
                    .put("last_updated", row.updated().toString());
        }
        return shown;
    }

    ObjectNode chosen(NetBoxRow row, List<String> fields, List<String> omit) {
        ObjectNode shown = render(row);
        if (!fields.isEmpty()) {
            shown.retain(Set.copyOf(fields));
        }
        omit.forEach(shown::remove);
        return shown;
    }

    private JsonNode shown(NetBoxSchema.Field field, JsonNode value) {
        return switch (field.kind()) {
            case CHOICE ->
                JsonNodeFactory.instance
                        .objectNode()
                        .put("value", value.asText())
                        .put(
                                "label",
                                value.asText().substring(0, 1).toUpperCase()
                                        + value.asText().substring(1));
            case RELATION -> brief(data.row(field.to(), value.asLong()));
            case TEXT, NUMBER, FLAG, ADDRESS, NETWORK, VLAN_RANGES, MODELS, ANY -> value;
        };
    }

    private ObjectNode brief(NetBoxRow row) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("id", row.id());
        shown.put("url", base + "/api/" + row.type().path() + "/" + row.id() + "/");
        shown.put("display", row.display());
        for (String name : List.of("name", "slug", "vid", "rd", "prefix", "address")) {
            if (NetBoxSchema.of(row.type()).containsKey(name)) {
                shown.set(
                        name,
                        row.fields().path(name).isMissingNode()
                                ? null
                                : row.fields().path(name));
            }
        }
        return shown;
    }
}
