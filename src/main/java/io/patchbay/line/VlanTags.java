package io.patchbay.line;

/**
 * The VLAN tags of a line.
 *
 * @param sVlan outer (or only) VLAN, 1 to 4094; 0 when untagged or not reported
 * @param cVlan inner VLAN, 1 to 4094; 0 when single-tagged
 */
public record VlanTags(int sVlan, int cVlan) {
    public static final VlanTags NONE = new VlanTags(0, 0);

    /** The highest VLAN identifier that may be used (IEEE 802.1Q: 4095 is reserved). */
    public static final int HIGHEST = 4094;

    public boolean isPresent() {
        return sVlan != 0;
    }

    /** {@code 501.1001}, {@code 501}, or {@code none}. */
    @Override
    public String toString() {
        return sVlan == 0 ? "none" : cVlan == 0 ? Integer.toString(sVlan) : sVlan + "." + cVlan;
    }
}
