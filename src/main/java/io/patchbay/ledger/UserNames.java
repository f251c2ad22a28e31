package io.patchbay.ledger;

import java.util.List;
import java.util.Locale;

/**
 * How user names are read: {@code user@realm} or the older form with the realm and a backslash in front, where the realm picks the tenant. Called for every
 * request, so without patterns and with as few copies as can be.
 */
public final class UserNames {
    /** @param name as the ledger's credentials hold it */
    public record Resolved(long tenantId, String name) {}

    private UserNames() {}

    /**
     * Whose subscriber a request's user name means, and by which name. A realm that is no tenant's stays part of the name.
     *
     * @param nasTenantId the tenant whose name it is when no realm says otherwise
     */
    public static Resolved resolve(String rawName, List<Tenant> tenants, long nasTenantId) {
        if (rawName.indexOf('@') > 0) {
            for (Tenant tenant : tenants) {
                int at = suffixRealm(tenant, rawName);
                if (at >= 0) {
                    return new Resolved(tenant.id(), normalise(tenant, rawName, at, -1));
                }
            }
        }
        if (rawName.indexOf('\\') > 0) {
            for (Tenant tenant : tenants) {
                int backslash = prefixRealm(tenant, rawName);
                if (backslash >= 0) {
                    return new Resolved(tenant.id(), normalise(tenant, rawName, -1, backslash));
                }
            }
        }
        for (Tenant tenant : tenants) {
            if (tenant.id() == nasTenantId) {
                return new Resolved(nasTenantId, tenant.foldCase() ? fold(rawName) : rawName);
            }
        }
        return new Resolved(nasTenantId, rawName);
    }

    /**
     * The name by which the tenant's ledger holds a user: without its realm, or as {@code user@realm} whichever way it was
     * written, in lower case, as the tenant's rules say.
     */
    public static String normalise(Tenant tenant, String rawName) {
        int at = suffixRealm(tenant, rawName);
        return normalise(tenant, rawName, at, at < 0 ? prefixRealm(tenant, rawName) : -1);
    }

    private static String normalise(Tenant tenant, String rawName, int at, int backslash) {
        String name = rawName;
        if (at >= 0) {
            String user = rawName.substring(0, at);
            name = tenant.stripRealm() ? user : user + '@' + fold(rawName.substring(at + 1));
        } else if (backslash >= 0) {
            String user = rawName.substring(backslash + 1);
            name = tenant.stripRealm() ? user : user + '@' + fold(rawName.substring(0, backslash));
        }
        return tenant.foldCase() ? fold(name) : name;
    }

    /** Where the {@code @} stands behind which a realm of the tenant follows; -1 when none does. */
    private static int suffixRealm(Tenant tenant, String name) {
        int at = name.lastIndexOf('@');
        return at > 0 && isRealm(tenant, name, at + 1, name.length()) ? at : -1;
    }

    /** Where the backslash stands before which there is a realm of the tenant; -1 when there is none. */
    private static int prefixRealm(Tenant tenant, String name) {
        int backslash = name.indexOf('\\');
        return backslash > 0 && backslash < name.length() - 1 && isRealm(tenant, name, 0, backslash) ? backslash : -1;
    }

    private static boolean isRealm(Tenant tenant, String name, int from, int to) {
        for (String realm : tenant.realms()) {
            if (realm.length() == to - from && name.regionMatches(true, from, realm, 0, realm.length())) {
                return true;
            }
        }
        return false;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
