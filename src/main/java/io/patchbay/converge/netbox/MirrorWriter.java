package io.patchbay.converge.netbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.converge.netbox.MirrorPlan.Patch;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Brings many plans to NetBox at once: deletions, then VLANs, then prefixes and addresses, which may point to VLANs; each in bulk.
 * A list that NetBox refuses as a whole is written one by one, so that one bad record keeps nobody else waiting. What is in the
 * place of something to be created is looked for first, and nothing of anybody else's is ever written. At the end everything is
 * read back. Blocks; one at a time.
 */
final class MirrorWriter {
    private final NetBox netBox;
    private final SharedObjects shared;
    private final DeletionGuard guard;
    private final PlaceCheck places;
    private final ReadBack readBack;
    private final MirrorFields fields;
    private final int bulk;

    /** Something to be written, and whose it is. */
    record Item<T>(MirrorProgress owner, T what) {}

    MirrorWriter(NetBox netBox, SharedObjects shared, DeletionGuard guard, String tag, int bulk) {
        this.netBox = netBox;
        this.shared = shared;
        this.guard = guard;
        this.places = new PlaceCheck(netBox);
        this.readBack = new ReadBack(netBox);
        this.fields = new MirrorFields(netBox.customFields(), tag);
        this.bulk = bulk;
    }

    /** One outcome for each plan, in their order. */
    List<MirrorOutcome> write(List<MirrorPlan> plans) {
        List<MirrorProgress> all = plans.stream().map(MirrorProgress::new).toList();
        Map<Related, Long> ids = new HashMap<>();
        plans.forEach(plan -> ids.putAll(plan.known()));
        ensureShared(all, ids);
        Map<ObjectType, Map<Long, Item<WantedObject>>> written = new LinkedHashMap<>();
        List<Item<NetBoxObject>> deleted = delete(all);
        for (ObjectType type : MirrorObserver.TYPES) {
            Map<Long, Item<WantedObject>> ofType = new LinkedHashMap<>();
            List<Item<WantedObject>> creates = items(all, plan -> plan.creates().stream()
                    .filter(wanted -> wanted.type() == type)
                    .toList());
            List<Item<Patch>> patches = items(all, plan -> plan.patches().stream()
                    .filter(patch -> patch.wanted().type() == type)
                    .toList());
            patches.addAll(places.check(type, creates, ids));
            patch(type, patches, ids, ofType);
            create(type, creates, ids, ofType);
            ofType.forEach(
                    (id, item) -> ids.put(new Related(type, item.what().key().text()), id));
            written.put(type, ofType);
        }
        written.forEach((type, ofType) -> readBack.check(type, ofType, ids));
        readBack.checkGone(deleted);
        return all.stream().map(MirrorProgress::outcome).toList();
    }

    private void ensureShared(List<MirrorProgress> all, Map<Related, Long> ids) {
        Map<Related, NetBoxOutcome<Long>> asked = new HashMap<>();
        for (MirrorProgress one : all) {
            for (Related related : pointedTo(one.plan())) {
                if (one.isFaulty() || ids.containsKey(related)) {
                    continue;
                }
                NetBoxOutcome<Long> outcome = asked.computeIfAbsent(related, shared::ensure);
                if (outcome instanceof NetBoxOutcome.Done<Long> done) {
                    ids.put(related, done.value());
                } else {
                    one.fault(
                            "The " + related.type().model() + " " + related.name() + " is missing in NetBox", outcome);
                }
            }
        }
    }

    /** What exists for itself; a service's own VLAN comes with the service. */
    private static Collection<Related> pointedTo(MirrorPlan plan) {
        List<Related> pointedTo = new ArrayList<>(plan.shared());
        plan.creates().forEach(wanted -> pointedTo.addAll(wanted.relations().values()));
        plan.patches()
                .forEach(patch -> pointedTo.addAll(patch.wanted().relations().values()));
        pointedTo.removeIf(
                related -> related == null || MirrorKeys.service(related.name()).isPresent());
        return pointedTo;
    }

    private List<Item<NetBoxObject>> delete(List<MirrorProgress> all) {
        String held = guard.held(all.stream()
                .filter(one -> !one.isFaulty())
                .map(MirrorProgress::plan)
                .toList());
        List<Item<NetBoxObject>> deleted = new ArrayList<>();
        // What points to a VLAN goes before it.
        for (ObjectType type : MirrorObserver.TYPES.reversed()) {
            List<Item<NetBoxObject>> items = items(all, plan -> plan.deletes().stream()
                    .filter(object -> object.type() == type)
                    .toList());
            if (held != null) {
                items.forEach(item -> item.owner().held(held));
                continue;
            }
            bulk(
                    items,
                    some -> netBox.delete(
                                    type,
                                    some.stream().map(item -> item.what().id()).toList())
                            .map(none -> some),
                    item -> {
                        NetBoxOutcome<Void> outcome =
                                netBox.delete(type, item.what().id(), null);
                        return outcome instanceof NetBoxOutcome.Missing<Void>
                                ? new NetBoxOutcome.Done<>(null)
                                : outcome;
                    },
                    (item, outcome) -> {
                        if (outcome.isDone()) {
                            deleted.add(item);
                        } else {
                            item.owner()
                                    .fault(
                                            "NetBox did not delete " + type.model() + " "
                                                    + item.what().id(),
                                            outcome);
                        }
                    });
        }
        guard.done(deleted.size());
        return deleted;
    }

