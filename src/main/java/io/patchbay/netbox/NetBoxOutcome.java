package io.patchbay.netbox;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a call to NetBox ended. Everything but {@link Done} says why in a sentence that an operator may read. */
public sealed interface NetBoxOutcome<T> {
    /** Why it is not done; null when it is. Never holds a secret. */
    String reason();

    /** It is done; {@code value} is null where there is nothing to tell. */
    record Done<T>(T value) implements NetBoxOutcome<T> {
        @Override
        public String reason() {
            return null;
        }
    }

    /** The parent has no room left (409 of an available-* endpoint). Nothing was taken. */
    record Exhausted<T>(String reason) implements NetBoxOutcome<T> {}

    /**
     * NetBox does not take these fields (400); repeating does not help. Nothing was written, of a list neither.
     *
     * @param fields field to what is wrong with it, the field {@link #WHOLE} for what concerns none alone; of a list
     *     {@code 3.address} is the field of the fourth
     */
    record Invalid<T>(Map<String, List<String>> fields) implements NetBoxOutcome<T> {
        public static final String WHOLE = "";

        public Invalid {
            fields = Map.copyOf(fields);
        }

        @Override
        public String reason() {
            return "NetBox does not accept it: "
                    + fields.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(field -> (field.getKey().equals(WHOLE) ? "" : field.getKey() + ": ")
                                    + String.join(" ", field.getValue()))
                            .collect(Collectors.joining("; "));
        }
    }

    /** Something stands against it (409 of a delete: others depend on it; or one key with several objects). */
    record Conflict<T>(String reason) implements NetBoxOutcome<T> {}

    /**
     * The object has changed since it was read (412): read it again, decide again.
     *
     * @param etag what it has now; null when NetBox did not say
     */
    record Stale<T>(String etag) implements NetBoxOutcome<T> {
        @Override
        public String reason() {
            return "The object was changed in NetBox meanwhile.";
        }
    }

    /** There is no such object (404), or the token may not see it. */
    record Missing<T>(String reason) implements NetBoxOutcome<T> {}

    /** The token is wrong, or lacks a permission (401, 403): somebody must mend NetBox or the settings. */
    record Denied<T>(String reason) implements NetBoxOutcome<T> {}

    /** NetBox cannot be worked with: it is not configured, too old, or lacks the hub's custom fields. */
    record Unusable<T>(String reason) implements NetBoxOutcome<T> {}

    /**
     * No answer that can be relied on: not reached, too slow, failing, or left alone for a while. Try again later.
     *
     * @param unsure whether NetBox may have done it all the same. An allocation of the same key finds out
     */
    record Away<T>(String reason, boolean unsure) implements NetBoxOutcome<T> {}

    /** Whether it is {@link Done}. */
    default boolean isDone() {
        return this instanceof Done<T>;
    }

    /** What was done; for whoever cannot go on without it. @throws NetBoxException with the reason */
    default T orElseThrow() {
        if (this instanceof Done<T> done) {
            return done.value();
        }
        throw new NetBoxException(reason());
    }

    /** The same outcome, of something made of its value. */
    default <U> NetBoxOutcome<U> map(Function<? super T, ? extends U> change) {
        return then(value -> new Done<>(change.apply(value)));
    }

    /** What comes next if this is done, otherwise this. */
    @SuppressWarnings("unchecked") // nothing but Done holds a T
    default <U> NetBoxOutcome<U> then(Function<? super T, NetBoxOutcome<U>> next) {
        return this instanceof Done<T> done ? next.apply(done.value()) : (NetBoxOutcome<U>) this;
    }
}
