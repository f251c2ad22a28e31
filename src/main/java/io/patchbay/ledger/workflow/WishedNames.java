package io.patchbay.ledger.workflow;

import io.patchbay.ledger.LedgerInvalid;
import io.patchbay.ledger.Words;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.MacAddress;
import io.patchbay.wire.Octets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The names of lines as wishes write them: text, or 0x and hexadecimal; a MAC in any of its notations. */
final class WishedNames {
    private static final int LONGEST = 255;

    private WishedNames() {}

    /** By kind, in hexadecimal. @throws LedgerInvalid naming what cannot be read */
    static Map<String, String> of(Wishes.NewLine line) {
        Map<String, String> names = new TreeMap<>();
        put(names, IdentifierKind.CIRCUIT_ID, octets("circuitId", line.circuitId()));
        put(names, IdentifierKind.REMOTE_ID, octets("remoteId", line.remoteId()));
        put(names, IdentifierKind.NAS_PORT_ID, octets("nasPortId", line.nasPortId()));
        put(names, IdentifierKind.MAC, mac(line.mac()));
        return names;
    }

    /** @return null for null */
    static Octets octets(String field, String text) {
        if (text == null) {
            return null;
        }
        Octets octets;
        try {
            octets = text.startsWith("0x") ? Octets.ofHex(text) : Octets.ofText(text);
        } catch (IllegalArgumentException notHex) {
            throw new LedgerInvalid(field + ": '" + text + "' is not an even run of hexadecimal digits behind 0x.");
        }
        if (octets.isEmpty() || octets.length() > LONGEST) {
            throw new LedgerInvalid(field + " has " + octets.length() + " bytes, not 1 to " + LONGEST + ".");
        }
        return octets;
    }

    /** @return null for null */
    static Octets mac(String text) {
        Octets mac = MacAddress.parse(text);
        if (text != null && mac == null) {
            throw new LedgerInvalid("mac: '" + text + "' is no MAC address of six bytes.");
        }
        return mac;
    }

    static Map<IdentifierKind, Octets> identifiers(Map<String, ?> byKind) {
        Map<IdentifierKind, Octets> identifiers = new LinkedHashMap<>();
        byKind.forEach(
                (kind, hex) -> identifiers.put(Words.parse(IdentifierKind.class, kind), Octets.ofHex(hex.toString())));
        return identifiers;
    }

    /** As an operator reads them. */
    static Map<String, Object> display(Map<String, String> byKind) {
        Map<String, Object> shown = new TreeMap<>();
        byKind.forEach((kind, hex) ->
                shown.put(kind, kind.equals("mac") ? hex : Octets.ofHex(hex).display()));
        return shown;
    }

    private static void put(Map<String, String> names, IdentifierKind kind, Octets value) {
        if (value != null) {
            names.put(Words.of(kind), value.hex());
        }
    }
}
