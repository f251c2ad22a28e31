package io.patchbay.binding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Bindings by one sort of key: open addressing over references to the bindings themselves, 8 bytes an entry where a
 * ConcurrentHashMap with its nodes and keys takes 60 to 100. Any number of threads read without a lock while one writes; a
 * reader never misses a binding that is there before, during and after its look.
 *
 * <p>A slot holds a binding, or the group of all bindings that share one key. A binding with several keys stands in as many
 * slots, which are interchangeable: whichever is found first on the way from a key's place is that key's.
 */
final class BindingTable<K> {
    private record Group(Object key, Binding[] members) {}

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final Object REMOVED = new Object();
    private static final int SMALLEST = 16;

    private final BindingKey<K> keys;
    private volatile Object[] slots;
    private volatile int removals;
    /** Slots that are not empty, removed ones too. */
    private int used;

    BindingTable(BindingKey<K> keys, int expected) {
        this.keys = keys;
        this.slots = new Object[capacityFor(expected)];
    }

    /** The bindings that have this key, in no order; mostly none or one. */
    List<Binding> all(K key) {
        Object found = find(key);
        if (found == null) {
            return List.of();
        }
        return found instanceof Group group ? List.of(group.members) : List.of((Binding) found);
    }

    /** A binding that has this key, for keys that are unique; null when none has. */
    Binding one(K key) {
        Object found = find(key);
        return found instanceof Group group ? group.members[0] : (Binding) found;
    }

    private Object find(K key) {
        while (true) {
            int before = removals;
            Object found = scan(slots, key);
            // A change may have put its binding behind this look and taken the earlier one from before it.
            if (found != null || before == removals) {
                return found;
            }
        }
    }

    private Object scan(Object[] table, K key) {
        int mask = table.length - 1;
        Binding single = null;
        for (int at = place(key, mask); ; at = at + 1 & mask) {
            Object slot = SLOT.getAcquire(table, at);
            if (slot == null) {
                return single;
            }
            if (slot instanceof Binding binding) {
                if (single == null && keys.has(binding, key)) {
                    // With several keys it may stand here for another one, and a group for this one further on.
                    if (keys.count(binding) == 1) {
                        return binding;
                    }
                    single = binding;
                }
            } else if (slot instanceof Group group && group.key.equals(key)) {
                return group;
            }
        }
    }

    /**
     * Adds a binding under all its keys; an earlier one of the same service is removed afterwards.
     *
     * @param all holds every binding that is in this table, from which a fuller one is built
     */
    void add(Binding binding, BindingTable<?> all) {
        int count = keys.count(binding);
        if ((used + count) * 3L > slots.length * 2L) {
            rebuild(all);
        }
        for (int nth = 0; nth < count; nth++) {
            add(slots, binding, keys.key(binding, nth));
        }
    }

    private void add(Object[] table, Binding binding, K key) {
        int mask = table.length - 1;
        int free = -1;
        for (int at = place(key, mask); ; at = at + 1 & mask) {
            Object slot = table[at];
            if (slot == null) {
                used += free < 0 ? 1 : 0;
                SLOT.setRelease(table, free < 0 ? at : free, binding);
                return;
            }
            if (slot == REMOVED) {
                free = free < 0 ? at : free;
            } else if (slot instanceof Group group && group.key.equals(key)) {
                SLOT.setRelease(table, at, new Group(key, with(group.members, binding)));
                return;
            } else if (slot instanceof Binding other
                    && other.serviceId() != binding.serviceId()
                    && keys.has(other, key)
                    && !groupAfter(table, at, key)) {
                SLOT.setRelease(table, at, new Group(key, new Binding[] {other, binding}));
                return;
            }
        }
    }

    private boolean groupAfter(Object[] table, int start, K key) {
        int mask = table.length - 1;
        for (int at = start + 1 & mask; table[at] != null; at = at + 1 & mask) {
            if (table[at] instanceof Group group && group.key.equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** Takes exactly this object out from under all its keys. */
    void remove(Binding binding) {
        int count = keys.count(binding);
        for (int nth = 0; nth < count; nth++) {
            remove(slots, binding, keys.key(binding, nth));
        }
    }

    private void remove(Object[] table, Binding binding, K key) {
        int mask = table.length - 1;
        int single = -1;
        for (int at = place(key, mask); table[at] != null; at = at + 1 & mask) {
            if (table[at] instanceof Group group && group.key.equals(key)) {
                Binding[] left = Arrays.stream(group.members)
                        .filter(member -> member != binding)
                        .toArray(Binding[]::new);
                SLOT.setRelease(table, at, left.length == 1 ? left[0] : new Group(key, left));
                return;
            }
            single = single < 0 && table[at] == binding ? at : single;
        }
        if (single >= 0) {
            removals = removals + 1;
            SLOT.setRelease(table, single, REMOVED);
        }
    }

    /** Every slot's bindings: in a table of unique keys, every binding once. */
    void forEach(Consumer<Binding> action) {
        for (Object slot : slots) {
            if (slot instanceof Binding binding) {
                action.accept(binding);
            } else if (slot instanceof Group group) {
                Arrays.asList(group.members).forEach(action);
            }
        }
    }

    private void rebuild(BindingTable<?> all) {
        int[] entries = new int[1];
        all.forEach(binding -> entries[0] += keys.count(binding));
        Object[] bigger = new Object[capacityFor(entries[0] + entries[0] / 4 + SMALLEST)];
        used = 0;
        all.forEach(binding -> {
            int count = keys.count(binding);
            for (int nth = 0; nth < count; nth++) {
                add(bigger, binding, keys.key(binding, nth));
            }
        });
        slots = bigger;
    }

    private static Binding[] with(Binding[] members, Binding binding) {
        for (int i = 0; i < members.length; i++) {
            if (members[i].serviceId() == binding.serviceId()) {
                Binding[] same = members.clone();
                same[i] = binding;
                return same;
            }
        }
        Binding[] more = Arrays.copyOf(members, members.length + 1);
        more[members.length] = binding;
        return more;
    }

    private static int capacityFor(int entries) {
        int capacity = SMALLEST;
        while (entries * 3L > capacity * 2L) {
            capacity <<= 1;
        }
        return capacity;
    }

    private int place(K key, int mask) {
        int hash = keys.hash(key) * 0x9e3779b9;
        return (hash ^ hash >>> 15) & mask;
    }
}
