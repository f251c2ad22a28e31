package io.patchbay.ledger.ipv6;

import io.patchbay.ledger.Words;
import java.util.EnumSet;
import java.util.Set;

/** How far a service has come with IPv6. Which state follows which stands here, and once more in the database (V34_1). */
public enum Ipv6State {
    /** Wanted, and nothing allocated yet: the hub goes on by itself. */
    PENDING,
    /** It has what its mode needs, and the replies give it; no session was seen with it yet. */
    ALLOCATED,
    /** A session was seen that holds it. */
    ACTIVE,
    /** It keeps what it has, and the replies do not give it. */
    SUSPENDED,
    /** Taken away, and not yet let go by everybody who was told of it: nobody else gets it before that. */
    REVOKING,
    /** It has nothing. What it had cools down, and comes back to it when it is enabled before somebody else got it. */
    REVOKED,
    /** What it needs could not be had; a retry tries again. */
    FAILED;

    /** Whether {@code next} may follow this. No state follows itself. */
    public boolean mayBecome(Ipv6State next) {
        return followers().contains(next);
    }

    /** What may follow. */
    Set<Ipv6State> followers() {
        return switch (this) {
            case PENDING -> EnumSet.of(ALLOCATED, FAILED, REVOKING);
            // Back to pending: NetBox is to choose other prefixes. Back to allocated: others have not been seen in use
            // yet.
            case ALLOCATED -> EnumSet.of(PENDING, ACTIVE, SUSPENDED, REVOKING);
            case ACTIVE -> EnumSet.of(PENDING, ALLOCATED, SUSPENDED, REVOKING);
            case SUSPENDED -> EnumSet.of(ALLOCATED, REVOKING);
            case REVOKING -> EnumSet.of(REVOKED);
            case REVOKED -> EnumSet.of(PENDING);
            case FAILED -> EnumSet.of(PENDING, REVOKING);
        };
    }

    /** Whether the replies give IPv6. */
    public boolean isAnswered() {
        return switch (this) {
            case ALLOCATED, ACTIVE -> true;
            case PENDING, SUSPENDED, REVOKING, REVOKED, FAILED -> false;
        };
    }

    public String word() {
        return Words.of(this);
    }
}
