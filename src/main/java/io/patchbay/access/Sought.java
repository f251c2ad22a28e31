package io.patchbay.access;

import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.NegativeCache;
import io.patchbay.binding.Resolver;
import io.patchbay.ledger.UserNames;
import io.patchbay.line.IdentifierKind;
import io.patchbay.wire.Octets;

/**
 * What the ledger is asked for when memory knows nobody.
 *
 * @param user null when the request is not to be found by its user name
 * @param line the first identifier that the request reports; null when it is not to be found by its line
 */
record Sought(NegativeCache.Key.User user, NegativeCache.Key.Identifier line) {
    static Sought of(AccessQuestion question, Resolver resolver) {
        UserNames.Resolved name = resolver.user(question);
        NegativeCache.Key.User user = name == null || !isPossible(name.name())
                ? null
                : new NegativeCache.Key.User(name.tenantId(), name.name());
        return new Sought(user, Resolver.mayUseLine(question) ? line(question) : null);
    }

    /** PostgreSQL's text holds no NUL: whoever sends one must not make its queries fail. */
    private static boolean isPossible(String name) {
        return !name.isEmpty() && name.indexOf(0) < 0;
    }

    private static NegativeCache.Key.Identifier line(AccessQuestion question) {
        for (IdentifierKind kind : IdentifierKind.values()) {
            Octets value = question.line().identifier(kind);
            if (value != null && !value.isEmpty()) {
                return new NegativeCache.Key.Identifier(question.nas().id(), kind, value);
            }
        }
        return null;
    }

    /** Whether the ledger said a moment ago that it knows neither. */
    boolean isAbsent(NegativeCache negatives) {
        return (user == null || negatives.isAbsent(user)) && (line == null || negatives.isAbsent(line));
    }

    void remember(NegativeCache negatives, long generation) {
        if (user != null) {
            negatives.putAbsent(user, generation);
        }
        if (line != null) {
            negatives.putAbsent(line, generation);
        }
    }
}
