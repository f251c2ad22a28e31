package io.patchbay.api.security;

import java.util.Locale;

/** What a token may do; each role may do what those before it may. */
public enum Role {
    /** Sees and asks for what is one subscriber's own. */
    SUBSCRIBER,
    /** Reads. */
    VIEWER,
    /** Changes subscribers, services and lines. */
    OPERATOR,
    /** Changes who may ask (NAS clients) and who may use the API (tokens), and stops routes in the console. */
    ADMIN;

    /** @throws IllegalArgumentException naming the roles, when {@code word} is none of them */
    public static Role parse(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "'" + word + "' is no role; the roles are subscriber, viewer, operator and admin");
    }

    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As Spring Security names it. */
    String authority() {
        return "ROLE_" + name();
    }
}
