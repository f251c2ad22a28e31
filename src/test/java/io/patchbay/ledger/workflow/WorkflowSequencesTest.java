package io.patchbay.ledger.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.binding.Binding;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.BindingLoader;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.ledger.NasObservations;
import io.patchbay.ledger.UnreadableSecrets;
import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any workflows in any order, over services that want more than there is: an oracle says of each whether it is accepted and what
 * the service is then. Nothing is ever used twice, nothing happens without history, and the index is as the ledger.
 */
class WorkflowSequencesTest {
    private static final int STEPS = 80;

    @TempDir
    Path folder;

    private final WorkflowWorld world = new WorkflowWorld();
    private final Map<Long, Model> models = new TreeMap<>();
    private final List<Long> lines = new ArrayList<>();
    private final Set<String> everAssigned = new HashSet<>();
    private final BindingIndex index = new BindingIndex();
    private Random random;
    private static int failures;

    /** What the oracle knows of a service. */
    private record Model(String state, Long line, String plan, String cpe) {
        Model state(String next) {
            return new Model(next, line, plan, cpe);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {20_261_123, 7, 4_711})
    void anySequenceKeepsTheLedgerWhole(long seed) {
        random = new Random(seed);
        populate();
        BindingLoader loader = loader();
        ChangeFeed feed = new ChangeFeed(loader, loader, index, () -> {});
        feed.loadAll();
        for (int step = 0; step < STEPS; step++) {
            String what = "seed " + seed + ", step " + step + ": " + act();
            world.settle();
            models.forEach(
                    (service, model) -> assertThat(read(service)).as(what).isEqualTo(model));
            assertNothingIsUsedTwice(what);
            remember();
            feed.catchUp();
            assertIndexIsLedger(loader, what);
        }
        assertHistoryIsWhole();
        world.close();
    }

    @AfterAll
    static void thePoolsWereTooSmallForEverybody() {
        assertThat(failures).isPositive();
    }

    private void populate() {
        long vlans = world.vlanPool("vlans", 100, 1, 4);
        long others = world.vlanPool("other vlans", 200, 1, 3);
        long ipv4 = world.addressPool("ipv4", "ipv4-address", 32, "192.0.2.0/32");
        long goldIpv4 = world.addressPool("gold ipv4", "ipv4-address", 32, "198.51.100.0/32");
        long wan = world.addressPool("wan", "ipv6-wan-prefix", 64, "2001:db8:1::/63");
        long delegated = world.addressPool("delegated", "ipv6-delegated-prefix", 56, "2001:db8:2::/53");
        world.jdbc.update(
                "update plan set vlan_pool_id = ?, ipv4_address_pool_id = ?, ipv6_wan_pool_id = ?, ipv6_mode = 'slaac'",
                vlans,
                ipv4,
                wan);
        world.plan("gold", vlans, goldIpv4, wan, delegated, "dual_stack");
        world.plan("plain", null, null, null, null, "none");
        long olt = world.node("olt-1");
        long far = world.node("olt-2");
        world.jdbc.update("update access_node set vlan_pool_id = ? where id = ?", others, far);
        for (int i = 0; i < 5; i++) {
            lines.add(world.line(i < 3 ? olt : far, "line " + i));
        }
        for (int i = 0; i < 6; i++) {
            models.put(world.service("user-" + i, "pending", null), new Model("pending", null, "default", null));
        }
    }

    /** One random request. @return what it was */
    private String act() {
        long service = new ArrayList<>(models.keySet()).get(random.nextInt(models.size()));
        WorkflowKind kind = WorkflowKind.values()[random.nextInt(WorkflowKind.values().length)];
        Model before = models.get(service);
        long line = lines.get(random.nextInt(lines.size()));
        String plan = List.of("default", "gold", "plain").get(random.nextInt(3));
        String cpe = "cpe-" + random.nextInt(3);
        Wishes wishes =
                switch (kind) {
                    case ACTIVATE, MOVE_LINE -> WorkflowWorld.toLine(line);
                    case CHANGE_PLAN -> WorkflowWorld.toPlan(plan);
                    case SWAP_CPE -> new Wishes(null, null, null, cpe, null, null, null, null, null);
                    case SUSPEND, RESUME, RENUMBER, TERMINATE -> Wishes.NONE;
                };
        Model after =
                switch (kind) {
                    case ACTIVATE ->
                        is(before, "pending", "terminated") && isFree(line, service)
                                ? new Model("active", line, before.plan(), before.cpe())
                                : null;
                    case SUSPEND -> is(before, "active") ? before.state("suspended") : null;
                    case RESUME -> is(before, "suspended") ? before.state("active") : null;
                    case CHANGE_PLAN ->
                        is(before, "pending", "active", "suspended")
                                ? new Model(before.state(), before.line(), plan, before.cpe())
                                : null;
                    case MOVE_LINE ->
                        is(before, "pending", "active", "suspended")
                                        && isFree(line, service)
                                        && !Long.valueOf(line).equals(before.line())
                                ? new Model(before.state(), line, before.plan(), before.cpe())
                                : null;
                    case SWAP_CPE ->
                        is(before, "pending", "active", "suspended")
                                ? new Model(before.state(), before.line(), before.plan(), cpe)
                                : null;
                    case RENUMBER -> is(before, "active", "suspended") ? before : null;
                    case TERMINATE ->
                        is(before, "pending", "active", "suspended")
                                ? new Model("terminated", null, before.plan(), before.cpe())
                                : null;
                };
        WorkflowRequest request = new WorkflowRequest(kind, service, wishes);
        String what = request + " of " + before;
        Begun begun =
                world.workflows.apply(request, world.workflows.preview(request).fingerprint(), WorkflowWorld.OPERATOR);
        assertThat(begun instanceof Begun.Started).as(what).isEqualTo(after != null);
        if (!(begun instanceof Begun.Started started)) {
            return what;
        }
        world.settle();
        Workflow ended = world.workflows.get(started.workflow().id());
        if (ended.state().equals("failed")) {
            failures++;
            assertThat(ended.detail()).as(what).isNotBlank();
            world.workflows.rollBack(ended.id(), WorkflowWorld.OPERATOR);
            world.settle();
            assertThat(world.workflows.get(ended.id()).state())
                    .as("%s: %s", what, ended)
                    .isEqualTo("rolled-back");
            return what + ", which failed and was rolled back: " + ended.detail();
        }
        assertThat(ended.state()).as(what).isEqualTo("done");
        models.put(service, after);
        return what;
    }

