package io.patchbay.converge.netbox;

import io.patchbay.converge.netbox.MirrorWriter.Item;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A success is not believed: what was written is asked for again, and compared. */
final class ReadBack {
    private static final int IDS_A_QUESTION = 200;

    private final NetBox netBox;

    ReadBack(NetBox netBox) {
        this.netBox = netBox;
    }

    /** @param written id to what it should be */
    void check(ObjectType type, Map<Long, Item<WantedObject>> written, Map<Related, Long> ids) {
        List<Long> all = List.copyOf(written.keySet());
        for (int from = 0; from < all.size(); from += IDS_A_QUESTION) {
            List<Long> some = all.subList(from, Math.min(all.size(), from + IDS_A_QUESTION));
            Map<Long, NetBoxObject> there = new HashMap<>();
            NetBoxOutcome<Long> outcome = netBox.find(type, ids(some), object -> there.put(object.id(), object));
            for (long id : some) {
                Item<WantedObject> item = written.get(id);
                if (!outcome.isDone()) {
                    item.owner().fault("What was written to NetBox cannot be read back", outcome);
                } else {
                    compare(item, there.get(id), ids);
                }
            }
        }
    }

    private void compare(Item<WantedObject> item, NetBoxObject object, Map<Related, Long> ids) {
        WantedObject wanted = item.what();
        if (object == null) {
            item.owner().again(wanted.value() + " was written to NetBox and is not there; it is tried again.");
            return;
        }
        Set<String> different = new HashSet<>(MirrorPlanner.differences(wanted, object, ids));
        if (!wanted.key().text().equals(object.custom(netBox.customFields().key()))) {
            different.add(netBox.customFields().key());
        }
        if (!different.isEmpty()) {
            item.owner()
                    .again("NetBox took " + wanted.value() + " and has it otherwise (" + String.join(", ", different)
                            + "); it is tried again.");
        }
    }

    void checkGone(List<Item<NetBoxObject>> deleted) {
        for (int from = 0; from < deleted.size(); from += IDS_A_QUESTION) {
            List<Item<NetBoxObject>> some = deleted.subList(from, Math.min(deleted.size(), from + IDS_A_QUESTION));
            Map<ObjectType, Set<Long>> there = new HashMap<>();
            for (ObjectType type : MirrorObserver.TYPES) {
                List<Long> ofType = some.stream()
                        .map(Item::what)
                        .filter(object -> object.type() == type)
                        .map(NetBoxObject::id)
                        .toList();
                if (!ofType.isEmpty()) {
                    Set<Long> left = there.computeIfAbsent(type, none -> new HashSet<>());
                    // When NetBox cannot be asked, the next observation finds what is left.
                    netBox.find(type, ids(ofType), object -> left.add(object.id()));
                }
            }
            for (Item<NetBoxObject> item : some) {
                NetBoxObject object = item.what();
                if (there.get(object.type()).contains(object.id())) {
                    item.owner()
                            .again(object.type().model() + " " + object.id()
                                    + " was deleted in NetBox and is still there.");
                }
            }
        }
    }

    private static Filters ids(List<Long> ids) {
        Filters filters = Filters.none();
        for (long id : ids) {
            filters = filters.and("id", id);
        }
        return filters;
    }
}
