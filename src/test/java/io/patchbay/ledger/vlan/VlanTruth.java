package io.patchbay.ledger.vlan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What people write (bindings, ranges, exclusions), and, by the most naive way there is, what must follow from it. The domain is
 * small enough to look at every position of it.
 */
record VlanTruth(
        List<Range> ranges, List<VlanSpan> exclusions, Map<Long, Bound> bound, Map<Long, Integer> linesPerVlan) {

    record Position(int s, int c) {}

    record Bound(String model, Position at) {
        boolean isShared() {
            return model.equals("shared");
        }
    }

    record Range(long id, long poolId, String model, VlanSpan span) {}

    static VlanTruth read(JdbcTemplate jdbc) {
        List<Range> ranges = jdbc.query(
                "select * from vlan_range order by id",
                (row, number) -> new Range(
                        row.getLong("id"),
                        row.getLong("pool_id"),
                        row.getString("model"),
                        new VlanSpan(
                                row.getInt("s_first"),
                                row.getInt("s_last"),
                                row.getInt("c_first"),
                                row.getInt("c_last"))));
        List<VlanSpan> exclusions = jdbc.query(
                "select * from vlan_exclusion order by id",
                (row, number) -> new VlanSpan(
                        row.getInt("s_first"), row.getInt("s_last"), row.getInt("c_first"), row.getInt("c_last")));
        Map<Long, Bound> bound = new TreeMap<>();
        jdbc.query("select service_id, model, s_vlan, coalesce(c_vlan, 0) from service_vlan", row -> {
            bound.put(row.getLong(1), new Bound(row.getString(2), new Position(row.getInt(3), row.getInt(4))));
        });
        Map<Long, Integer> lines = new HashMap<>();
        jdbc.query("select id, lines_a_vlan from vlan_pool where model = 'shared'", row -> {
            lines.put(row.getLong(1), row.getInt(2));
        });
        return new VlanTruth(ranges, exclusions, bound, lines);
    }

    static boolean contains(VlanSpan span, int s, int c) {
        return s >= span.sFirst() && s <= span.sLast() && c >= span.cFirst() && c <= span.cLast();
    }

    boolean isExcluded(int s, int c) {
        return exclusions.stream().anyMatch(span -> contains(span, s, c));
    }

    /** null when in none. */
    Range rangeOf(String model, int s, int c) {
        return ranges.stream()
                .filter(range -> range.model().equals(model) && contains(range.span(), s, c))
                .findFirst()
                .orElse(null);
    }

    long lines(int s) {
        return bound.values().stream()
                .filter(one -> one.isShared() && one.at().s() == s)
                .count();
    }

    long pairs(int s) {
        return bound.values().stream()
                .filter(one -> !one.isShared() && one.at().s() == s)
                .count();
    }

    boolean isTaken(int s, int c) {
        return bound.values().stream()
                .anyMatch(one -> !one.isShared() && one.at().equals(new Position(s, c)));
    }

    /** Without the one of a service: what it has gives way to what it gets. */
    VlanTruth without(long service) {
        Map<Long, Bound> others = new TreeMap<>(bound);
        others.remove(service);
        return new VlanTruth(ranges, exclusions, others, linesPerVlan);
    }

    boolean mayBind(String model, int s, int c) {
        if (isExcluded(s, c) || isOfOtherModel(model, s)) {
            return false;
        }
        if (model.equals("dedicated")) {
            return lines(s) == 0 && !isTaken(s, c);
        }
        Range range = rangeOf("shared", s, 0);
        return pairs(s) == 0 && (range == null || lines(s) < linesPerVlan.get(range.poolId()));
    }

    private boolean isOfOtherModel(String model, int s) {
        return ranges.stream()
                .anyMatch(range -> !range.model().equals(model)
                        && s >= range.span().sFirst()
                        && s <= range.span().sLast());
    }

    Set<Position> free(long poolId) {
        Set<Position> free = new HashSet<>();
        for (Range range : ranges) {
            for (int s = range.span().sFirst();
                    range.poolId() == poolId && s <= range.span().sLast();
                    s++) {
                for (int c = range.span().cFirst(); c <= range.span().cLast(); c++) {
                    if (mayBind(range.model(), s, c)) {
                        free.add(new Position(s, c));
                    }
                }
            }
        }
        return free;
    }

    /** The rows that vlan_free must have, as text. */
    Set<String> freeRuns() {
        Set<String> runs = new TreeSet<>();
        for (Range range : ranges) {
            for (int s = range.span().sFirst();
                    range.model().equals("dedicated") && s <= range.span().sLast();
                    s++) {
                int first = -1;
                for (int c = range.span().cFirst(); c <= range.span().cLast() + 1; c++) {
                    boolean isFree = c <= range.span().cLast() && !isExcluded(s, c) && !isTaken(s, c);
                    if (isFree && first < 0) {
                        first = c;
                    } else if (!isFree && first >= 0) {
                        runs.add(s + "." + first + "-" + (c - 1) + " range " + range.id() + " pool " + range.poolId());
                        first = -1;
                    }
                }
            }
        }
        return runs;
    }

    static Set<String> keptRuns(JdbcTemplate jdbc) {
        return new TreeSet<>(jdbc.queryForList(
                "select s_vlan || '.' || c_first || '-' || c_last || ' range ' || range_id || ' pool ' || pool_id"
                        + " from vlan_free",
                String.class));
    }

    /** The counts that vlan_use must have, of S-VLANs that are used or shared; the tests keep to 90 to 300. */
    Set<String> use() {
        Set<String> use = new TreeSet<>();
        for (int s = 90; s <= 300; s++) {
            Range range = isExcluded(s, 0) ? null : rangeOf("shared", s, 0);
            if (pairs(s) + lines(s) > 0 || range != null) {
                use.add(s + ": " + pairs(s) + " " + lines(s) + " pool "
                        + (range == null ? "none" : range.poolId() + " of " + linesPerVlan.get(range.poolId())));
            }
        }
        return use;
    }

    static Set<String> keptUse(JdbcTemplate jdbc) {
        return new TreeSet<>(jdbc.queryForList(
                "select s_vlan || ': ' || dedicated || ' ' || shared || ' pool '"
                        + " || coalesce(pool_id || ' of ' || lines_limit, 'none') from vlan_use"
                        + " where dedicated + shared > 0 or pool_id is not null",
                String.class));
    }

    /** Of every service the pool that it must say to be in. */
    Map<Long, Long> pools() {
        Map<Long, Long> pools = new TreeMap<>();
        bound.forEach((service, one) -> {
            Range range = rangeOf(
                    one.model(), one.at().s(), one.isShared() ? 0 : one.at().c());
            pools.put(service, range == null ? 0 : range.poolId());
        });
        return pools;
    }

    static Map<Long, Long> keptPools(JdbcTemplate jdbc) {
        Map<Long, Long> pools = new TreeMap<>();
        jdbc.query("select service_id, coalesce(pool_id, 0) from service_vlan", row -> {
            pools.put(row.getLong(1), row.getLong(2));
        });
        return pools;
    }

    /** What was bound here and no more in the later one, as the history must have it. */
    List<String> gone(VlanTruth later) {
        List<String> gone = new ArrayList<>();
        bound.forEach((service, one) -> {
            if (!one.equals(later.bound.get(service))) {
                gone.add(service + " " + one.model() + " " + one.at().s() + "."
                        + one.at().c());
            }
        });
        return gone;
    }
}