    private static boolean is(Model model, String... states) {
        return List.of(states).contains(model.state());
    }

    private boolean isFree(long line, long service) {
        return models.entrySet().stream()
                .allMatch(one -> one.getKey() == service
                        || !Long.valueOf(line).equals(one.getValue().line()));
    }

    private Model read(long service) {
        return world.jdbc.queryForObject(
                "select s.state, s.line_id, p.name, s.cpe_id from service s join plan p on p.id = s.plan_id where s.id = ?",
                (row, number) ->
                        new Model(row.getString(1), row.getObject(2, Long.class), row.getString(3), row.getString(4)),
                service);
    }

    private void assertNothingIsUsedTwice(String what) {
        assertThat(world.jdbc.queryForList("""
                        select 'prefix ' || a.prefix || ' and ' || b.prefix from service_prefix a join service_prefix b
                            on a.id < b.id and a.vrf_id = b.vrf_id and a.prefix && b.prefix
                        union all
                        select 'held and assigned ' || h.prefix from address_hold h join service_prefix p on h.prefix && p.prefix
                        union all
                        select 'free and taken ' || f.prefix from address_free f
                            join (select prefix from service_prefix union all select prefix from address_hold) t
                                on f.prefix && t.prefix
                        union all
                        select 'gap in ' || b.prefix from address_block b
                            where 2 ^ (case family(b.prefix) when 4 then 32 else 128 end - masklen(b.prefix)) <> (
                                select sum(2 ^ (case family(p.prefix) when 4 then 32 else 128 end - masklen(p.prefix)))
                                from (select prefix from address_free union all select prefix from address_hold
                                      union all select prefix from service_prefix) p where p.prefix <<= b.prefix)
                        union all
                        select 'VLANs ' || s_vlan || '.' || c_vlan from service_vlan
                            group by vlan_domain_id, s_vlan, c_vlan having count(*) > 1
                        union all
                        select 'VLANs bound and free ' || v.s_vlan || '.' || v.c_vlan from service_vlan v join vlan_free f
                            on f.vlan_domain_id = v.vlan_domain_id and f.s_vlan = v.s_vlan
                               and v.c_vlan between f.c_first and f.c_last
                        union all
                        select 'line ' || line_id from service where state <> 'terminated' and line_id is not null
                            group by line_id having count(*) > 1
                        union all
                        select 'open ' || service_id from workflow where state in ('running', 'waiting')
                        """, String.class)).as(what).isEmpty();
    }

    private void remember() {
        everAssigned.addAll(
                world.jdbc.queryForList("select service_id || ' ' || text(prefix) from service_prefix", String.class));
    }

    /** A fresh load knows nothing of what was there before. */
    private void assertIndexIsLedger(BindingLoader loader, String what) {
        BindingIndex fresh = new BindingIndex();
        loader.loadAll(fresh);
        for (long service : models.keySet()) {
            Binding binding = index.byService(service);
            assertThat(binding).as(what).isEqualTo(fresh.byService(service));
        }
        assertThat(index.size()).isEqualTo(fresh.size());
    }

    private void assertHistoryIsWhole() {
        assertThat(world.jdbc.queryForList(
                        "select service_id || ' ' || text(prefix) from service_prefix"
                                + " union select service_id || ' ' || text(prefix) from address_history",
                        String.class))
                .containsAll(everAssigned);
        assertThat(world.jdbc.queryForList("""
                        with held as (
                            select prefix, service_id, tstzrange(assigned_at, released_at) as time from address_history
                            union all select prefix, service_id, tstzrange(assigned_at, null) from service_prefix)
                        select a.prefix || ' of ' || a.service_id || ' and ' || b.service_id from held a join held b
                            on a.prefix && b.prefix and a.time && b.time and a.service_id < b.service_id
                        """, String.class))
                .as("two at one time")
                .isEmpty();
        models.forEach((service, model) -> assertThat(replayed(service)).isEqualTo(model));
    }

    /** The last word that the events have on each. */
    private Model replayed(long service) {
        return new Model(
                orElse(last(service, "state"), "pending"),
                last(service, "lineId") == null ? null : Long.valueOf(last(service, "lineId")),
                orElse(last(service, "plan"), "default"),
                last(service, "cpeId"));
    }

    private String last(long service, String name) {
        List<String> words = world.jdbc.query(
                "select detail -> 'after' ->> ? from event where service_id = ? and detail -> 'after' ?? ?"
                        + " order by seq desc limit 1",
                (row, number) -> row.getString(1),
                name,
                service,
                name);
        return words.isEmpty() ? null : words.getFirst();
    }

    private static String orElse(String word, String other) {
        return word == null ? other : word;
    }

    private BindingLoader loader() {
        Vault vault = new Vault(MasterKeys.loadOrCreate(folder.resolve("master.key")));
        return new BindingLoader(
                world.jdbc, vault, new UnreadableSecrets(), new NasObservations(world.jdbc, Clock.systemUTC()));
    }
}
