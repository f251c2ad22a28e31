package io.patchbay.netbox;

/**
 * What a version of NetBox can do; 4.2 is the oldest that is worked with.
 *
 * @param version as {@code /api/status/} tells it, {@code 4.6.8} or {@code 4.4.10-Docker-3.4.2}
 * @param minor of its numbers the second, 6 of 4.6.8; a later major counts as more than any
 * @param patch of its numbers the third, 8 of 4.6.8
 */
public record Capabilities(String version, int minor, int patch) {
    private static final int OLDEST = 2;
    private static final int LATER_MAJOR = 1_000;

    /** What may be worked with; {@link NetBoxOutcome.Unusable} when it is older than 4.2 or no version. */
    public static NetBoxOutcome<Capabilities> of(String version) {
        String[] numbers = version == null ? new String[0] : version.split("[^0-9]+", 4);
        if (numbers.length < 2 || numbers[0].isEmpty() || numbers[0].length() > 4 || numbers[1].length() > 4) {
            return new NetBoxOutcome.Unusable<>("What answers at patchbay.netbox.url does not say which NetBox it is.");
        }
        int major = Integer.parseInt(numbers[0]);
        int minor = numbers[1].isEmpty() ? 0 : Integer.parseInt(numbers[1]);
        int patch = numbers.length < 3 || !numbers[2].matches("\\d{1,4}") ? 0 : Integer.parseInt(numbers[2]);
        if (major < 4 || (major == 4 && minor < OLDEST)) {
            return new NetBoxOutcome.Unusable<>(
                    "NetBox is " + version + "; the hub works with 4.2 and newer. Upgrade NetBox.");
        }
        return new NetBoxOutcome.Done<>(new Capabilities(version, major > 4 ? LATER_MAJOR : minor, patch));
    }

    /** ETag and If-Match. */
    public boolean etags() {
        return minor >= 6;
    }

    /** Pages by {@code start=<id>} instead of a filter on the id. */
    public boolean cursorPaging() {
        return minor >= 6;
    }

    /** {@code prefix_length} in an allocation of an address, from 4.5.1 on; before, its mask is the parent's. */
    public boolean prefixLengthOfAddresses() {
        return minor > 5 || (minor == 5 && patch >= 1);
    }

    /** Tokens {@code nbt_<key>.<token>}. */
    public boolean tokensOfVersionTwo() {
        return minor >= 5;
    }

    /** A failed list tells the index of each object that is wrong. */
    public boolean errorsByIndex() {
        return minor >= 7;
    }
}
