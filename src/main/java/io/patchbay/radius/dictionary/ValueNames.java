package io.patchbay.radius.dictionary;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** The names that a dictionary's VALUE lines give the numbers of one attribute; of two for one number the later stands. */
public final class ValueNames {
    static final ValueNames NONE = new ValueNames();

    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();

    void add(String name, long number) {
        numbers.put(name.toLowerCase(Locale.ROOT), number);
        names.put(number, name);
    }

    /** The number of {@code name}, in upper or lower case. */
    public OptionalLong number(String name) {
        Long number = numbers.get(name.toLowerCase(Locale.ROOT));
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** @return null when the number has no name */
    public String name(long number) {
        return names.get(number);
    }

    /** All names, in alphabetical order. */
    public SortedSet<String> all() {
        return new TreeSet<>(names.values());
    }
}
