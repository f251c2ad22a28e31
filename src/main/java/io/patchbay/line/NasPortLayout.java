package io.patchbay.line;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the VLAN tags lie in the 32 bits of a NAS-Port (RFC 2865 section 5.5), whose layout each vendor chooses.
 *
 * @param sShift how far the outer tag lies above the lowest bit, and how many bits it has; likewise the inner one, which
 *     has no bits when the layout does not hold it
 */
record NasPortLayout(int sShift, int sBits, int cShift, int cBits) {
    private static final Pattern FIELD = Pattern.compile("\\{([a-z0-9_]+):(\\d{1,2})}");

    /** @throws IllegalArgumentException with a sentence, when {@code text} is no layout of 32 bits */
    static NasPortLayout compile(String text) {
        Matcher field = FIELD.matcher(text);
        int below = Integer.SIZE;
        int at = 0;
        NasPortLayout layout = new NasPortLayout(0, 0, 0, 0);
        while (field.find() && field.start() == at) {
            at = field.end();
            int bits = Integer.parseInt(field.group(2));
            below -= bits;
            layout = switch (field.group(1)) {
                case "s_vlan" -> new NasPortLayout(below, bits, layout.cShift, layout.cBits);
                case "c_vlan" -> new NasPortLayout(layout.sShift, layout.sBits, below, bits);
                default -> layout;
            };
        }
        if (at != text.length()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no NAS-Port layout; write fields of so many bits, like {slot:8}{s_vlan:12}{c_vlan:12}");
        }
        if (below != 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' names " + (Integer.SIZE - below) + " bits; a NAS-Port has 32");
        }
        if (layout.sBits == 0 || layout.sBits > 12 || layout.cBits > 12) {
            throw new IllegalArgumentException(
                    "'" + text + "' needs an s_vlan of 1 to 12 bits, and a c_vlan of at most 12");
        }
        return layout;
    }

    /** The tags in {@code nasPort}; null when they are no VLANs. */
    VlanTags vlans(long nasPort) {
        int sVlan = (int) (nasPort >>> sShift) & ((1 << sBits) - 1);
        int cVlan = (int) (nasPort >>> cShift) & ((1 << cBits) - 1);
        return sVlan < 1 || sVlan > VlanTags.HIGHEST || cVlan > VlanTags.HIGHEST ? null : new VlanTags(sVlan, cVlan);
    }
}
