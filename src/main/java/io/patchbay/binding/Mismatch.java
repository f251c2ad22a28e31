package io.patchbay.binding;

import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;

/**
 * One thing in which the reported line is not the line of the service.
 *
 * @param kind null when the VLAN tags differ
 * @param expected what the ledger holds; null when it holds none
 * @param seen what the request said; null when it said nothing
 */
public record Mismatch(IdentifierKind kind, Octets expected, Octets seen) {}
