package io.patchbay.ledger.netbox;

import io.patchbay.netbox.ObjectType;
import java.util.Locale;

/** Object types as our tables have them: {@code ip-address}. */
public final class TypeWords {
    private TypeWords() {}

    public static String of(ObjectType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Any constant, likewise. */
    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static ObjectType type(String word) {
        return ObjectType.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
