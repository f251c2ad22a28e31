package io.patchbay.netbox;

/** What NetBox posts to the hub, believed when it bears the signature of {@code patchbay.netbox.webhook-secret}. */
public final class NetBoxWebhook {
    private final String secret;

    NetBoxWebhook(String secret) {
        this.secret = secret;
    }

    /** Whether there is a secret; without one nothing is believed. */
    public boolean isOn() {
        return secret != null && !secret.isEmpty();
    }

    /**
     * Whether NetBox sent this; in constant time.
     *
     * @param body the bytes as they came
     * @param signature the header {@link WebhookSignature#HEADER}, null when there was none
     */
    public boolean isFromNetBox(byte[] body, String signature) {
        return WebhookSignature.verify(body, signature, secret);
    }
}
