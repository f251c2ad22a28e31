package io.patchbay.binding;

/** What a NAS's sealed values are bound to in the vault, so that none opens in another's place. */
final class NasSecretContext {
    private NasSecretContext() {}

    static String secret(long nasClientId) {
        return "nas-secret/" + nasClientId;
    }

    static String commonPassword(long nasClientId) {
        return "nas-common-password/" + nasClientId;
    }
}
