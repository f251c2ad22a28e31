package io.patchbay.reply;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** How a placeholder gets its value out of the facts of a reply; what it yields decides which attributes it fits. */
sealed interface Fact {
    /** @param of -1 when absent */
    record Number(ToLongFunction<ReplyFacts> of) implements Fact {}

    /** @param of null when absent */
    record Text(Function<ReplyFacts, String> of) implements Fact {}

    /** One address. @param of null when absent */
    record Address(boolean v6, Function<ReplyFacts, IpPrefix> of) implements Fact {}

    /** @param of null when absent */
    record Prefix(boolean v6, Function<ReplyFacts, IpPrefix> of) implements Fact {}

    /** Any number of prefixes: one attribute for each. @param of empty when absent */
    record Prefixes(boolean v6, Function<ReplyFacts, List<IpPrefix>> of) implements Fact {}

    /** @param of null when absent */
    record Bytes(Function<ReplyFacts, Octets> of) implements Fact {}

    /** The value of the Class attribute. */
    record ClassValue() implements Fact {}

    default boolean isPresent(ReplyFacts facts) {
        return switch (this) {
            case Number number -> number.of.applyAsLong(facts) >= 0;
            case Text text -> text.of.apply(facts) != null;
            case Address address -> address.of.apply(facts) != null;
            case Prefix prefix -> prefix.of.apply(facts) != null;
            case Prefixes prefixes -> !prefixes.of.apply(facts).isEmpty();
            case Bytes bytes -> bytes.of.apply(facts) != null;
            case ClassValue value -> facts.binding() != null;
        };
    }
}
