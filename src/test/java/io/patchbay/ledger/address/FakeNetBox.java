package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Chooses from a list, and keeps what it gave with the claim's key. Told to, it is away, before or after having chosen. */
final class FakeNetBox implements AddressAuthority {
    /** What it has, by prefix; each with the key under which it was given. */
    final Map<String, UUID> given = new TreeMap<>();

    final List<String> free = new ArrayList<>();
    boolean isAway;
    boolean breaksOffAfterChoosing;

    @Override
    public synchronized Allocation allocate(AddressPool pool, AddressClaim claim) {
        requireNoTransaction();
        if (isAway) {
            return new Allocation.Away("the fake is told to be away.");
        }
        Map<UUID, String> byKey = new HashMap<>();
        given.forEach((prefix, key) -> byKey.put(key, prefix));
        String prefix = byKey.get(claim.key());
        if (prefix == null
                && claim.wanted() != null
                && !free.contains(claim.wanted().toString())) {
            return new Allocation.Conflict(claim.wanted() + " is the router's in NetBox.");
        }
        if (prefix == null && free.isEmpty()) {
            return new Allocation.Exhausted();
        }
        if (prefix == null) {
            prefix = claim.wanted() == null ? free.getFirst() : claim.wanted().toString();
            free.remove(prefix);
            given.put(prefix, claim.key());
        }
        if (breaksOffAfterChoosing) {
            throw new IllegalStateException("The fake breaks off.");
        }
        return new Allocation.Given(IpPrefix.parse(prefix));
    }

    @Override
    public synchronized LettingGo withdraw(AddressPool pool, UUID key) {
        requireNoTransaction();
        if (isAway) {
            return new LettingGo.Away("the fake is told to be away.");
        }
        List<String> ofKey = given.keySet().stream()
                .filter(prefix -> given.get(prefix).equals(key))
                .toList();
        ofKey.forEach(this::letGo);
        return new LettingGo.Gone();
    }

    @Override
    public synchronized LettingGo release(AddressPool pool, IpPrefix prefix) {
        requireNoTransaction();
        if (isAway) {
            return new LettingGo.Away("the fake is told to be away.");
        }
        letGo(prefix.toString());
        return new LettingGo.Gone();
    }

    private void letGo(String prefix) {
        if (given.remove(prefix) != null) {
            free.add(prefix);
        }
    }

    private static void requireNoTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new AssertionError("NetBox was called within a transaction");
        }
    }
}
