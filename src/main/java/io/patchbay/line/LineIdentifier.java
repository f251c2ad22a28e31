package io.patchbay.line;

import io.patchbay.wire.Octets;

/**
 * One name of a line.
 *
 * @param accessNodeId the scope in which the name is unique: many circuit-ids repeat from one access node to the next
 * @param value exact bytes, 1 to 255 of them
 */
public record LineIdentifier(long accessNodeId, IdentifierKind kind, Octets value) {}
