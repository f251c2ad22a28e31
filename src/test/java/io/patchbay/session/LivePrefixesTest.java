package io.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.TestDatabase;
import io.patchbay.ledger.ipv6.Projections.Former;
import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class LivePrefixesTest {
    private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.fresh());
    private final LivePrefixes live = new LivePrefixes(jdbc);

    @Test
    void whatLiveSessionsHoldIsTheirServices() {
        Instant now = Instant.now();
        session("one", 7)
                .holds("ipv6-prefix", "2001:db8:1::/64")
                .holds("ipv4-address", "192.0.2.1")
                .store(jdbc);
        session("two", 7).holds("ipv6-delegated-prefix", "2001:db8:2::/56").store(jdbc);
        session("over", 8).holds("ipv6-prefix", "2001:db8:3::/64").stopped(now).store(jdbc);
        session("changed", 9)
                .holds("ipv6-prefix", "2001:db8:4::/64", now.minusSeconds(60), now)
                .store(jdbc);
        assertThat(live.ofServices(List.of(7L, 8L, 9L))).containsOnlyKeys(7L).hasEntrySatisfying(7L, held -> assertThat(
                        held)
                .containsExactlyInAnyOrder(IpPrefix.parse("2001:db8:1::/64"), IpPrefix.parse("2001:db8:2::/56")));
    }

    @Test
    void whoeverHoldsAPartOrMoreOfAPrefixHoldsIt() {
        session("exactly", 7).holds("ipv6-delegated-prefix", "2001:db8:2::/56").store(jdbc);
        session("a part", 7).holds("ipv6-address", "2001:db8:3:ff::1").store(jdbc);
        session("more", 8).holds("ipv6-delegated-prefix", "2001:db8:4::/48").store(jdbc);
        session("beside", 9)
                .holds("ipv6-delegated-prefix", "2001:db8:2:100::/56")
                .store(jdbc);
        assertThat(live.holders(List.of(
                        former(7, "2001:db8:2::/56", "2001:db8:3::/56"),
                        former(8, "2001:db8:4::/56"),
                        former(9, "2001:db8:9::/56"))))
                .containsOnlyKeys(7L, 8L)
                .hasEntrySatisfying(7L, sentences -> assertThat(sentences)
                        .containsExactlyInAnyOrder(
                                "Session exactly on bng-1 holds 2001:db8:2::/56.",
                                "Session a part on bng-1 holds 2001:db8:3:ff::1/128."));
    }

    private static GivenSession session(String name, long service) {
        return new GivenSession(name, Instant.now().minusSeconds(60)).of(service, null);
    }

    private static Former former(long service, String... prefixes) {
        return new Former(
                service, List.of(prefixes).stream().map(IpPrefix::parse).toList());
    }
}
