package io.patchbay.netbox;

/**
 * What makes a resource in NetBox taken once however often it is asked for: one key, one object of each type. It is stored in
 * the custom field that {@link CustomFields#key} names.
 *
 * @param text 1 to 200 letters, digits and {@code - _ . : /}; case counts
 */
public record ClaimKey(String text) {
    public static final int MAXIMUM_LENGTH = 200;

    public ClaimKey {
        if (text == null || !text.matches("[A-Za-z0-9._:/-]{1," + MAXIMUM_LENGTH + "}")) {
            throw new IllegalArgumentException("'" + text + "' cannot be the key of a claim; it takes 1 to "
                    + MAXIMUM_LENGTH + " letters, digits and - _ . : /");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
