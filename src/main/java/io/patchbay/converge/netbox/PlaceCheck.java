package io.patchbay.converge.netbox;

import io.patchbay.converge.netbox.MirrorOutcome.ObjectInTheWay;
import io.patchbay.converge.netbox.MirrorPlan.Patch;
import io.patchbay.converge.netbox.MirrorWriter.Item;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whether something stands already where an object is to be created. NetBox refuses a second address or prefix of a value only
 * where its VRF says so; we never make one.
 */
final class PlaceCheck {
    /** As many long IPv6 prefixes as a URL takes. */
    private static final int PLACES_A_QUESTION = 50;

    private final NetBox netBox;

    PlaceCheck(NetBox netBox) {
        this.netBox = netBox;
    }

    /** @param isForeign whether it bears no key of the hub */
    record InTheWay(WantedObject wanted, NetBoxObject object, boolean isForeign) {
        ObjectInTheWay conflict() {
            String what = object.type().model() + " " + object.id();
            return new ObjectInTheWay(
                    wanted,
                    object.id(),
                    value(object),
                    wanted.value() + " cannot be written to NetBox: " + what + " (" + value(object)
                            + ") is there already, and it is not the hub's. Remove it in NetBox, or resolve the conflict.");
        }
    }

    /**
     * Takes those out of the list in whose place something stands; a conflict when it is somebody else's.
     *
     * @return those that are there under their own key, and were not found since another field was changed
     */
    List<Item<Patch>> check(ObjectType type, List<Item<WantedObject>> creates, Map<Related, Long> ids) {
        List<Item<Patch>> adopted = new ArrayList<>();
        if (type == ObjectType.VLAN) {
            return adopted; // NetBox's own constraints hold there
        }
        List<Item<WantedObject>> free = new ArrayList<>();
        for (int from = 0; from < creates.size(); from += PLACES_A_QUESTION) {
            List<Item<WantedObject>> some = creates.subList(from, Math.min(creates.size(), from + PLACES_A_QUESTION));
            Map<String, List<NetBoxObject>> there = new HashMap<>();
            Filters filters = Filters.none();
            for (Item<WantedObject> item : some) {
                filters = filters.and(type == ObjectType.PREFIX ? "prefix" : "address", place(item.what()));
            }
            NetBoxOutcome<Long> outcome = netBox.find(
                    type, filters, object -> there.computeIfAbsent(host(value(object), type), none -> new ArrayList<>())
                            .add(object));
            for (Item<WantedObject> item : some) {
                if (!outcome.isDone()) {
                    item.owner()
                            .fault(
                                    "NetBox cannot be asked what is at "
                                            + item.what().value(),
                                    outcome);
                    continue;
                }
                InTheWay inTheWay = first(item.what(), there.getOrDefault(place(item.what()), List.of()), ids);
                if (inTheWay == null) {
                    free.add(item);
                } else if (item.what().key().text().equals(inTheWay.object().custom(key()))) {
                    adopted.add(new Item<>(
                            item.owner(), new Patch(inTheWay.object(), item.what(), MirrorWriter.all(item.what()))));
                } else if (inTheWay.isForeign()) {
                    item.owner().conflict(inTheWay.conflict());
                } else {
                    item.owner()
                            .again(item.what().value() + " is still another service's in NetBox; it is tried again.");
                }
            }
        }
        creates.clear();
        creates.addAll(free);
        return adopted;
    }

    /** What stands in the place of one; null when nothing does. */
    InTheWay inTheWay(WantedObject wanted, Map<Related, Long> ids) {
        Filters filters =
                switch (wanted.type()) {
                    case IP_ADDRESS -> Filters.of("address", place(wanted));
                    case PREFIX -> Filters.of("prefix", place(wanted));
                    default -> {
                        Filters vid =
                                Filters.of("vid", wanted.fields().path("vid").asText());
                        Related group = wanted.relations().get("group");
                        Related outer = wanted.relations().get("qinq_svlan");
                        yield group != null
                                ? vid.and("group_id", ids.get(group))
                                : vid.and("qinq_svlan_id", ids.get(outer));
                    }
                };
        return netBox.find(wanted.type(), filters) instanceof NetBoxOutcome.Done<List<NetBoxObject>> done
                ? first(wanted, done.value(), ids)
                : null;
    }

    private InTheWay first(WantedObject wanted, List<NetBoxObject> objects, Map<Related, Long> ids) {
        return objects.stream()
                .filter(object -> wanted.type() == ObjectType.VLAN || sameVrf(wanted, object, ids))
                .filter(object -> wanted.type() != ObjectType.VLAN || sameVlan(wanted, object, ids))
                .map(object -> new InTheWay(wanted, object, object.custom(key()) == null))
                .findFirst()
                .orElse(null);
    }

    private static boolean sameVrf(WantedObject wanted, NetBoxObject object, Map<Related, Long> ids) {
        Related vrf = wanted.relations().get("vrf");
        return Objects.equals(vrf == null ? null : ids.get(vrf), object.related("vrf"));
    }

    private static boolean sameVlan(WantedObject wanted, NetBoxObject object, Map<Related, Long> ids) {
        return wanted.fields().path("vid").asText().equals(object.text("vid"))
                && List.of("group", "qinq_svlan").stream().allMatch(field -> {
                    Related related = wanted.relations().get(field);
                    return related == null || Objects.equals(ids.get(related), object.related(field));
                });
    }

    private String key() {
        return netBox.customFields().key();
    }

    private static String place(WantedObject wanted) {
        return host(wanted.value(), wanted.type());
    }

    /** An address without its length: whatever mask it was given, it is the same one. */
    private static String host(String value, ObjectType type) {
        return value != null && type == ObjectType.IP_ADDRESS ? value.replaceAll("/.*", "") : String.valueOf(value);
    }

    private static String value(NetBoxObject object) {
        return switch (object.type()) {
            case IP_ADDRESS -> object.text("address");
            case PREFIX -> object.text("prefix");
            default -> "VLAN " + object.text("vid") + " " + object.text("name");
        };
    }
}
