package io.patchbay.lab;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Addresses or prefixes in order, of each VRF apart, and where the first free one was found the last time. */
final class NetBoxIndex {
    private record Hint(long vrf, NetBoxAddress from, int length) {}

    private final Map<Long, TreeMap<NetBoxAddress, Set<Long>>> byVrf = new HashMap<>();
    /** Below these there was nothing free. */
    private final Map<Hint, BigInteger> hints = new HashMap<>();

    void add(long vrf, NetBoxAddress address, long id) {
        byVrf.computeIfAbsent(vrf, same -> new TreeMap<>())
                .computeIfAbsent(address, same -> new TreeSet<>())
                .add(id);
    }

    void remove(long vrf, NetBoxAddress address, long id) {
        Set<Long> ids = byVrf.get(vrf).get(address);
        ids.remove(id);
        if (ids.isEmpty()) {
            byVrf.get(vrf).remove(address);
        }
        hints.replaceAll((hint, first) -> hint.vrf != vrf || hint.from.family() != address.family()
                ? first
                : first.min(
                        hint.length == address.bits()
                                ? address.number()
                                : address.network(Math.min(hint.length, address.mask()))
                                        .number()));
    }

    /** Ids of those with this network and length exactly. */
    Set<Long> exactly(long vrf, NetBoxAddress address) {
        return byVrf.getOrDefault(vrf, new TreeMap<>()).getOrDefault(address, Set.of());
    }

    /** Those whose number is within, whatever their mask. */
    NavigableMap<NetBoxAddress, Set<Long>> between(long vrf, NetBoxAddress like, BigInteger first, BigInteger last) {
        return byVrf.getOrDefault(vrf, new TreeMap<>())
                .subMap(like.at(first, 0), true, like.at(last, like.bits()), true);
    }

    /** Those of one address, whatever their mask. */
    List<Long> host(long vrf, NetBoxAddress address) {
        return between(vrf, address, address.number(), address.number()).values().stream()
                .flatMap(Set::stream)
                .toList();
    }

    /** The first address from {@code first} to {@code last} that is none of these; null when there is none. */
    BigInteger firstFree(long vrf, NetBoxAddress like, BigInteger first, BigInteger last) {
        Hint hint = new Hint(vrf, like.at(first, 0), like.bits());
        BigInteger free = hints.getOrDefault(hint, first).max(first);
        for (NetBoxAddress taken : between(vrf, like, free, last.max(free)).keySet()) {
            if (taken.number().compareTo(free) > 0) {
                break;
            }
            free = taken.number().add(BigInteger.ONE);
        }
        hints.put(hint, free);
        return free.compareTo(last) > 0 ? null : free;
    }

    /** The first free block of a length within a parent, that nothing but the parent and what holds it covers or is in. */
    NetBoxAddress firstFreeBlock(long vrf, NetBoxAddress parent, int length) {
        BigInteger size = BigInteger.ONE.shiftLeft(parent.bits() - length);
        Hint hint = new Hint(vrf, parent, length);
        BigInteger at = hints.getOrDefault(hint, parent.network().number())
                .max(parent.network().number());
        at = parent.at(at, length).network().number();
        while (at.compareTo(parent.last()) <= 0) {
            NetBoxAddress block = parent.at(at, length);
            BigInteger next = coveredUntil(vrf, parent, block);
            if (next == null && !holdsAny(vrf, parent, block)) {
                hints.put(hint, at);
                return block;
            }
            at = next == null ? at.add(size) : next.add(BigInteger.ONE);
        }
        return null;
    }

    private BigInteger coveredUntil(long vrf, NetBoxAddress parent, NetBoxAddress block) {
        for (int length = parent.mask() + 1; length <= block.mask(); length++) {
            NetBoxAddress outer = block.network(length);
            if (!exactly(vrf, outer).isEmpty()) {
                return outer.last();
            }
        }
        return null;
    }

    private boolean holdsAny(long vrf, NetBoxAddress parent, NetBoxAddress block) {
        return between(vrf, block, block.number(), block.last()).keySet().stream()
                .anyMatch(inner -> inner.mask() > Math.max(parent.mask(), block.mask()));
    }
}
