package io.patchbay.ledger.workflow;

import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.Words;
import io.patchbay.ledger.vlan.VlanBinding;
import io.patchbay.ledger.vlan.VlanBindings;
import io.patchbay.ledger.vlan.VlanModel;
import io.patchbay.ledger.vlan.VlanWish;
import io.patchbay.ledger.workflow.PlannedStep.Action;
import java.util.LinkedHashMap;
import java.util.Map;

/** The steps that bind, move and release VLANs. */
final class VlanSteps {
    static final String FOUND = "vlanFound";
    private static final String GIVEN = "vlanGiven";

    private final VlanBindings vlans;

    VlanSteps(VlanBindings vlans) {
        this.vlans = vlans;
    }

    Map<Action, StepAction> actions() {
        return Map.of(
                Action.BIND_VLAN, StepAction.of(this::prepare, this::bind, this::putBack),
                Action.MOVE_VLAN, StepAction.of(this::prepare, this::bind, this::putBack),
                Action.RELEASE_VLAN, StepAction.of(this::release, this::putBack));
    }

    private void prepare(StepRun run) {
        vlans.prepare(run.serviceId(), wish(run), run.actor());
    }

    StepOutcome.Done bind(StepRun run) {
        VlanBinding found = vlans.find(run.serviceId()).orElse(null);
        VlanBinding given = vlans.bind(run.serviceId(), wish(run), run.actor());
        return new StepOutcome.Done("It has " + text(given) + ".", result(found, given));
    }

    /** @throws LedgerException when the service is not there */
    StepOutcome.Done release(StepRun run) {
        VlanBinding found = vlans.release(run.serviceId(), run.actor()).orElse(null);
        return new StepOutcome.Done(
                found == null ? "It had no VLANs any more." : text(found) + " is given back.", result(found, null));
    }

    StepOutcome.Done putBack(StepRun run) {
        Map<String, Object> done = run.step().result();
        if (!done.containsKey(FOUND)) {
            return new StepOutcome.Done("The VLANs were not changed.", Map.of());
        }
        Map<String, Object> now =
                vlans.find(run.serviceId()).map(VlanSteps::facts).orElse(null);
        if (!Json.write(now == null ? Map.of() : now).equals(Json.write(orNone(done.get(GIVEN))))) {
            return new StepOutcome.Done("The VLANs were changed since, and stay.", Map.of());
        }
        if (done.get(FOUND) == null) {
            vlans.release(run.serviceId(), run.actor());
            return new StepOutcome.Done("The VLANs are given back.", Map.of());
        }
        return restoreFound(run);
    }

    /** What it had before, whatever it has now. */
    StepOutcome.Done restoreFound(StepRun run) {
        Map<String, Object> done = run.step().result();
        if (done.get(FOUND) == null) {
            return new StepOutcome.Done("It had no VLANs.", Map.of());
        }
        VlanBinding back = restore(run, Json.map(Json.write(done.get(FOUND))));
        return new StepOutcome.Done("It has " + text(back) + " again.", Map.of());
    }

    private VlanBinding restore(StepRun run, Map<String, Object> former) {
        VlanBinding back = vlans.bind(
                run.serviceId(),
                new VlanWish.Chosen(
                        number(former, "domainId"),
                        Words.parse(VlanModel.class, (String) former.get("model")),
                        (int) number(former, "sVlan"),
                        (Integer) former.get("cVlan")),
                run.actor());
        boolean own = Boolean.TRUE.equals(former.get("overridden"));
        return own || back.poolId() == null
                ? back
                : vlans.bind(run.serviceId(), VlanWish.nextOf(back.poolId()), run.actor());
    }

    private static VlanWish wish(StepRun run) {
        Long sVlan = run.number("sVlan");
        if (sVlan != null) {
            Long cVlan = run.number("cVlan");
            return new VlanWish.Chosen(
                    run.number("domainId"),
                    Words.parse(VlanModel.class, run.text("model")),
                    sVlan.intValue(),
                    cVlan == null ? null : cVlan.intValue());
        }
        return new VlanWish.NextOf(run.number("poolId"), Boolean.parseBoolean(run.text("overrides")));
    }

    private static Map<String, Object> result(VlanBinding found, VlanBinding given) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(FOUND, found == null ? null : facts(found));
        result.put(GIVEN, given == null ? null : facts(given));
        return result;
    }

    private static Map<String, Object> facts(VlanBinding binding) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("domainId", binding.domainId());
        facts.put("model", Words.of(binding.model()));
        facts.put("sVlan", binding.sVlan());
        facts.put("cVlan", binding.cVlan());
        facts.put("overridden", binding.overridden());
        return facts;
    }

    private static Object orNone(Object facts) {
        return facts == null ? Map.of() : facts;
    }

    private static long number(Map<String, Object> facts, String name) {
        return ((Number) facts.get(name)).longValue();
    }

    private static String text(VlanBinding binding) {
        return binding.cVlan() == null
                ? "S-VLAN " + binding.sVlan()
                : "VLANs " + binding.sVlan() + "." + binding.cVlan();
    }
}
