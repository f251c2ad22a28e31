package io.patchbay.ledger.vlan;

import io.patchbay.ledger.LedgerInvalid;

/**
 * S-VLANs, and within each of them C-VLANs; the ends belong to it.
 *
 * @param sFirst 1 to 4094 (IEEE 802.1Q keeps 0 and 4095), likewise {@code sLast}
 * @param cFirst 0 to 4094; C-VLAN 0 stands for no inner tag
 */
public record VlanSpan(int sFirst, int sLast, int cFirst, int cLast) {
    public static final int LAST = 4094;

    /** @throws LedgerInvalid when it is none */
    public VlanSpan {
        if (sFirst < 1 || sLast > LAST || sFirst > sLast) {
            throw new LedgerInvalid("S-VLANs " + sFirst + " to " + sLast + " are no range within 1 to " + LAST + ".");
        }
        if (cFirst < 0 || cLast > LAST || cFirst > cLast) {
            throw new LedgerInvalid("C-VLANs " + cFirst + " to " + cLast + " are no range within 0 to " + LAST + ".");
        }
    }

    /** S-VLANs with all that is in them. */
    public static VlanSpan whole(int sFirst, int sLast) {
        return new VlanSpan(sFirst, sLast, 0, LAST);
    }

    /** S-VLANs without inner tags. */
    public static VlanSpan single(int sFirst, int sLast) {
        return new VlanSpan(sFirst, sLast, 0, 0);
    }

    /** As an operator writes it: {@code 100-199.1-4094}. */
    @Override
    public String toString() {
        return part(sFirst, sLast) + (cLast == 0 ? "" : "." + part(cFirst, cLast));
    }

    private static String part(int first, int last) {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }
}
