package io.patchbay.ledger.ipv6;

import io.patchbay.ledger.ipv6.Projections.Former;
import io.patchbay.wire.IpPrefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who still has something of what is being taken from services, from everything that knows. */
final class Ipv6Holders {
    private static final String TAKEN = """
            select service_id, text(prefix) from address_hold
            where reason = 'revoking' and until is null and service_id = any (?)
            union all
            select p.service_id, text(p.prefix) from service_prefix p join service_ipv6 x on x.service_id = p.service_id
            where x.state = 'revoking' and x.service_id = any (?)
              and p.kind in ('ipv6-wan-prefix', 'ipv6-wan-address', 'ipv6-delegated-prefix')
            """;

    /** What has an end has been let go of already: it waits for NetBox. */
    private static final String SERVICES = """
            select service_id from (
                (select service_id from address_hold
                 where reason = 'revoking' and until is null and service_id > ? order by service_id limit ?)
                union
                (select service_id from service_ipv6
                 where state = 'revoking' and service_id > ? order by service_id limit ?)
            ) taken order by service_id limit ?
            """;

    private final JdbcTemplate jdbc;
    private final Supplier<List<Projections>> projections;

    Ipv6Holders(JdbcTemplate jdbc, Supplier<List<Projections>> projections) {
        this.jdbc = jdbc;
        this.projections = projections;
    }

    /** Services from which something is being taken, by id; they may be gone themselves. */
    List<Long> services(long afterService, int limit) {
        return jdbc.queryForList(SERVICES, Long.class, afterService, limit, afterService, limit, limit);
    }

    /** A sentence for each that still has something, by service; one of which nobody has anything is left out. */
    Map<Long, List<String>> of(Collection<Long> serviceIds) {
        Map<Long, List<IpPrefix>> taken = new HashMap<>();
        serviceIds.forEach(service -> taken.put(service, new ArrayList<>()));
        Long[] services = serviceIds.toArray(Long[]::new);
        jdbc.query(
                TAKEN,
                row -> {
                    taken.get(row.getLong(1)).add(IpPrefix.parse(row.getString(2)));
                },
                services,
                services);
        List<Former> former = taken.entrySet().stream()
                .map(entry -> new Former(entry.getKey(), entry.getValue()))
                .toList();
        Map<Long, List<String>> holders = new HashMap<>();
        for (Projections projection : projections.get()) {
            projection.holders(former).forEach((service, sentences) -> holders.computeIfAbsent(
                            service, any -> new ArrayList<>())
                    .addAll(sentences));
        }
        return holders;
    }
}
