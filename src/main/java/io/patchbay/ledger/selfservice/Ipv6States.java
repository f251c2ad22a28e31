package io.patchbay.ledger.selfservice;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far the services of a subscriber have come with IPv6. */
public final class Ipv6States {
    private final JdbcTemplate jdbc;

    public Ipv6States(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** By service: a state of the IPv6 lifecycle. One that was never asked for any is not in it. */
    public Map<Long, String> ofSubscriber(long subscriberId) {
        Map<Long, String> states = new HashMap<>();
        jdbc.query(
                "select s.id, i.state from service_ipv6 i join service s on s.id = i.service_id where s.subscriber_id = ?",
                row -> {
                    states.put(row.getLong(1), row.getString(2));
                },
                subscriberId);
        return states;
    }
}
