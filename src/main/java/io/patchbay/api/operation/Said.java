package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ProblemException;
import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a body says, by name; what it does not name stays as it is. The contract has checked types and ranges. */
final class Said {
    /** As the contract names a line's identifiers. */
    private static final Map<String, IdentifierKind> KINDS = Map.of(
            "circuitId", IdentifierKind.CIRCUIT_ID,
            "remoteId", IdentifierKind.REMOTE_ID,
            "nasPortId", IdentifierKind.NAS_PORT_ID,
            "mac", IdentifierKind.MAC);

    private Said() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> of(ApiRequest request) {
        return new LinkedHashMap<>((Map<String, Object>) request.json(Map.class));
    }

    /** @return null when there is none, which is to say that it does not matter */
    static String text(Map<String, Object> said, String name) {
        return (String) said.get(name);
    }

    /**
     * Takes a line's identifiers out of what was said.
     *
     * @return null when nothing was said of them
     */
    static Map<IdentifierKind, Octets> identifiers(Map<String, Object> said) {
        if (!(said.remove("identifiers") instanceof Map<?, ?> named)) {
            return null;
        }
        Map<IdentifierKind, Octets> identifiers = new EnumMap<>(IdentifierKind.class);
        named.forEach((name, value) -> {
            IdentifierKind kind = KINDS.get(name);
            identifiers.put(
                    kind,
                    kind == IdentifierKind.MAC
                            ? Parameters.mac((String) name, (String) value)
                            : Parameters.octets((String) name, (String) value));
        });
        return identifiers;
    }

    /** A date-time of RFC 3339 may name a leap second or an offset that Java does not know; the ledger keeps whole seconds. */
    static void readMoment(Map<String, Object> said, String name) {
        said.computeIfPresent(name, (key, text) -> {
            try {
                return OffsetDateTime.parse((String) text).toInstant().toString();
            } catch (DateTimeException unreadable) {
                throw ProblemException.badRequest(name + " is '" + text + "'; that is no point in time");
            }
        });
    }
}
