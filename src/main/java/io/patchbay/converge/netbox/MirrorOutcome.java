package io.patchbay.converge.netbox;

import java.util.List;

/**
 * What became of a plan.
 *
 * @param faults sentences, empty when NetBox has now what the ledger wants
 * @param conflicts what a person must look at; each is also among the faults
 * @param away whether a fault is NetBox's absence, so that nothing was tried in vain
 * @param worthRetrying false when only a person can mend it
 */
record MirrorOutcome(
        MirrorPlan plan, List<String> faults, List<ObjectInTheWay> conflicts, boolean away, boolean worthRetrying) {
    /**
     * @param netBoxId of the object of somebody else; null when NetBox does not tell
     * @param reason a sentence
     */
    record ObjectInTheWay(WantedObject wanted, Long netBoxId, String netBoxValue, String reason) {}
}
