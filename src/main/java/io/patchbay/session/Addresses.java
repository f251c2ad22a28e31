package io.patchbay.session;

import io.patchbay.wire.IpPrefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What changes among the addresses of a session when a record names those it holds. */
final class Addresses {
    private Addresses() {}

    /**
     * Each once, and nothing behind the prefix length: PostgreSQL's cidr refuses it.
     *
     * @param named null for none
     */
    static Set<HeldAddress> canonical(List<HeldAddress> named) {
        if (named == null) {
            return new LinkedHashSet<>();
        }
        Set<HeldAddress> canonical = LinkedHashSet.newLinkedHashSet(named.size());
        for (HeldAddress held : named) {
            canonical.add(new HeldAddress(held.kind(), network(held.prefix()), held.portFrom(), held.portTo()));
        }
        return canonical;
    }

    /** One number for the set, in whatever order; never 0, which says that nothing was named yet. */
    static long hash(Set<HeldAddress> held) {
        long sum = 1;
        for (HeldAddress address : held) {
            IpPrefix prefix = address.prefix();
            long hash = address.kind().ordinal() + 1L;
            hash = mixed(hash * 31 + prefix.high());
            hash = mixed(hash * 31 + prefix.low());
            hash = mixed(hash * 31 + prefix.length());
            hash = mixed(hash * 31 + ((long) address.portFrom() << 16 | address.portTo()));
            sum += hash;
        }
        return sum == 0 ? 1 : sum;
    }

    /**
     * Closes those of {@code held} that are not in {@code named}, and opens what is new.
     *
     * @param held those that are held so far
     * @param from since when what is new is held
     * @param until till when what is no longer named was held
     * @return the spans that changed
     */
    static List<AddressSpan> change(List<AddressSpan> held, Set<HeldAddress> named, Instant from, Instant until) {
        List<AddressSpan> changed = new ArrayList<>(named.size());
        Set<HeldAddress> opened = new LinkedHashSet<>(named);
        for (AddressSpan span : held) {
            if (!opened.remove(span.address)) {
                span.until = until;
                changed.add(span);
            }
        }
        for (HeldAddress address : opened) {
            changed.add(new AddressSpan(address, from, false));
        }
        return changed;
    }

    /**
     * What stays although the record does not name it, when it tells of port blocks that came and went: blocks that did not
     * go; and whatever else is held, when it names nothing.
     */
    static Set<HeldAddress> staying(List<AddressSpan> held, AccountingRecord record) {
        Set<HeldAddress> gone = canonical(record.released());
        Set<HeldAddress> staying = new LinkedHashSet<>();
        for (AddressSpan span : held) {
            boolean block = span.address.kind() == HeldAddress.Kind.PUBLIC_IPV4_PORTS;
            if (block ? !gone.contains(span.address) : record.addresses() == null) {
                staying.add(span.address);
            }
        }
        return staying;
    }

    private static IpPrefix network(IpPrefix prefix) {
        int length = prefix.length();
        if (!prefix.v6()) {
            long mask = length == 0 ? 0 : -1L << (32 - length);
            return new IpPrefix(false, 0, prefix.low() & mask & 0xffffffffL, length);
        }
        long high = length >= 64 ? -1L : length == 0 ? 0 : -1L << (64 - length);
        long low = length <= 64 ? 0 : length == 128 ? -1L : -1L << (128 - length);
        return new IpPrefix(true, prefix.high() & high, prefix.low() & low, length);
    }

    /** Spreads every bit over all (the finaliser of SplitMix64). */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
