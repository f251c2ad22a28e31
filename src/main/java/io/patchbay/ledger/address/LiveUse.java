package io.patchbay.ledger.address;

import io.patchbay.ledger.AddressHolder;
import io.patchbay.ledger.AddressHolderSource;
import io.patchbay.ledger.AddressQuestion;
import io.patchbay.ledger.AssignedAddresses;
import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Whether somebody uses an address just now whom the ledger did not give it: a live session, a lease. */
final class LiveUse {
    private final Supplier<List<AddressHolderSource>> sources;
    private final InstantSource clock;

    /** @param sources everything that knows who holds an address; the ledger's own assignments are passed over */
    LiveUse(Supplier<List<AddressHolderSource>> sources, InstantSource clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /**
     * By whom else, as part of a sentence; empty when by nobody.
     *
     * @param ours the services whose own use is none of another's
     */
    Optional<String> byAnother(IpPrefix prefix, Set<Long> ours) {
        Instant now = clock.instant();
        AddressQuestion question = new AddressQuestion(prefix, null, now, now);
        return sources.get().stream()
                .filter(source -> !(source instanceof AssignedAddresses))
                .flatMap(source -> source.holders(question).stream())
                .filter(holder -> holder.until() == null)
                .filter(holder -> holder.serviceId() == null || !ours.contains(holder.serviceId()))
                .findFirst()
                .map(LiveUse::words);
    }

    private static String words(AddressHolder holder) {
        StringBuilder words = new StringBuilder(holder.prefix());
        words.append(" is in use by ");
        words.append(
                holder.userName() != null
                        ? holder.userName()
                        : holder.serviceId() != null ? "service " + holder.serviceId() : "somebody unknown");
        if (holder.sessionId() != null) {
            words.append(", session ").append(holder.sessionId());
        }
        if (holder.nas() != null) {
            words.append(" at ").append(holder.nas());
        }
        return words.toString();
    }
}
