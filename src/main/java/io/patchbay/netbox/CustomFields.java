package io.patchbay.netbox;

/**
 * The names of the hub's custom fields in NetBox, all of them text, on every {@link ObjectType#isClaimable}.
 *
 * @param key unique: the {@link ClaimKey}
 * @param service the service for which the object was taken, for people and for finding what leaked
 * @param subscriber the subscriber of that service
 */
public record CustomFields(String key, String service, String subscriber) {
    public CustomFields {
        require("key", key);
        require("service", service);
        require("subscriber", subscriber);
    }

    private static void require(String setting, String name) {
        if (name == null || !name.matches("[a-z0-9]+(_[a-z0-9]+)*") || name.length() > 50) {
            throw new IllegalArgumentException("patchbay.netbox.custom-fields." + setting + " is '" + name
                    + "'; NetBox takes small letters, digits and single underscores between them, 50 at most.");
        }
    }
}
