package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes to what is sold, in one transaction with the event: every service of the plan has them at once. */
public final class PlanChanges {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;

    public PlanChanges(JdbcTemplate jdbc, TransactionTemplate transaction, EventLog events) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
    }

    /**
     * @param downKbps towards the subscriber, kbit/s; 0 for no limit, likewise up
     * @param qosProfile name of the profile on the NAS; null for none
     * @throws LedgerNotFound when there is no such plan
     * @throws LedgerInvalid when a rate is below 0
     */
    public void setRates(long planId, int downKbps, int upKbps, String qosProfile, Actor actor) {
        if (downKbps < 0 || upKbps < 0) {
            throw new LedgerInvalid("A rate is 0, for no limit, or more: not " + downKbps + "/" + upKbps + " kbit/s.");
        }
        transaction.executeWithoutResult(status -> {
            Map<String, Object> before = jdbc
                    .query(
                            "select rate_down_kbps, rate_up_kbps, qos_profile from plan where id = ? for update",
                            (row, number) -> told(row.getInt(1), row.getInt(2), row.getString(3)),
                            planId)
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> new LedgerNotFound("There is no plan " + planId + "."));
            jdbc.update(
                    "update plan set rate_down_kbps = ?, rate_up_kbps = ?, qos_profile = ? where id = ?",
                    downKbps,
                    upKbps,
                    qosProfile,
                    planId);
            events.append(
                    actor,
                    EventType.PLAN_CHANGED,
                    planId,
                    Difference.between(before, told(downKbps, upKbps, qosProfile)));
        });
    }

    private static Map<String, Object> told(int downKbps, int upKbps, String qosProfile) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("rateDownKbps", downKbps);
        told.put("rateUpKbps", upKbps);
        told.put("qosProfile", qosProfile);
        return told;
    }
}
