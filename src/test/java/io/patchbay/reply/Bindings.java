package io.patchbay.reply;

import io.patchbay.binding.Binding;
import io.patchbay.ledger.Plan;
import io.patchbay.ledger.ServiceState;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.IpPrefix;
import java.util.List;
import java.util.stream.Stream;

/** Bindings for tests: bare ones, and ones with exactly what a test names. */
final class Bindings {
    static final Plan NO_PLAN = plan(0, 0, 0, 0, 0, null, null, null, null);

    private Bindings() {}

    static Plan plan(
            int down, int up, int session, int idle, int interim, String v4, String wan, String delegated, String qos) {
        return new Plan(3, 1, "home", down, up, session, idle, interim, null, v4, wan, delegated, qos, 0);
    }

    static Binding with(VlanTags vlans, Plan plan, String... addresses) {
        return with(vlans, plan, 0, addresses);
    }

    /**
     * @param addresses each {@code v4=}, {@code route=}, {@code wan=} (a prefix), {@code address=} (IPv6), {@code pd=} or
     *     {@code route6=} and an address or prefix
     */
    static Binding with(VlanTags vlans, Plan plan, int sessionTimeoutSeconds, String... addresses) {
        return new Binding(
                4711,
                815,
                1,
                "user00000001",
                null,
                "internet",
                ServiceState.ACTIVE,
                0,
                null,
                plan,
                9,
                2,
                List.of(),
                null,
                vlans,
                false,
                one("v4=", addresses),
                all("route=", addresses),
                one("wan=", addresses),
                one("address=", addresses),
                one("pd=", addresses),
                all("route6=", addresses),
                sessionTimeoutSeconds,
                true,
                true);
    }

    private static IpPrefix one(String key, String... addresses) {
        List<IpPrefix> all = all(key, addresses);
        return all.isEmpty() ? null : all.getFirst();
    }

    private static List<IpPrefix> all(String key, String... addresses) {
        return Stream.of(addresses)
                .filter(address -> address.startsWith(key))
                .map(address -> IpPrefix.parse(address.substring(key.length())))
                .toList();
    }
}
