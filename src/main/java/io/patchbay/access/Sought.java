package io.patchbay.access;

import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.NegativeCache;
import io.patchbay.binding.Resolver;
import io.patchbay.ledger.UserNames;
import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ledger is asked for when memory knows nobody.
 *
 * @param user null when the request is not to be found by its user name
 * @param line every identifier that the request reports; empty when it is not to be found by its line
 */
record Sought(NegativeCache.Key.User user, List<NegativeCache.Key.Identifier> line) {
    static Sought of(AccessQuestion question, Resolver resolver) {
        UserNames.Resolved name = resolver.user(question);
        NegativeCache.Key.User user = name == null || !isPossible(name.name())
                ? null
                : new NegativeCache.Key.User(name.tenantId(), name.name());
        return new Sought(user, Resolver.mayUseLine(question) ? line(question) : List.of());
    }

    /** PostgreSQL's text holds no NUL: whoever sends one must not make its queries fail. */
    private static boolean isPossible(String name) {
        return !name.isEmpty() && name.indexOf(0) < 0;
    }

    private static List<NegativeCache.Key.Identifier> line(AccessQuestion question) {
        List<NegativeCache.Key.Identifier> reported = new ArrayList<>();
        for (IdentifierKind kind : IdentifierKind.values()) {
            Octets value = question.line().identifier(kind);
            if (value != null && !value.isEmpty()) {
                reported.add(new NegativeCache.Key.Identifier(question.nas().id(), kind, value));
            }
        }
        return reported;
    }

    /** The bytes that the request reports as this identifier; null when it does not. */
    byte[] value(IdentifierKind kind) {
        return line.stream()
                .filter(identifier -> identifier.kind() == kind)
                .map(identifier -> identifier.value().toByteArray())
                .findFirst()
                .orElse(null);
    }

    /** Whether the ledger said a moment ago that it knows none of them. */
    boolean isAbsent(NegativeCache negatives) {
        return (user == null || negatives.isAbsent(user)) && line.stream().allMatch(negatives::isAbsent);
    }

    void remember(NegativeCache negatives, long generation) {
        if (user != null) {
            negatives.putAbsent(user, generation);
        }
        line.forEach(identifier -> negatives.putAbsent(identifier, generation));
    }
}
