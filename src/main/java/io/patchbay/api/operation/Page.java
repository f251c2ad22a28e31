package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.api.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param next the cursor of the following page; null on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Page<T>(List<T> items, String next) {

    /**
     * @param found the rows that were asked for and, if there is a following page, one more
     * @param position what tells the page behind a row apart from all others
     */
    static <T> Page<T> of(List<T> found, int limit, Function<T, String> position) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, encode(position.apply(items.getLast())));
    }

    private static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ProblemException 400 when the cursor is none of ours */
    static <T> T read(Optional<String> cursor, T first, Function<String, T> parse) {
        if (cursor.isEmpty()) {
            return first;
        }
        try {
            return parse.apply(new String(Base64.getUrlDecoder().decode(cursor.get()), StandardCharsets.UTF_8));
        } catch (RuntimeException notOurs) {
            throw ProblemException.badRequest("The cursor is not one that this list gave.");
        }
    }
}
