package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.LedgerFilter;
import io.patchbay.ledger.ServiceFilter;
import io.patchbay.ledger.ServiceState;
import io.patchbay.ledger.Words;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Query parameters with a meaning: bytes as text or as {@code 0x} and hexadecimal, a MAC, an address. */
final class Parameters {
    private static final int MAC_LENGTH = 6;

    private Parameters() {}

    /** @return null when the parameter is absent */
    static Octets octets(ApiRequest request, String name) {
        return request.parameter(name).map(value -> octets(name, value)).orElse(null);
    }

    /** @return null when the parameter is absent */
    static Octets mac(ApiRequest request, String name) {
        return request.parameter(name).map(value -> mac(name, value)).orElse(null);
    }

    /** @return null when the parameter is absent */
    static IpPrefix prefix(ApiRequest request, String name) {
        return request.parameter(name).map(value -> prefix(name, value)).orElse(null);
    }

    /** A point in time as RFC 3339 writes it. @return null when the parameter is absent */
    static Instant instant(ApiRequest request, String name) {
        return request.parameter(name).map(value -> instant(name, value)).orElse(null);
    }

    /** Of the caller's tenant, when it is kept to one. */
    static LedgerFilter ledgerFilter(ApiRequest request) {
        return new LedgerFilter(
                request.parameter("userName").orElse(null),
                octets(request, "circuitId"),
                prefix(request, "address"),
                request.parameter("externalId").orElse(null),
                request.tenantId());
    }

    /** Likewise. */
    static ServiceFilter serviceFilter(ApiRequest request) {
        return new ServiceFilter(
                ledgerFilter(request),
                request.number("subscriberId"),
                request.number("lineId"),
                request.parameter("plan").orElse(null),
                Words.parse(ServiceState.class, request.parameter("state").orElse(null)));
    }

    private static Instant instant(String name, String value) {
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException unreadable) {
            throw ProblemException.badRequest(
                    name + " is '" + value + "'; write it as 2026-12-31T23:59:59Z, a + in a query as %2B");
        }
    }

    /** @throws ProblemException 400 naming the field */
    static IpPrefix prefix(String name, String value) {
        try {
            return IpPrefix.parse(value);
        } catch (IllegalArgumentException notAPrefix) {
            throw ProblemException.badRequest(name + ": " + notAPrefix.getMessage());
        }
    }

    static Octets octets(String name, String value) {
        return value.startsWith("0x") ? hex(name, value) : Octets.ofText(value);
    }

    static Octets mac(String name, String value) {
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

    /** Text, or 0x and hexadecimal, of a body's field. @return null for null */
    static Octets octetsOf(String name, String value) {
        return value == null ? null : octets(name, value);
    }

    /** @return null for null */
    static Octets macOf(String name, String value) {
        return value == null ? null : mac(name, value);
    }
}
