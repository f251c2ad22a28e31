package io.patchbay.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.ObjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What NetBox's views do, each as one transaction: it is done with its log, or undone and refused. Whoever calls holds the
 * data's lock, which so is the advisory lock of an allocation.
 */
final class NetBoxOperations {
    /** Who does it. */
    record Author(String user, String requestId, String method, String path) {}

    /** What was done to one object; {@code before} or {@code after} may be null. */
    record Done(NetBoxRow before, NetBoxRow after, Author author) {}

    private final NetBoxData data;
    private final NetBoxCleaner cleaner;
    private final NetBoxRules rules;
    private final int minor;
    private final Consumer<Done> committed;

    NetBoxOperations(NetBoxData data, int minor, Consumer<Done> committed) {
        this.data = data;
        this.cleaner = new NetBoxCleaner(data, minor >= 6);
        this.rules = new NetBoxRules(data, minor);
        this.minor = minor;
        this.committed = committed;
    }

    List<NetBoxRow> create(ObjectType type, JsonNode body, Author author) {
        if (!body.isArray()) {
            return transaction(author, List.of(() -> insert(type, body)), false);
        }
        if (minor < 7) {
            // Every object is checked before the first is written: what two of one list do to each other goes unseen.
            validateAll(type, body);
        }
        List<Step> steps = new ArrayList<>();
        body.forEach(one -> steps.add(() -> minor < 7 ? insertUnchecked(type, one) : insert(type, one)));
        return transaction(author, steps, true);
    }

    NetBoxRow patch(ObjectType type, long id, JsonNode body, String ifMatch, Author author) {
        NetBoxRow before = existing(type, id);
        match(before, ifMatch);
        return transaction(author, List.of(() -> change(before, body)), false).getFirst();
    }

