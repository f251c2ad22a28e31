package io.patchbay.ledger.ipv6;

import static io.patchbay.ledger.address.AddressKind.IPV6_DELEGATED_PREFIX;
import static io.patchbay.ledger.address.AddressKind.IPV6_WAN_ADDRESS;
import static io.patchbay.ledger.address.AddressKind.IPV6_WAN_PREFIX;
import static io.patchbay.ledger.ipv6.Ipv6World.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.binding.Binding;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.BindingLoader;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LedgerException;
import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.NasObservations;
import io.patchbay.ledger.PoolExhausted;
import io.patchbay.ledger.UnreadableSecrets;
import io.patchbay.ledger.address.PoolAuthority;
import io.patchbay.vault.MasterKeys;
import io.patchbay.vault.Vault;
import io.patchbay.wire.IpPrefix;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is asked in whatever order: an oracle says which state must come, no prefix is two services', nothing of what is
 * taken is in a reply, nobody gets what another may still use, and the history tells all of it.
 */
class Ipv6SequencesTest {
    private static final int STEPS = 200;
    private static final int SERVICES = 5;

    @TempDir
    Path folder;

    private final Ipv6World world = new Ipv6World();
    private final List<Long> services = new ArrayList<>();
    /** What the oracle believes; no entry: never asked. */
    private final Map<Long, Ipv6State> states = new HashMap<>();
    /** Whose every prefix ever was, by prefix, while nobody else may get it. */
    private final Map<String, Long> keptFor = new HashMap<>();

    private BindingIndex index;
    private ChangeFeed feed;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anySequenceKeepsItsPromises(long seed) {
        Random random = new Random(seed);
        given();
        for (int step = 0; step < STEPS; step++) {
            long service = services.get(random.nextInt(SERVICES));
            String what = act(random, service);
            assertThat(world.state(service))
                    .as("step %d of seed %d: %s", step, seed, what)
                    .isEqualTo(states.get(service));
            check(what + ", step " + step + " of seed " + seed);
        }
        services.forEach(this::assertHistory);
        assertIndexEqualsLedger();
    }

    /** Pools that are too small for everybody. */
    private void given() {
        long wan = world.pool(IPV6_WAN_PREFIX, 64, Duration.ZERO, PoolAuthority.LOCAL, "2001:db8:a::/62");
        long addresses =
                world.pool(IPV6_WAN_ADDRESS, 128, Duration.ofHours(1), PoolAuthority.LOCAL, "2001:db8:b::/126");
        long delegated =
                world.pool(IPV6_DELEGATED_PREFIX, 56, Duration.ofHours(1), PoolAuthority.LOCAL, "2001:db8:c::/54");
        world.plan(wan, delegated);
        stateful = addresses;
        for (int i = 0; i < SERVICES; i++) {
            services.add(world.service());
        }
        Vault vault = new Vault(MasterKeys.loadOrCreate(folder.resolve("master.key")));
        BindingLoader loader = new BindingLoader(
                world.jdbc, vault, new UnreadableSecrets(), new NasObservations(world.jdbc, Clock.systemUTC()));
        index = new BindingIndex();
        feed = new ChangeFeed(loader, loader, index, () -> {});
        feed.loadAll();
    }

    private long stateful;

