package io.patchbay.ledger.netbox;

import io.patchbay.ledger.netbox.ChangeInbox.Hint;
import io.patchbay.ledger.netbox.ChangeIngestion.Taken;
import io.patchbay.ledger.netbox.GivenObjects.Given;
import io.patchbay.netbox.NetBox;
import io.patchbay.netbox.NetBoxObject;
import io.patchbay.netbox.NetBoxOutcome;
import io.patchbay.netbox.ObjectType;
import java.util.List;
import java.util.Optional;

/** Reads an object that was changed, finds out what it is to us, and hands it to whom it concerns. */
final class ChangedObjects {
    private static final String MIRROR_KEY = "service-";

    private final NetBox netBox;
    private final GivenObjects given;
    private final GivenChanges givenChanges;
    private final ForeignObjects foreign;
    private final BlockSources blocks;
    private final MirrorRepair mirror;
    private final NetBoxConflicts conflicts;

    ChangedObjects(
            NetBox netBox,
            GivenObjects given,
            GivenChanges givenChanges,
            ForeignObjects foreign,
            BlockSources blocks,
            MirrorRepair mirror,
            NetBoxConflicts conflicts) {
        this.netBox = netBox;
        this.given = given;
        this.givenChanges = givenChanges;
        this.foreign = foreign;
        this.blocks = blocks;
        this.mirror = mirror;
        this.conflicts = conflicts;
    }

    Taken reconcile(Hint hint) {
        NetBoxOutcome<NetBoxObject> current = netBox.get(hint.type(), hint.netBoxId());
        return switch (current) {
            case NetBoxOutcome.Done<NetBoxObject> done -> changed(hint, done.value());
            case NetBoxOutcome.Missing<NetBoxObject> missing -> deleted(hint);
            case NetBoxOutcome.Exhausted<NetBoxObject> no -> Taken.AWAY;
            case NetBoxOutcome.Invalid<NetBoxObject> no -> Taken.AWAY;
            case NetBoxOutcome.Conflict<NetBoxObject> no -> Taken.AWAY;
            case NetBoxOutcome.Stale<NetBoxObject> no -> Taken.AWAY;
            case NetBoxOutcome.Denied<NetBoxObject> no -> Taken.AWAY;
            case NetBoxOutcome.Unusable<NetBoxObject> no -> Taken.AWAY;
            case NetBoxOutcome.Away<NetBoxObject> no -> Taken.AWAY;
        };
    }

    private Taken changed(Hint hint, NetBoxObject object) {
        Optional<Given> ours = given.find(hint.type(), hint.netBoxId());
        if (ours.isPresent()) {
            return givenChanges.changed(ours.get(), object);
        }
        String key = object.custom(netBox.customFields().key());
        // Whose key was taken from the object must be found by what it was before.
        Taken repaired = repair(hint, key == null ? hint.claimKey() : key);
        if (key != null) {
            return repaired;
        }
        Taken block = hint.type() == ObjectType.PREFIX ? blocks.changed(object) : Taken.NOTHING;
        Taken held = block == Taken.NOTHING ? foreign.changed(object) : block;
        return held == Taken.NOTHING ? repaired : held;
    }

    private Taken deleted(Hint hint) {
        Optional<Given> ours = given.find(hint.type(), hint.netBoxId());
        Taken taken = ours.isPresent() ? givenChanges.deleted(ours.get()) : repair(hint, hint.claimKey());
        if (hint.type() == ObjectType.PREFIX && blocks.deleted(hint.netBoxId()) != Taken.NOTHING) {
            taken = Taken.BLOCK;
        }
        if (foreign.deleted(hint.type(), hint.netBoxId())) {
            taken = Taken.HELD;
        }
        if (ours.isEmpty()) {
            // What was in the mirror's way is gone.
            conflicts
                    .servicesOfObject(TypeWords.of(hint.type()), hint.netBoxId())
                    .forEach(service -> mirror.repair(List.of(service)));
            conflicts.endedOfObject(TypeWords.of(hint.type()), hint.netBoxId());
        }
        return taken;
    }

    /** What bears a key of the mirror is compared by the mirror. */
    private Taken repair(Hint hint, String key) {
        if (key == null || !key.startsWith(MIRROR_KEY)) {
            return Taken.NOTHING;
        }
        String number = key.substring(MIRROR_KEY.length()).replaceAll("/.*", "");
        if (!number.matches("\\d{1,18}")) {
            return Taken.NOTHING;
        }
        mirror.repair(List.of(Long.parseLong(number)));
        return Taken.REPAIRED;
    }
}