    private void patch(
            ObjectType type, List<Item<Patch>> patches, Map<Related, Long> ids, Map<Long, Item<WantedObject>> written) {
        List<Item<Patch>> refused = new ArrayList<>();
        bulk(
                patches,
                some -> {
                    Map<Long, ObjectNode> changes = new LinkedHashMap<>();
                    some.forEach(item -> changes.put(item.what().found().id(), changed(item.what(), ids)));
                    return netBox.patch(type, changes).map(objects -> some);
                },
                item -> patchAlone(item, ids),
                (item, outcome) -> {
                    if (outcome.isDone()) {
                        written.put(
                                item.what().found().id(),
                                new Item<>(item.owner(), item.what().wanted()));
                    } else if (outcome instanceof NetBoxOutcome.Invalid<?>) {
                        refused.add(item);
                    } else {
                        refused(item.owner(), item.what().wanted(), outcome, ids);
                    }
                });
        // Those whose place has become free meanwhile.
        for (Item<Patch> item : refused) {
            NetBoxOutcome<NetBoxObject> outcome = patchAlone(item, ids);
            if (outcome.isDone()) {
                written.put(
                        item.what().found().id(),
                        new Item<>(item.owner(), item.what().wanted()));
                continue;
            }
            PlaceCheck.InTheWay inTheWay = places.inTheWay(item.what().wanted(), ids);
            if (inTheWay != null && !inTheWay.isForeign()) {
                // Two want each other's place: one of them lets go, and is created again.
                netBox.delete(type, item.what().found().id(), null);
            }
            refused(item.owner(), item.what().wanted(), outcome, ids);
        }
    }

    private ObjectNode changed(Patch patch, Map<Related, Long> ids) {
        return fields.of(patch.wanted(), patch.fields(), ids);
    }

    private NetBoxOutcome<NetBoxObject> patchAlone(Item<Patch> item, Map<Related, Long> ids) {
        NetBoxObject found = item.what().found();
        return netBox.patch(found.type(), found.id(), changed(item.what(), ids), null);
    }

    private void create(
            ObjectType type,
            List<Item<WantedObject>> creates,
            Map<Related, Long> ids,
            Map<Long, Item<WantedObject>> written) {
        List<Item<WantedObject>> possible = new ArrayList<>(creates);
        possible.removeIf(item -> item.owner().isFaulty());
        for (int from = 0; from < possible.size(); from += bulk) {
            List<Item<WantedObject>> some = possible.subList(from, Math.min(possible.size(), from + bulk));
            NetBoxOutcome<List<NetBoxObject>> outcome = netBox.create(
                    type,
                    some.stream().map(item -> fields.whole(item.what(), ids)).toList());
            if (outcome instanceof NetBoxOutcome.Done<List<NetBoxObject>> done) {
                // In the order of the list, and the keys say so once more when they are read back.
                for (int index = 0; index < Math.min(some.size(), done.value().size()); index++) {
                    written.put(done.value().get(index).id(), some.get(index));
                }
            } else if (MirrorObserver.isAway(outcome)) {
                some.forEach(item -> item.owner().fault("NetBox cannot be reached", outcome));
            } else {
                shared.forget();
                some.forEach(item -> createAlone(type, item, ids, written));
            }
        }
    }

    private void createAlone(
            ObjectType type, Item<WantedObject> item, Map<Related, Long> ids, Map<Long, Item<WantedObject>> written) {
        NetBoxOutcome<NetBoxObject> outcome = netBox.createOnce(
                        type, item.what().key(), fields.withoutMark(item.what(), ids))
                .map(allocation -> allocation.object());
        if (outcome instanceof NetBoxOutcome.Done<NetBoxObject> done) {
            written.put(done.value().id(), item);
        } else {
            refused(item.owner(), item.what(), outcome, ids);
        }
    }

    private void refused(MirrorProgress owner, WantedObject wanted, NetBoxOutcome<?> outcome, Map<Related, Long> ids) {
        var inTheWay = outcome instanceof NetBoxOutcome.Invalid<?> ? places.inTheWay(wanted, ids) : null;
        if (inTheWay == null) {
            owner.fault("NetBox refused " + wanted.value(), outcome);
        } else if (inTheWay.isForeign()) {
            owner.conflict(inTheWay.conflict());
        } else {
            owner.again(wanted.value() + " is still another service's in NetBox; it is tried again.");
        }
    }

    /** Those of plans that can go on. */
    private static <T> List<Item<T>> items(List<MirrorProgress> all, Function<MirrorPlan, List<T>> part) {
        List<Item<T>> items = new ArrayList<>();
        for (MirrorProgress one : all) {
            if (!one.isFaulty()) {
                part.apply(one.plan()).forEach(what -> items.add(new Item<>(one, what)));
            }
        }
        return items;
    }

    /** All at once, or one by one where NetBox refuses the whole. */
    private <T> void bulk(
            List<Item<T>> items,
            Function<List<Item<T>>, NetBoxOutcome<List<Item<T>>>> together,
            Function<Item<T>, NetBoxOutcome<?>> alone,
            BiConsumer<Item<T>, NetBoxOutcome<?>> told) {
        for (int from = 0; from < items.size(); from += bulk) {
            List<Item<T>> some = items.subList(from, Math.min(items.size(), from + bulk));
            NetBoxOutcome<List<Item<T>>> outcome = together.apply(some);
            if (outcome.isDone() || MirrorObserver.isAway(outcome)) {
                some.forEach(item -> told.accept(item, outcome));
            } else {
                shared.forget();
                some.forEach(item -> told.accept(item, alone.apply(item)));
            }
        }
    }

    /** Names of all fields of an object. */
    static Set<String> all(WantedObject wanted) {
        Set<String> names = new TreeSet<>(wanted.relations().keySet());
        wanted.fields().fieldNames().forEachRemaining(names::add);
        return names;
    }
}