    private String act(Random random, long service) {
        Ipv6State before = states.get(service);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                Ipv6Mode mode = Ipv6Mode.values()[random.nextInt(Ipv6Mode.values().length)];
                enable(service, mode, before);
                yield "enable " + mode;
            }
            case 3 -> {
                expect(
                        service,
                        () -> world.lifecycle.suspend(service, ALICE),
                        Ipv6State.SUSPENDED,
                        Ipv6State.SUSPENDED);
                yield "suspend";
            }
            case 4 -> {
                boolean works = before == Ipv6State.ALLOCATED || before == Ipv6State.ACTIVE;
                attempt(
                        service,
                        () -> world.lifecycle.resume(service, ALICE),
                        works ? before : before == Ipv6State.SUSPENDED ? Ipv6State.ALLOCATED : null);
                yield "resume";
            }
            case 5 -> {
                renumber(service, before);
                yield "renumber";
            }
            case 6 -> {
                expect(service, () -> world.lifecycle.revoke(service, ALICE), Ipv6State.REVOKING, Ipv6State.REVOKED);
                yield "revoke";
            }
            case 7 -> {
                retry(service, before);
                yield "retry";
            }
            case 8 -> {
                activate(service, before);
                yield "use";
            }
            default -> letGo(random);
        };
    }

    private void enable(long service, Ipv6Mode mode, Ipv6State before) {
        Ipv6Wish wish = new Ipv6Wish(mode, mode == Ipv6Mode.STATEFUL ? stateful : null, null, null, null);
        Supplier<Ipv6State> enable = () -> world.lifecycle.enable(service, wish, ALICE);
        if (mode == Ipv6Mode.NONE) {
            attempt(
                    service,
                    enable,
                    before == null || before == Ipv6State.REVOKED ? before : Ipv6State.REVOKING,
                    before == null);
            return;
        }
        Set<Ipv6State> possible = before == null
                ? EnumSet.of(Ipv6State.ALLOCATED, Ipv6State.FAILED)
                : switch (before) {
                    case PENDING, REVOKED, FAILED -> EnumSet.of(Ipv6State.ALLOCATED, Ipv6State.FAILED);
                    case ALLOCATED, SUSPENDED -> EnumSet.of(before);
                    case ACTIVE -> EnumSet.of(Ipv6State.ACTIVE, Ipv6State.ALLOCATED);
                    case REVOKING -> EnumSet.noneOf(Ipv6State.class);
                };
        Set<String> had = new HashSet<>(world.prefixes(service));
        try {
            Ipv6State after = enable.get();
            assertThat(possible).contains(after);
            if (before == Ipv6State.ACTIVE) {
                boolean isNew = !had.containsAll(world.prefixes(service));
                assertThat(after).isEqualTo(isNew ? Ipv6State.ALLOCATED : Ipv6State.ACTIVE);
            }
            states.put(service, after);
            boolean hasAll = mode.needs().size()
                    == world.reader.ofService(service).assigned().stream()
                            .filter(one -> mode.needs().contains(one.kind()))
                            .count();
            assertThat(hasAll).as("all or nothing new").isEqualTo(after != Ipv6State.FAILED);
        } catch (PoolExhausted none) {
            assertThat(before).isIn(Ipv6State.ALLOCATED, Ipv6State.ACTIVE, Ipv6State.SUSPENDED);
            assertThat(world.prefixes(service)).as("nothing changed").containsExactlyInAnyOrderElementsOf(had);
        } catch (LedgerConflict refused) {
            assertThat(before).isEqualTo(Ipv6State.REVOKING);
        }
    }

    private void renumber(long service, Ipv6State before) {
        List<String> had = world.prefixes(service);
        try {
            Ipv6State after = world.lifecycle.renumber(service, ALICE);
            assertThat(before).isIn(Ipv6State.ALLOCATED, Ipv6State.ACTIVE, Ipv6State.SUSPENDED);
            assertThat(after).isEqualTo(before == Ipv6State.ACTIVE ? Ipv6State.ALLOCATED : before);
            states.put(service, after);
            List<AssignedPrefix> now = world.reader.ofService(service).assigned();
            Ipv6Mode mode = world.reader.ofService(service).mode();
            assertThat(now)
                    .hasSameSizeAs(had)
                    .filteredOn(one -> mode.needs().contains(one.kind()))
                    .isNotEmpty()
                    .noneMatch(one -> had.stream().map(IpPrefix::parse).toList().contains(one.prefix()));
        } catch (PoolExhausted | LedgerConflict refused) {
            assertThat(world.prefixes(service)).isEqualTo(had);
        }
    }

    private void retry(long service, Ipv6State before) {
        try {
            Ipv6State after = world.lifecycle.retry(service, ALICE);
            assertThat(before).isEqualTo(Ipv6State.FAILED);
            assertThat(after).isIn(Ipv6State.ALLOCATED, Ipv6State.FAILED);
            states.put(service, after);
        } catch (LedgerConflict refused) {
            assertThat(before).isNotEqualTo(Ipv6State.FAILED);
        } catch (LedgerInvalid withoutPool) {
            assertThat(before).isEqualTo(Ipv6State.FAILED);
        }
    }

    private void activate(long service, Ipv6State before) {
        world.inUse.clear();
        world.inUse.put(
                service, world.prefixes(service).stream().map(IpPrefix::parse).toList());
        world.sweep.activateSeen();
        if (before == Ipv6State.ALLOCATED && !world.prefixes(service).isEmpty()) {
            states.put(service, Ipv6State.ACTIVE);
        }
    }

    /** Everybody but a few lets go; and time passes for what only waits for time. */
    private String letGo(Random random) {
        world.holding.clear();
        services.stream()
                .filter(one -> random.nextBoolean())
                .forEach(one -> world.holding.put(one, List.of("A session holds it.")));
        world.sweep.finishRevoked();
        services.stream()
                .filter(one -> states.get(one) == Ipv6State.REVOKING && !world.holding.containsKey(one))
                .forEach(one -> states.put(one, Ipv6State.REVOKED));
        if (random.nextInt(3) == 0) {
            world.jdbc.update("update address_hold set until = now() where until is not null");
            world.space.sweeps().releaseDue();
        }
        return "let go";
    }

    /** Possible from allocated, active and what it results in; {@code kept} stays what it is too. */
    private void expect(long service, Supplier<Ipv6State> action, Ipv6State result, Ipv6State kept) {
        Ipv6State before = states.get(service);
        boolean possible = before != null && (before.mayBecome(result) || before == result);
        attempt(service, action, possible ? result : before == kept ? kept : null);
    }

    private void attempt(long service, Supplier<Ipv6State> action, Ipv6State expected) {
        attempt(service, action, expected, false);
    }

    /** @param expected null: it is refused, unless {@code isNothing} */
    private void attempt(long service, Supplier<Ipv6State> action, Ipv6State expected, boolean isNothing) {
        try {
            Ipv6State after = action.get();
            assertThat(after).isEqualTo(expected);
            assertThat(after != null || isNothing).isTrue();
            if (after != null) {
                states.put(service, after);
            }
        } catch (LedgerException refused) {
            assertThat(expected).as(refused.getMessage()).isNull();
        }
    }

    private void check(String when) {
        assertThat(world.jdbc.queryForList(
                        "select text(a.prefix) from service_prefix a join service_prefix b on a.prefix && b.prefix"
                                + " and a.service_id <> b.service_id",
                        String.class))
                .as(when)
                .isEmpty();
        assertThat(world.jdbc.queryForList(
                        "select text(a.prefix) from service_prefix a join address_hold h on a.prefix && h.prefix",
                        String.class))
                .as(when)
                .isEmpty();
        Map<String, Long> now = new HashMap<>();
        world.jdbc.query(
                "select text(prefix), service_id from service_prefix union all"
                        + " select text(prefix), service_id from address_hold",
                row -> {
                    now.put(row.getString(1), row.getLong(2));
                });
        now.forEach((prefix, owner) -> assertThat(keptFor.getOrDefault(prefix, owner))
                .as("%s: %s went straight from one to another", when, prefix)
                .isEqualTo(owner));
        keptFor.clear();
        keptFor.putAll(now);
        feed.catchUp();
        services.forEach(service -> assertReply(service, when));
    }

    private void assertReply(long service, String when) {
        Binding binding = index.byService(service);
        Set<String> given = new HashSet<>();
        Stream.of(binding.ipv6WanPrefix(), binding.ipv6WanAddress(), binding.ipv6DelegatedPrefix())
                .filter(Objects::nonNull)
                .forEach(prefix -> given.add(prefix.toString()));
        Ipv6View view = world.reader.ofService(service);
        boolean isAnswered = view.state() == Ipv6State.ALLOCATED || view.state() == Ipv6State.ACTIVE;
        Set<String> wanted = new HashSet<>();
        view.assigned().stream()
                .filter(one -> isAnswered && view.mode().gives(one.kind()))
                .forEach(one -> wanted.add(one.prefix().toString()));
        assertThat(given).as(when).isEqualTo(wanted);
        if (isAnswered) {
            assertThat(view.assigned().stream().map(AssignedPrefix::kind))
                    .as(when)
                    .containsAll(view.mode().needs());
        }
        view.former().forEach(former -> assertThat(given)
                .as(when)
                .doesNotContain(former.prefix().toString()));
    }

    /** Each change of the state begins where the one before has ended, and all that was assigned once is told. */
    private void assertHistory(long service) {
        String at = "";
        for (String change : world.states(service)) {
            String[] states = change.split(">", -1);
            assertThat(states[0]).isEqualTo(at);
            if (!at.isEmpty()) {
                assertThat(Ipv6State.valueOf(at.toUpperCase()).mayBecome(Ipv6State.valueOf(states[1].toUpperCase())))
                        .as(change)
                        .isTrue();
            }
            at = states[1];
        }
        assertThat(at)
                .isEqualTo(
                        states.get(service) == null ? "" : states.get(service).word());
        String told =
                "select count(*) from event, jsonb_each_text(detail -> '%s') each where service_id = %d and key like 'ipv6-%%'";
        long given = world.id(told.formatted("after", service));
        long taken = world.id(told.formatted("before", service));
        assertThat(given - taken).isEqualTo(world.prefixes(service).size());
        assertThat(world.id("select count(*) from address_history where service_id = ?", service))
                .isEqualTo(taken);
    }

    private void assertIndexEqualsLedger() {
        List<Binding> followed = services.stream().map(index::byService).toList();
        feed.loadAll();
        assertThat(services.stream().map(index::byService).toList()).isEqualTo(followed);
    }
}
