package io.patchbay.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.patchbay.ledger.NasClient.NasSecret;
import io.patchbay.radius.SharedSecret;

/** A client's secrets prepared for use on packets, once for each; forgotten with the client that held them. */
final class ClientSecrets {
    private final LoadingCache<NasSecret, SharedSecret> prepared =
            Caffeine.newBuilder().weakKeys().build(secret -> new SharedSecret(secret.value()));

    SharedSecret of(NasSecret secret) {
        return prepared.get(secret);
    }
}
