package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ProblemException;
import io.patchbay.wire.Octets;

/** Line identifiers as query parameters: text, or {@code 0x} and hexadecimal; a MAC with or without separators. */
final class Identifiers {
    private static final int MAC_LENGTH = 6;

    private Identifiers() {}

    /** @return null when the parameter is absent */
    static Octets octets(ApiRequest request, String name) {
        return request.parameter(name).map(value -> octets(name, value)).orElse(null);
    }

    /** @return null when the parameter is absent */
    static Octets mac(ApiRequest request, String name) {
        return request.parameter(name).map(value -> mac(name, value)).orElse(null);
    }

    private static Octets octets(String name, String value) {
        return value.startsWith("0x") ? hex(name, value) : Octets.ofText(value);
    }

    private static Octets mac(String name, String value) {
        Octets mac = hex(name, value.replaceAll("[:.-]", ""));
        if (mac.length() != MAC_LENGTH) {
            throw ProblemException.badRequest(name + " is '" + value + "'; a MAC address has six bytes");
        }
        return mac;
    }

    private static Octets hex(String name, String value) {
        try {
            return Octets.ofHex(value);
        } catch (IllegalArgumentException notHex) {
            throw ProblemException.badRequest(
                    name + " is '" + value + "'; that is not an even run of hexadecimal digits");
        }
    }
}
