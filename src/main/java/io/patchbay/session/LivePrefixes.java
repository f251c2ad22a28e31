package io.patchbay.session;

import io.patchbay.ledger.ipv6.PrefixesInUse;
import io.patchbay.ledger.ipv6.Projections;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** What of IPv6 the live sessions hold, by what accounting has told last. */
public final class LivePrefixes implements PrefixesInUse, Projections {
    private static final String LIVE =
            " a.archived_on = 'infinity' and a.until_at is null and s.archived_on = 'infinity'"
                    + " and s.ended_at is null and a.kind in ('ipv6-prefix', 'ipv6-address', 'ipv6-delegated-prefix')";

    private final JdbcTemplate jdbc;

    public LivePrefixes(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Long, List<IpPrefix>> ofServices(Collection<Long> serviceIds) {
        record Held(long serviceId, IpPrefix prefix) {}
        return jdbc
                .query(
                        "select s.service_id, text(a.prefix) from session s join session_address a on a.session_id = s.id"
                                + " where s.service_id = any (?) and" + LIVE,
                        (row, number) -> new Held(row.getLong(1), IpPrefix.parse(row.getString(2))),
                        (Object) serviceIds.toArray(Long[]::new))
                .stream()
                .collect(Collectors.groupingBy(Held::serviceId, Collectors.mapping(Held::prefix, Collectors.toList())));
    }

    /** Of whichever service the session is: what it holds nobody else may get. */
    @Override
    public Map<Long, List<String>> holders(Collection<Former> former) {
        Map<Long, List<String>> holders = new HashMap<>();
        for (Former one : former) {
            for (IpPrefix prefix : one.prefixes()) {
                List<String> found = jdbc.query(
                        "select s.acct_session_id, s.nas_name, text(a.prefix) from (select * from session_address where "
                                + PrefixMatch.CONDITION + ") a join session s on s.id = a.session_id where" + LIVE,
                        (row, number) -> "Session "
                                + Octets.of(row.getBytes(1)).display() + " on " + row.getString(2) + " holds "
                                + row.getString(3) + ".",
                        PrefixMatch.parameters(prefix).toArray());
                if (!found.isEmpty()) {
                    holders.computeIfAbsent(one.serviceId(), id -> new ArrayList<>())
                            .addAll(found);
                }
            }
        }
        return holders;
    }
}
