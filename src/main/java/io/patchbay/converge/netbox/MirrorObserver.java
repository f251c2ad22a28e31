package io.patchbay.converge.netbox;

import io.patchbay.converge.netbox.DesiredObjects.Desired;
import io.patchbay.netbox.CustomFields;
import io.patchbay.netbox.Filters;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What NetBox has of services, found by the custom field that names the service: three lists for fifty services, and no
 * table of ours that could be wrong about it.
 */
final class MirrorObserver {
    static final List<ObjectType> TYPES = List.of(ObjectType.VLAN, ObjectType.PREFIX, ObjectType.IP_ADDRESS);
    /** A URL is cut at 4094 characters by the server that NetBox comes with. */
    private static final int SERVICES_A_QUESTION = 50;

    private final NetBox netBox;
    private final DesiredObjects desired;
    private final SharedObjects shared;

    MirrorObserver(NetBox netBox, DesiredObjects desired, SharedObjects shared) {
        this.netBox = netBox;
        this.desired = desired;
        this.shared = shared;
    }

    Map<Long, MirroredService> observe(Collection<Long> serviceIds) {
        Map<Long, Desired> wanted = desired.of(serviceIds);
        Map<Long, MirroredService> observed = new HashMap<>();
        List<Long> ids = List.copyOf(serviceIds);
        for (int from = 0; from < ids.size(); from += SERVICES_A_QUESTION) {
            observe(ids.subList(from, Math.min(ids.size(), from + SERVICES_A_QUESTION)), wanted, observed);
        }
        return observed;
    }

    private void observe(List<Long> ids, Map<Long, Desired> wanted, Map<Long, MirroredService> observed) {
        Map<Long, List<NetBoxObject>> found = new HashMap<>();
        Map<Related, Long> known = new HashMap<>();
        MirroredService.Fault fault = find(ids, found, known);
        Set<Related> pointedTo = new HashSet<>();
        for (long id : ids) {
            Desired service = wanted.getOrDefault(id, Desired.NOTHING);
            pointedTo.addAll(service.shared());
            service.objects()
                    .forEach(object -> pointedTo.addAll(object.relations().values()));
        }
        pointedTo.remove(null);
        if (fault == null) {
            fault = lookUp(pointedTo, known);
        }
        for (long id : ids) {
            Desired service = wanted.getOrDefault(id, Desired.NOTHING);
            observed.put(
                    id,
                    new MirroredService(
                            id, service.objects(), service.shared(), found.getOrDefault(id, List.of()), known, fault));
        }
    }

    private MirroredService.Fault find(List<Long> ids, Map<Long, List<NetBoxObject>> found, Map<Related, Long> known) {
        CustomFields names = netBox.customFields();
        Set<Long> asked = new HashSet<>(ids);
        Filters filters = Filters.none();
        for (long id : ids) {
            filters = filters.and("cf_" + names.service(), id);
        }
        for (ObjectType type : TYPES) {
            NetBoxOutcome<Long> outcome = netBox.find(type, filters, object -> {
                String key = object.custom(names.key());
                OptionalLong service = MirrorKeys.service(key);
                if (service.isPresent() && asked.contains(service.getAsLong())) {
                    found.computeIfAbsent(service.getAsLong(), none -> new ArrayList<>())
                            .add(object);
                    known.put(new Related(type, key), object.id());
                }
            });
            if (!outcome.isDone()) {
                return fault(outcome);
            }
        }
        return null;
    }

    /** What a service has of its own was found with it, or is not there. */
    private MirroredService.Fault lookUp(Set<Related> pointedTo, Map<Related, Long> known) {
        for (Related related : pointedTo) {
            if (known.containsKey(related)
                    || MirrorKeys.service(related.name()).isPresent() && related.type() == ObjectType.VLAN) {
                continue;
            }
            NetBoxOutcome<Long> outcome = shared.find(related);
            if (!(outcome instanceof NetBoxOutcome.Done<Long> done)) {
                return fault(outcome);
            }
            if (done.value() != null) {
                known.put(related, done.value());
            }
        }
        return null;
    }

    static MirroredService.Fault fault(NetBoxOutcome<?> outcome) {
        return new MirroredService.Fault(outcome.reason(), isAway(outcome));
    }

    /** Whether it is NetBox, its token or the settings that must be mended, and no object. */
    static boolean isAway(NetBoxOutcome<?> outcome) {
        return switch (outcome) {
            case NetBoxOutcome.Away<?> away -> true;
            case NetBoxOutcome.Denied<?> denied -> true;
            case NetBoxOutcome.Unusable<?> unusable -> true;
            case NetBoxOutcome.Done<?> done -> false;
            case NetBoxOutcome.Exhausted<?> exhausted -> false;
            case NetBoxOutcome.Invalid<?> invalid -> false;
            case NetBoxOutcome.Conflict<?> conflict -> false;
            case NetBoxOutcome.Stale<?> stale -> false;
            case NetBoxOutcome.Missing<?> missing -> false;
        };
    }
}
