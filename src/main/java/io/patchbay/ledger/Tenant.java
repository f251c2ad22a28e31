package io.patchbay.ledger;

import java.util.List;

/**
 * Whose subscribers they are, and how their user names are read.
 *
 * @param realms what may follow the {@code @} of its subscribers' user names, lower case
 * @param stripRealm whether the realm is taken off before the user is looked up
 * @param foldCase whether user names are compared without regard to case
 */
public record Tenant(long id, String name, List<String> realms, boolean stripRealm, boolean foldCase) {}
