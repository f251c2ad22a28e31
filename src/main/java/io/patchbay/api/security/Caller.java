package io.patchbay.api.security;

import java.io.Serializable;
import java.security.Principal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who asks: the name of a token and its role. The name is the actor in the events that follow.
 *
 * @param tokenId no two tokens have the same, not even one after the other
 * @param name as the token was named; {@code admin} for the first one
 * @param tenantId whose subscribers it sees and changes; null for every tenant's
 * @param subscriberId of whom alone it may know, one of the tenant's; null for all
 */
public record Caller(long tokenId, String name, Role role, Long tenantId, Long subscriberId)
        implements Principal, Serializable {
    public Caller(long tokenId, String name, Role role) {
        this(tokenId, name, role, null, null);
    }

    @Override
    public String getName() {
        return name;
    }

    /** @throws IllegalStateException when nobody was authenticated: a gate is missing before this call */
    public static Caller current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("Nobody is authenticated here");
    }
}
