package io.patchbay.ledger.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A node that ends at any point of a workflow leaves it so that another one brings it to the same end. The points are not
 * listed here: a run without a crash tells where one may come.
 */
class CrashPointsTest {
    /** Ends the node: nobody catches it. */
    private static final class Crash extends Error {}

    private record Scenario(String name, Function<WorkflowWorld, WorkflowRequest> given) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new Scenario(
                        "activate",
                        world -> new WorkflowRequest(
                                WorkflowKind.ACTIVATE,
                                pending(world),
                                WorkflowWorld.toNewLine("olt-2", "olt-2 eth 2:2"))),
                new Scenario("suspend", world -> new WorkflowRequest(WorkflowKind.SUSPEND, active(world), Wishes.NONE)),
                new Scenario("resume", world -> {
                    long service = active(world);
                    world.done(WorkflowKind.SUSPEND, service, Wishes.NONE);
                    return new WorkflowRequest(WorkflowKind.RESUME, service, Wishes.NONE);
                }),
                new Scenario(
                        "change-plan",
                        world -> new WorkflowRequest(
                                WorkflowKind.CHANGE_PLAN, active(world), WorkflowWorld.toPlan("gold"))),
                new Scenario(
                        "move-line",
                        world -> new WorkflowRequest(
                                WorkflowKind.MOVE_LINE,
                                active(world),
                                WorkflowWorld.toNewLine("olt-2", "olt-2 eth 2:2"))),
                new Scenario(
                        "renumber", world -> new WorkflowRequest(WorkflowKind.RENUMBER, active(world), Wishes.NONE)),
                new Scenario(
                        "terminate", world -> new WorkflowRequest(WorkflowKind.TERMINATE, active(world), Wishes.NONE)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyCrashEndsAsNoCrash(Scenario scenario) {
        List<String> points = new ArrayList<>();
        String end;
        try (WorkflowWorld whole = world()) {
            WorkflowRequest request = scenario.given().apply(whole);
            whole.onReaching(points::add);
            end = run(whole, request);
        }
        assertThat(points).hasSizeGreaterThan(3);
        for (int at = 0; at < points.size(); at++) {
            try (WorkflowWorld crashed = world()) {
                WorkflowRequest same = scenario.given().apply(crashed);
                AtomicInteger crashes = crashAt(crashed, at);
                assertThat(run(crashed, same))
                        .as("%s, crashed at point %d: %s", scenario, at, points.get(at))
                        .isEqualTo(end);
                assertThat(crashes).hasValue(1);
            }
        }
    }

    /** @return the state at the end */
    private static String run(WorkflowWorld world, WorkflowRequest request) {
        try {
            world.workflows.apply(request, null, WorkflowWorld.OPERATOR);
            world.settle();
        } catch (Crash crash) {
            world.settle();
        }
        return state(world, request.serviceId());
    }

    /** Once: another node takes it up again. @return how often it crashed */
    private static AtomicInteger crashAt(WorkflowWorld world, int wanted) {
        AtomicInteger point = new AtomicInteger();
        AtomicInteger crashes = new AtomicInteger();
        world.onReaching(reached -> {
            if (point.getAndIncrement() == wanted) {
                crashes.incrementAndGet();
                throw new Crash();
            }
        });
        return crashes;
    }

    private static WorkflowWorld world() {
        WorkflowWorld world = new WorkflowWorld();
        long home = world.vlanPool("vlans", 100, 10, 19);
        long far = world.vlanPool("far vlans", 200, 20, 29);
        long ipv4 = world.addressPool("ipv4", "ipv4-address", 32, "192.0.2.0/28");
        long goldIpv4 = world.addressPool("gold ipv4", "ipv4-address", 32, "198.51.100.0/28");
        long wan = world.addressPool("wan", "ipv6-wan-prefix", 64, "2001:db8:1::/60");
        long delegated = world.addressPool("delegated", "ipv6-delegated-prefix", 56, "2001:db8:2::/52");
        long goldDelegated = world.addressPool("gold delegated", "ipv6-delegated-prefix", 56, "2001:db8:3::/52");
        world.jdbc.update(
                "update plan set vlan_pool_id = ?, ipv4_address_pool_id = ?, ipv6_wan_pool_id = ?,"
                        + " ipv6_delegated_pool_id = ?, ipv6_mode = 'dual_stack'",
                home,
                ipv4,
                wan,
                delegated);
        world.plan("gold", home, goldIpv4, wan, goldDelegated, "dual_stack");
        world.node("olt-1");
        world.jdbc.update("update access_node set vlan_pool_id = ? where id = ?", far, world.node("olt-2"));
        return world;
    }

    private static long pending(WorkflowWorld world) {
        return world.service("alice", "pending", null);
    }

    private static long active(WorkflowWorld world) {
        long service = pending(world);
        Workflow activated =
                world.done(WorkflowKind.ACTIVATE, service, WorkflowWorld.toNewLine("olt-1", "olt-1 eth 1:1"));
        assertThat(activated.state()).as("%s", activated).isEqualTo("done");
        return service;
    }

    /** All that may be seen of it but times, transactions and ids of lines: a crash leaves a gap in those. */
    private static String state(WorkflowWorld world, long service) {
        return world.text("""
                select jsonb_pretty(jsonb_build_object(
                    'service', (select jsonb_build_object('state', state, 'line', line_id is not null, 'plan', plan_id, 'mode', ipv6_mode)
                                from service where id = s.id),
                    'lines', (select jsonb_agg(onu_serial order by id) from access_line),
                    'names', (select jsonb_agg(encode(value, 'escape') order by value) from line_identifier),
                    'vlan', (select jsonb_agg(array[s_vlan, c_vlan]) from service_vlan),
                    'prefixes', (select jsonb_agg(array[kind, text(prefix)] order by kind) from service_prefix),
                    'ipv6', (select jsonb_agg(array[mode, state]) from service_ipv6),
                    'free', (select jsonb_agg(text(prefix) order by prefix) from address_free),
                    'free vlans', (select jsonb_agg(array[s_vlan, c_first, c_last] order by s_vlan, c_first) from vlan_free),
                    'holds', (select jsonb_agg(array[reason, text(prefix)] order by prefix) from address_hold),
                    'former', (select jsonb_agg(text(prefix) order by prefix) from address_history),
                    'credential', (select count(*) from credential),
                    'workflows', (select jsonb_agg(array[kind, state] order by id) from workflow),
                    'steps', (select jsonb_agg(array[action, state] order by workflow_id, position) from workflow_step),
                    'events', (select jsonb_agg(array[type, actor,
                                   regexp_replace(detail ->> 'after', '"lineId": \\d+', 'a line')] order by seq) from event
                               where type <> 'workflow-changed')))
                from (select ?::bigint as id) s
                """, service);
    }
}
