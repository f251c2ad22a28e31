package io.patchbay.ledger;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose sealed values do not open, because their master key left the file or their bytes were changed. Such a row must not
 * stop everybody's start or feed: it is told of once, counted here, and whoever needs the value does without it.
 */
public final class UnreadableSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableSecrets.class);

    private final Set<String> owners = ConcurrentHashMap.newKeySet();

    /**
     * Notes that a value does not open, and logs it when that is new.
     *
     * @param owner what and whose it is, such as {@code Credential of service 12}
     * @param why a sentence without secrets
     * @param consequence what the hub does about it, a sentence
     */
    public void note(String owner, String why, String consequence) {
        if (owners.add(owner)) {
            LOG.warn("{} cannot be used: {} {}", owner, why, consequence);
        }
    }

    /** Notes that it opens, or is no more. */
    public void forget(String owner) {
        owners.remove(owner);
    }

    /** Likewise of all that begin so but these. */
    void forgetAllBut(String prefix, Set<String> stillUnreadable) {
        owners.removeIf(owner -> owner.startsWith(prefix) && !stillUnreadable.contains(owner));
    }

    public boolean isEmpty() {
        return owners.isEmpty();
    }

    /** How many there are now. */
    public int count() {
        return owners.size();
    }
}
