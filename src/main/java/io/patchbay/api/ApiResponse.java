package io.patchbay.api;

/**
 * @param location where what was made is to be found; null when nothing was made
 * @param body what becomes JSON, or the JSON's bytes, or a {@link StreamedBody}; null for none
 */
public record ApiResponse(int status, String location, Object body) {
    public static ApiResponse ok(Object body) {
        return new ApiResponse(200, null, body);
    }

    public static ApiResponse created(String location, Object body) {
        return new ApiResponse(201, location, body);
    }

    /** Taken note of, and not decided yet. */
    public static ApiResponse accepted(String location, Object body) {
        return new ApiResponse(202, location, body);
    }

    public static ApiResponse noContent() {
        return new ApiResponse(204, null, null);
    }
}
