package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.netbox.NetBoxCall.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes resources, one for a key. NetBox refuses a second object of a key, under the lock that an allocation holds there; so
 * an allocation whose answer was lost may be repeated once its key was looked up. A plain create holds no such lock, and is
 * not repeated: it is looked for until the deadline.
 */
final class Claims {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Asking asking;
    private final String keyField;
    private final String tag;
    private final KeyTurns turns = new KeyTurns();
    /** Types on which the key's field was found. */
    private final Set<ObjectType> ready = ConcurrentHashMap.newKeySet();

    Claims(Asking asking, String keyField, String tag) {
        this.asking = asking;
        this.keyField = keyField;
        this.tag = tag;
    }

    /** @param path of the endpoint that takes the request */
    NetBoxOutcome<Allocation> claim(ObjectType type, ClaimKey key, NetBoxCall call, Deadline deadline) {
        return turns.inTurn(
                type + " " + key,
                deadline,
                () -> claimInTurn(type, key, call, deadline),
                () -> new NetBoxOutcome.Away<>("Another call for the same key " + key + " takes long.", false));
    }

    private NetBoxOutcome<Allocation> claimInTurn(ObjectType type, ClaimKey key, NetBoxCall call, Deadline deadline) {
        NetBoxOutcome<Optional<NetBoxObject>> before =
                requireField(type, deadline).then(ready -> find(type, key, deadline));
        if (!(before instanceof NetBoxOutcome.Done<Optional<NetBoxObject>> looked)) {
            return before.map(nothing -> null);
        }
        return looked.value().isPresent()
                ? new NetBoxOutcome.Done<>(new Allocation(looked.value().get(), false))
                : take(type, key, call, deadline);
    }

    private NetBoxOutcome<Allocation> take(ObjectType type, ClaimKey key, NetBoxCall call, Deadline deadline) {
        boolean repeatable = call.action() == Action.ALLOCATE;
        boolean unsure = false;
        Duration pause = FIRST_PAUSE;
        NetBoxOutcome<NetBoxObject> taken = post(type, key, call, deadline);
        while (true) {
            if (taken.isDone()) {
                return taken.map(object -> new Allocation(object, true));
            }
            boolean away = taken instanceof NetBoxOutcome.Away<NetBoxObject>;
            unsure |= taken instanceof NetBoxOutcome.Away<NetBoxObject> lost && lost.unsure();
            if (!unsure && !(taken instanceof NetBoxOutcome.Invalid<NetBoxObject>)) {
                return taken.map(nothing -> null);
            }
            // It may be there all the same: from the call whose answer was lost, or from another hub.
            NetBoxOutcome<Optional<NetBoxObject>> after = find(type, key, deadline);
            if (after instanceof NetBoxOutcome.Done<Optional<NetBoxObject>> looked) {
                if (looked.value().isPresent()) {
                    return new NetBoxOutcome.Done<>(
                            new Allocation(looked.value().get(), unsure));
                }
                if (!away) {
                    return taken.map(nothing -> null);
                }
            } else if (!(after instanceof NetBoxOutcome.Away<Optional<NetBoxObject>>)) {
                return after.map(nothing -> null);
            }
            if (!deadline.pause(pause)) {
                return new NetBoxOutcome.Away<>(taken.reason(), unsure);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            if (repeatable && after.isDone()) {
                taken = post(type, key, call, deadline);
            }
        }
    }

    private NetBoxOutcome<NetBoxObject> post(ObjectType type, ClaimKey key, NetBoxCall call, Deadline deadline) {
        return asking.ask(call, deadline)
                .then(answer -> Answers.object(type, answer))
                .then(object -> key.text().equals(object.custom(keyField))
                        ? new NetBoxOutcome.Done<>(object)
                        : giveBack(object, deadline));
    }

    /** Somebody has taken the field away since: without its key nobody would ever find the object. */
    private NetBoxOutcome<NetBoxObject> giveBack(NetBoxObject object, Deadline deadline) {
        asking.ask(NetBoxCall.write(Action.DELETE, NetBoxCall.path(object.type(), object.id()), null), deadline);
        return noField(object.type());
    }

    /** NetBox before 4.6 passes over a custom field that it does not have: what it gave would be lost to its key. */
    private NetBoxOutcome<Void> requireField(ObjectType type, Deadline deadline) {
        if (ready.contains(type)) {
            return new NetBoxOutcome.Done<>(null);
        }
        return asking.page(ObjectType.CUSTOM_FIELD, Filters.of("name", keyField), 0, deadline)
                .then(page -> {
                    boolean there = page.objects().stream().anyMatch(field -> isKey(field, type));
                    if (there) {
                        ready.add(type);
                    }
                    return there ? new NetBoxOutcome.Done<>(null) : noField(type);
                });
    }

    private boolean isKey(NetBoxObject field, ObjectType type) {
        boolean ofType = false;
        for (JsonNode model : field.fields().path("object_types")) {
            ofType |= model.asText().equals(type.model());
        }
        return ofType
                && keyField.equals(field.text("name"))
                && "text".equals(field.text("type"))
                && !"disabled".equals(field.text("filter_logic"))
                && field.fields().path("unique").asBoolean();
    }

    private <T> NetBoxOutcome<T> noField(ObjectType type) {
        ready.remove(type);
        return new NetBoxOutcome.Unusable<>("NetBox has no unique custom field " + keyField + " on " + type.model()
                + "; the hub makes it as soon as its token may.");
    }

    /** The filter may be a loose one, so what it leaves is compared. */
    NetBoxOutcome<Optional<NetBoxObject>> find(ObjectType type, ClaimKey key, Deadline deadline) {
        List<NetBoxObject> found = new ArrayList<>();
        Filters filters = Filters.of("cf_" + keyField, key.text());
        Long after = 0L;
        while (after != null) {
            NetBoxOutcome<Page> outcome = asking.page(type, filters, after, deadline);
            if (!(outcome instanceof NetBoxOutcome.Done<Page> page)) {
                return outcome.map(nothing -> null);
            }
            for (NetBoxObject object : page.value().objects()) {
                if (!object.fields().path("custom_fields").has(keyField)) {
                    return new NetBoxOutcome.Unusable<>("NetBox has no custom field " + keyField + " on " + type.model()
                            + "; the hub makes it as soon as its token may.");
                }
                if (key.text().equals(object.custom(keyField))) {
                    found.add(object);
                }
            }
            after = page.value().after();
        }
        return found.size() > 1
                ? new NetBoxOutcome.Conflict<>("NetBox has " + found.size() + " objects " + type.model()
                        + " of the key " + key + ", ids "
                        + String.join(
                                ", ",
                                found.stream()
                                        .map(one -> String.valueOf(one.id()))
                                        .toList())
                        + "; all but one must go.")
                : new NetBoxOutcome.Done<>(found.stream().findFirst());
    }

    /** A copy of the fields with the key and the tag. */
    ObjectNode marked(ClaimKey key, ObjectNode fields) {
        ObjectNode marked = fields.deepCopy();
        marked.withObjectProperty("custom_fields").put(keyField, key.text());
        ArrayNode tags = marked.withArrayProperty("tags");
        tags.addObject().put("slug", tag);
        return marked;
    }
}
