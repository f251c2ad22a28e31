package io.patchbay.ledger.ipv6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.database.TestDatabase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** All 49 pairs of states, in Java and in the database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ipv6StateTest {
    /** Row: from; column: to; in the order pending, allocated, active, suspended, revoking, revoked, failed. */
    private static final List<String> TABLE = List.of(
            ".x..x.x", // pending
            "x.xxx..", // allocated
            "xx.xx..", // active
            ".x..x..", // suspended
            ".....x.", // revoking
            "x......", // revoked
            "x...x.."); // failed

    private JdbcTemplate jdbc;
    private long service;

    record Pair(Ipv6State from, Ipv6State to) {}

    static List<Pair> pairs() {
        return Arrays.stream(Ipv6State.values())
                .flatMap(from -> Arrays.stream(Ipv6State.values()).map(to -> new Pair(from, to)))
                .toList();
    }

    @BeforeAll
    void aService() {
        jdbc = new JdbcTemplate(TestDatabase.fresh());
        long subscriber = jdbc.queryForObject(
                "insert into subscriber (tenant_id, external_id) select id, 'alice' from tenant returning id",
                Long.class);
        service = jdbc.queryForObject(
                "insert into service (subscriber_id, tenant_id, plan_id) select ?, p.tenant_id, p.id from plan p returning id",
                Long.class,
                subscriber);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void onlyWhatTheTableSaysFollows(Pair pair) {
        boolean may = TABLE.get(pair.from().ordinal()).charAt(pair.to().ordinal()) == 'x';
        assertThat(pair.from().mayBecome(pair.to())).isEqualTo(may);
        put(pair.from());
        Runnable change = () -> jdbc.update(
                "update service_ipv6 set state = ? where service_id = ?",
                pair.to().word(),
                service);
        if (may || pair.from() == pair.to()) {
            assertThatCode(change::run).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(change::run)
                    .isInstanceOf(DataIntegrityViolationException.class)
                    .hasMessageContaining("is " + pair.from().word() + ", which does not become "
                            + pair.to().word());
        }
    }

    @ParameterizedTest
    @EnumSource(Ipv6State.class)
    void aServiceBeginsAsPending(Ipv6State state) {
        jdbc.update("delete from service_ipv6");
        Runnable insert = () -> jdbc.update(
                "insert into service_ipv6 (service_id, mode, state) values (?, 'pd', ?)", service, state.word());
        if (state == Ipv6State.PENDING) {
            assertThatCode(insert::run).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(insert::run).hasMessageContaining("begins as pending");
        }
    }

    @Test
    void everyStateCanBeReachedAndLeft() {
        for (Ipv6State state : Ipv6State.values()) {
            assertThat(state.followers()).isNotEmpty().doesNotContain(state);
            assertThat(Arrays.stream(Ipv6State.values()).filter(from -> from.mayBecome(state)))
                    .isNotEmpty();
        }
    }

    /** Without the trigger: every pair is tried from its state, reachable in one step or not. */
    private void put(Ipv6State state) {
        jdbc.update("delete from service_ipv6");
        jdbc.execute("alter table service_ipv6 disable trigger service_ipv6_changes");
        jdbc.update("insert into service_ipv6 (service_id, mode, state) values (?, 'pd', ?)", service, state.word());
        jdbc.execute("alter table service_ipv6 enable trigger service_ipv6_changes");
    }
}
