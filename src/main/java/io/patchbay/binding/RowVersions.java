package io.patchbay.binding;

import java.util.Arrays;

/**
 * Which version of the ledger's rows each service was loaded from: 12 bytes a slot. For one thread at a time; the periodic
 * comparison with the ledger reads it.
 */
final class RowVersions {
    private long[] services = new long[16];
    private int[] versions = new int[16];
    private int size;

    /** @param serviceId above 0 */
    void put(long serviceId, int version) {
        if ((size + 1) * 4L > services.length * 3L) {
            grow();
        }
        int at = slot(serviceId);
        if (services[at] == 0) {
            services[at] = serviceId;
            size++;
        }
        versions[at] = version;
    }

    void remove(long serviceId) {
        int mask = services.length - 1;
        int gap = slot(serviceId);
        if (services[gap] == 0) {
            return;
        }
        size--;
        for (int at = gap + 1 & mask; services[at] != 0; at = at + 1 & mask) {
            int home = place(services[at], mask);
            if ((at - home & mask) >= (at - gap & mask)) {
                services[gap] = services[at];
                versions[gap] = versions[at];
                gap = at;
            }
        }
        services[gap] = 0;
    }

    /** Whether the service is there in exactly this version. */
    boolean holds(long serviceId, int version) {
        int at = slot(serviceId);
        return services[at] == serviceId && versions[at] == version;
    }

    int size() {
        return size;
    }

    /** Services whose number leaves {@code remainder} when divided by {@code divisor}. */
    long[] services(int divisor, int remainder) {
        return Arrays.stream(services)
                .filter(id -> id != 0 && id % divisor == remainder)
                .toArray();
    }

    /** For each remainder of a division by {@code buckets}: the exclusive or of its services' versions. */
    long[] digests(int buckets) {
        long[] digests = new long[buckets];
        for (int at = 0; at < services.length; at++) {
            if (services[at] != 0) {
                // The upper half counts, so that services of one version do not cancel out unseen.
                int bucket = (int) (services[at] % buckets);
                long count = (digests[bucket] >>> 32) + 1;
                digests[bucket] = count << 32 | ((int) digests[bucket] ^ versions[at]) & 0xffffffffL;
            }
        }
        return digests;
    }

    private void grow() {
        long[] oldServices = services;
        int[] oldVersions = versions;
        services = new long[oldServices.length * 2];
        versions = new int[services.length];
        for (int i = 0; i < oldServices.length; i++) {
            if (oldServices[i] != 0) {
                int at = slot(oldServices[i]);
                services[at] = oldServices[i];
                versions[at] = oldVersions[i];
            }
        }
    }

    private int slot(long serviceId) {
        int mask = services.length - 1;
        int at = place(serviceId, mask);
        while (services[at] != 0 && services[at] != serviceId) {
            at = at + 1 & mask;
        }
        return at;
    }

    private static int place(long serviceId, int mask) {
        int hash = Long.hashCode(serviceId) * 0x9e3779b9;
        return (hash ^ hash >>> 15) & mask;
    }
}
