package io.patchbay.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Enumerations as tables, files and the API write them: lower case, with hyphens. */
public final class Words {
    private Words() {}

    /** {@code CHECK_COMMON_PASSWORD} as {@code check-common-password}; null stays null. */
    public static String of(Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant of a word; null for null.
     *
     * @throws IllegalArgumentException with a sentence that names the known words
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String word) {
        if (word == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equalsIgnoreCase(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is none of "
                + Arrays.stream(type.getEnumConstants()).map(Words::of).collect(Collectors.joining(", ")));
    }
}
