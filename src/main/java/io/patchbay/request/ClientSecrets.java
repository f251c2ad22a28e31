package io.patchbay.request;

import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.radius.SharedSecret;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The clients' secrets prepared for use on packets, once for each. A plain map: it is read for every request, and a cache
 * that keeps statistics of its readers costs each of them more than it would ever save.
 */
public final class ClientSecrets {
    /** More than there are clients; reached only by rotations without end. */
    private static final int MOST = 100_000;

    private final Map<NasSecret, SharedSecret> prepared = new ConcurrentHashMap<>();

    public SharedSecret of(NasSecret secret) {
        SharedSecret known = prepared.get(secret);
        return known == null ? prepare(secret) : known;
    }

    /** The first of the client's live secrets under which a packet proves true; null when it does under none. */
    public NasSecret proven(NasClient nas, Predicate<SharedSecret> proof) {
        for (NasSecret candidate : nas.secrets()) {
            if (proof.test(of(candidate))) {
                return candidate;
            }
        }
        return null;
    }

    private SharedSecret prepare(NasSecret secret) {
        if (prepared.size() >= MOST) {
            prepared.clear();
        }
        return prepared.computeIfAbsent(secret, added -> new SharedSecret(added.value()));
    }
}
