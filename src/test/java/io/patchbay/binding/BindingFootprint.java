package io.patchbay.binding;

import io.patchbay.ledger.Credential;
import io.patchbay.ledger.ServiceState;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;

/**
 * What a binding of the benchmark's population takes, and what a look-up costs: {@code java -Xmx4g -cp
 * target/classes:target/test-classes:... io.patchbay.binding.BindingFootprint 1000000}. Not a test: it needs a JVM for itself.
 */
public final class BindingFootprint {
    private static volatile Object kept;

    private BindingFootprint() {}

    public static void main(String[] arguments) {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        VlanTags[] vlans = new VlanTags[VlanTags.HIGHEST + 1];
        for (int s = 1; s <= VlanTags.HIGHEST; s++) {
            vlans[s] = new VlanTags(s, 0);
        }
        long before = used();
        BindingIndex index = new BindingIndex();
        BindingIndex.Filling filling = index.startFilling(count);
        long start = cpu();
        for (int i = 0; i < count; i++) {
            filling.add(binding(i, vlans[100 + i % 3900]), i);
        }
        index.replaceAll(Given.directory(), filling);
        double seconds = (cpu() - start) / 1e9;
        kept = index;
        System.out.printf(
                "%,d bindings: %d bytes each, filled in %.1f s%n", index.size(), (used() - before) / count, seconds);
        for (int round = 0; round < 5; round++) {
            lookups(index, count);
        }
    }

    private static void lookups(BindingIndex index, int count) {
        int lookups = 2_000_000;
        int[] order = new Random(1).ints(1024 * 64, 0, count).toArray();
        Octets[] circuits = new Octets[order.length];
        String[] users = new String[order.length];
        for (int i = 0; i < order.length; i++) {
            circuits[i] = Octets.ofText(circuit(order[i]));
            users[i] = "user%08d".formatted(order[i]);
        }
        int found = 0;
        long start = cpu();
        for (int i = 0; i < lookups; i++) {
            found += index.byUser(1, users[i & 0xffff]) != null ? 1 : 0;
        }
        long byUser = cpu();
        for (int i = 0; i < lookups; i++) {
            found += index.byIdentifier(IdentifierKind.CIRCUIT_ID, circuits[i & 0xffff])
                    .size();
        }
        long byCircuit = cpu();
        for (int i = 0; i < lookups; i++) {
            found +=
                    Given.TEMPLATES.canonicalKey("tr-101", circuits[i & 0xffff]).length();
        }
        long canonical = cpu();
        System.out.printf(
                "by user %d ns, by circuit-id %d ns, canonical key %d ns (%d)%n",
                (byUser - start) / lookups, (byCircuit - byUser) / lookups, (canonical - byCircuit) / lookups, found);
    }

    private static String circuit(int i) {
        int olt = i / 4000;
        return "bng01 eth 0/%02d/%02d:%04d".formatted(i / 400_000 % 100, olt % 100, i % 4000);
    }

    private static Binding binding(int i, VlanTags vlans) {
        Octets circuit = Octets.ofText(circuit(i));
        return new Binding(
                i + 1,
                i + 1,
                1,
                "user%08d".formatted(i),
                new Credential(Credential.Scheme.CLEARTEXT, Octets.ofText("pw-%08d".formatted(i))),
                "internet",
                ServiceState.ACTIVE,
                0,
                null,
                Given.PLAN,
                i + 1,
                Given.OLT1.id(),
                List.of(
                        new LineIdentifier(Given.OLT1.id(), IdentifierKind.CIRCUIT_ID, circuit),
                        new LineIdentifier(
                                Given.OLT1.id(), IdentifierKind.REMOTE_ID, Octets.ofText("R%08d".formatted(i))),
                        new LineIdentifier(Given.OLT1.id(), IdentifierKind.MAC, Octets.ofHex("0200%08x".formatted(i)))),
                Given.TEMPLATES.canonicalKey("tr-101", circuit),
                vlans,
                false,
                new IpPrefix(false, 0, 0x0a400000L + i, 32),
                List.of(),
                new IpPrefix(true, 0x20010db8_00000000L + i, 0, 64),
                null,
                new IpPrefix(true, 0x20010db9_00000000L + ((long) i << 8), 0, 56),
                List.of(),
                86_400,
                true,
                true);
    }

    /** Of this thread, in nanoseconds: what others do on the machine does not count. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
