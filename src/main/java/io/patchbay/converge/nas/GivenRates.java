package io.patchbay.converge.nas;

import io.patchbay.binding.Directory;
import io.patchbay.ledger.Plan;
import io.patchbay.reply.Fingerprint;
import io.patchbay.reply.SessionFacts.Rates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the fingerprints of rates stand for, which a one-way number does not say by itself: the rates of every plan there was,
 * a few thousand at most.
 */
final class GivenRates {
    private final JdbcTemplate jdbc;
    private final Supplier<Directory> directory;
    private final Map<Integer, Rates> known = new ConcurrentHashMap<>();
    private Directory remembered;

    GivenRates(JdbcTemplate jdbc, Supplier<Directory> directory) {
        this.jdbc = jdbc;
        this.directory = directory;
    }

    /** Null when no plan had them. */
    Rates of(int fingerprint) {
        return known.get(fingerprint);
    }

    /** Stores the rates of today's plans, and reads those of these fingerprints that are not in memory. */
    synchronized void refresh(Collection<Integer> fingerprints) {
        Directory now = directory.get();
        if (now != remembered) {
            remember(now.plans());
            remembered = now;
        }
        Integer[] unknown = fingerprints.stream()
                .filter(fingerprint -> !known.containsKey(fingerprint))
                .distinct()
                .toArray(Integer[]::new);
        if (unknown.length > 0) {
            jdbc.query(
                    "select * from given_rate where fingerprint = any (?)",
                    statement -> statement.setArray(1, statement.getConnection().createArrayOf("integer", unknown)),
                    row -> {
                        known.put(
                                row.getInt("fingerprint"),
                                new Rates(
                                        row.getInt("rate_down_kbps"),
                                        row.getInt("rate_up_kbps"),
                                        row.getString("qos_profile")));
                    });
        }
    }

    private void remember(List<Plan> plans) {
        List<Object[]> rows = new ArrayList<>();
        for (Plan plan : plans) {
            Rates rates = new Rates(plan.rateDownKbps(), plan.rateUpKbps(), plan.qosProfile());
            int fingerprint = Fingerprint.rates(rates.downKbps(), rates.upKbps(), rates.qosProfile());
            if (known.putIfAbsent(fingerprint, rates) == null) {
                rows.add(new Object[] {fingerprint, rates.downKbps(), rates.upKbps(), rates.qosProfile()});
            }
        }
        if (!rows.isEmpty()) {
            jdbc.batchUpdate("insert into given_rate values (?, ?, ?, ?) on conflict do nothing", rows);
        }
    }
}