    List<NetBoxRow> patch(ObjectType type, JsonNode list, Author author) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode one : list) {
            NetBoxRow before = listed(type, one);
            if (before != null) {
                steps.add(() -> change(before, one));
            }
        }
        return transaction(author, steps, true);
    }

    void delete(ObjectType type, long id, String ifMatch, Author author) {
        NetBoxRow before = existing(type, id);
        match(before, ifMatch);
        transaction(author, List.of(() -> remove(before)), false);
    }

    void delete(ObjectType type, JsonNode list, Author author) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode one : list) {
            NetBoxRow before = listed(type, one);
            if (before != null) {
                steps.add(() -> remove(before));
            }
        }
        transaction(author, steps, true);
    }

    /** The available-* endpoints. */
    List<NetBoxRow> allocate(ObjectType parentType, long parentId, String what, JsonNode body, Author author) {
        NetBoxRow parent = existing(parentType, parentId);
        List<Step> steps = new ArrayList<>();
        for (JsonNode one :
                body.isArray() ? body : JsonNodeFactory.instance.arrayNode().add(body)) {
            steps.add(() -> insert(
                    what.equals("available-ips")
                            ? ObjectType.IP_ADDRESS
                            : what.equals("available-prefixes") ? ObjectType.PREFIX : ObjectType.VLAN,
                    filled(parent, what, one)));
        }
        return transaction(author, steps, false);
    }

    private ObjectNode filled(NetBoxRow parent, String what, JsonNode asked) {
        ObjectNode fields = asked.deepCopy();
        switch (what) {
            case "available-ips" -> {
                NetBoxAddress free = found(rules.freeAddress(parent));
                int mask = minor >= 5 && asked.has("prefix_length") ? length(parent, asked, free) : free.mask();
                fields.put("address", free.host() + "/" + mask);
                fields.set("vrf", parent.fields().path("vrf"));
            }
            case "available-prefixes" -> {
                if (!asked.path("prefix_length").isInt()) {
                    throw asList("prefix_length", text("this field can not be missing"));
                }
                int length = asked.path("prefix_length").asInt();
                if (length > parent.address("prefix").bits()) {
                    throw asList("prefix_length", text("Invalid prefix length (" + length + ")"));
                }
                fields.put(
                        "prefix",
                        found(length <= parent.address("prefix").mask() ? null : rules.freePrefix(parent, length))
                                .toString());
                fields.set("vrf", parent.fields().path("vrf"));
            }
            case "available-vlans" -> {
                if (asked.path("name").asText().isBlank()) {
                    throw asList("name", JsonNodeFactory.instance.arrayNode().add("This field is required."));
                }
                fields.put("vid", found(rules.freeVlan(parent)));
                fields.put("group", parent.id());
            }
            default -> throw new IllegalArgumentException(what);
        }
        return fields;
    }

    private static int length(NetBoxRow parent, JsonNode asked, NetBoxAddress free) {
        int length = asked.path("prefix_length").asInt();
        if (length < free.mask() || length > free.bits()) {
            throw asList(
                    "prefix_length",
                    text("Prefix length must be greater than or equal to the parent mask length (" + free.mask()
                            + ")"));
        }
        return length;
    }

    private static <T> T found(T free) {
        if (free == null) {
            throw NetBoxRefusal.detail(409, "Insufficient resources are available to satisfy the request");
        }
        return free;
    }

    private Done insert(ObjectType type, JsonNode body) {
        ObjectNode fields = cleaner.clean(type, body, null);
        rules.check(type, fields, 0);
        return new Done(null, data.insert(type, fields), null);
    }

    private Done insertUnchecked(ObjectType type, JsonNode body) {
        ObjectNode fields = cleaner.clean(type, body, null);
        if (data.brokenConstraint(type, fields, 0) != null) {
            throw NetBoxRefusal.detail(500, "duplicate key value violates unique constraint");
        }
        return new Done(null, data.insert(type, fields), null);
    }

    private Done change(NetBoxRow before, JsonNode body) {
        ObjectNode fields = cleaner.clean(before.type(), body, before);
        rules.check(before.type(), fields, before.id());
        return new Done(before, data.replace(before, fields), null);
    }

    private Done remove(NetBoxRow before) {
        List<NetBoxRow> dependents = data.dependents(before);
        if (!dependents.isEmpty()) {
            throw NetBoxRefusal.detail(
                    409,
                    "Unable to delete object. " + dependents.size() + " dependent objects were found: "
                            + String.join(
                                    ", ",
                                    dependents.stream()
                                            .limit(20)
                                            .map(one -> one.display() + " (" + one.id() + ")")
                                            .toList()));
        }
        data.unindex(before);
        return new Done(before, null, null);
    }

    private interface Step {
        Done run();
    }

    private List<NetBoxRow> transaction(Author author, List<Step> steps, boolean list) {
        List<Done> done = new ArrayList<>();
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < steps.size(); i++) {
            try {
                done.add(steps.get(i).run());
            } catch (NetBoxRefusal refusal) {
                if (!list || minor < 7 || refusal.status != 400) {
                    undo(done);
                    throw refusal;
                }
                errors.addObject().put("index", i).set("errors", refusal.body);
            }
        }
        if (!errors.isEmpty()) {
            undo(done);
            throw structured(errors, steps.size());
        }
        List<NetBoxRow> after = new ArrayList<>();
        for (Done one : done) {
            String action = one.before == null ? "create" : one.after == null ? "delete" : "update";
            if (one.before == null || one.after == null || !one.before.fields().equals(one.after.fields())) {
                data.log(action, one.before, one.after, author.user, author.requestId);
                committed.accept(new Done(one.before, one.after, author));
            }
            if (one.after != null) {
                after.add(one.after);
            }
        }
        return after;
    }

    private void undo(List<Done> done) {
        done.reversed().forEach(one -> data.restore(one.before, one.after));
    }

    private void validateAll(ObjectType type, JsonNode list) {
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        boolean wrong = false;
        for (JsonNode one : list) {
            try {
                rules.check(type, cleaner.clean(type, one, null), 0);
                errors.addObject();
            } catch (NetBoxRefusal refusal) {
                errors.add(refusal.body);
                wrong = true;
            }
        }
        if (wrong) {
            throw new NetBoxRefusal(400, errors);
        }
    }

    private NetBoxRow listed(ObjectType type, JsonNode one) {
        NetBoxRow row = data.row(type, one.path("id").asLong());
        if (row == null && minor >= 7) {
            ArrayNode errors = JsonNodeFactory.instance.arrayNode();
            errors.addObject()
                    .put("id", one.path("id").asLong())
                    .putObject("errors")
                    .putArray("id")
                    .add("Object with ID " + one.path("id").asLong() + " does not exist");
            throw structured(errors, 1);
        }
        return row;
    }

    /** Before the lock is taken NetBox reads a single body as a list, and its errors show it. */
    private static NetBoxRefusal asList(String field, JsonNode messages) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        list.addObject().set(field, messages);
        return new NetBoxRefusal(400, list);
    }

    private static JsonNode text(String message) {
        return JsonNodeFactory.instance.textNode(message);
    }

    private static NetBoxRefusal structured(ArrayNode errors, int total) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("detail", errors.size() + " of " + total + " objects failed.");
        body.set("errors", errors);
        return new NetBoxRefusal(400, body);
    }

    private NetBoxRow existing(ObjectType type, long id) {
        NetBoxRow row = data.row(type, id);
        if (row == null) {
            throw NetBoxRefusal.detail(404, "No " + type.model() + " matches the given query.");
        }
        return row;
    }

    private void match(NetBoxRow row, String ifMatch) {
        if (minor >= 6
                && ifMatch != null
                && !ifMatch.equals("*")
                && !List.of(ifMatch.split(", *")).contains(row.etag())) {
            NetBoxRefusal stale = NetBoxRefusal.detail(412, "Precondition failed.");
            stale.etag = row.etag();
            throw stale;
        }
    }
}
