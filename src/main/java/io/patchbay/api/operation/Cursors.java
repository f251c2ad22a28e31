package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Cursors: where the next page begins, opaque to the caller. */
final class Cursors {
    private Cursors() {}

    /** @param next null on the last page */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed<T>(List<T> items, String next) {}

    /** @param position null when there is no further page */
    static <T> Listed<T> page(List<T> items, Object position) {
        return new Listed<>(items, position == null ? null : encode(position.toString()));
    }

    /** A page of the ledger's. @param view as the contract shows one of its items */
    static <T> ApiResponse answer(Page<T> page, Function<T, ?> view) {
        return ApiResponse.ok(page(page.items().stream().map(view).toList(), page.next()));
    }

    /** The id after which the page begins. */
    static long after(ApiRequest request) {
        return position(request, 0L, Long::parseLong);
    }

    /**
     * @param first what stands for the first page
     * @throws ProblemException 400 when the cursor is none of ours
     */
    static <T> T position(ApiRequest request, T first, Function<String, T> parse) {
        if (request.parameter("cursor").isEmpty()) {
            return first;
        }
        try {
            byte[] decoded =
                    Base64.getUrlDecoder().decode(request.parameter("cursor").get());
            return parse.apply(new String(decoded, StandardCharsets.UTF_8));
        } catch (RuntimeException notOurs) {
            throw ProblemException.badRequest("The cursor is not one that this list gave.");
        }
    }

    private static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }
}
