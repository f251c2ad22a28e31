package io.patchbay.event;

/**
 * Who changes something, and why.
 *
 * @param name a token's name, {@code import}, {@code netbox}, the hub's own {@code sweep}
 * @param reason as told by whoever asked (the API's header Change-Reason); null when nothing was told
 */
public record Actor(String name, String reason) {
    /** The hub acting for NetBox, whose value won. */
    public static final Actor NETBOX = named("netbox");

    /** The hub itself, when a time has come. */
    public static final Actor SWEEP = named("sweep");

    public static Actor named(String name) {
        return new Actor(name, null);
    }
}
