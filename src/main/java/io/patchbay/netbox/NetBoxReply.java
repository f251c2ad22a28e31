package io.patchbay.netbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** What became of a request. */
sealed interface NetBoxReply {
    /**
     * NetBox answered, with a status below 500.
     *
     * @param body a missing node where there was none
     * @param etag null where there was none
     * @param requestId NetBox's own name of the request, which its changes bear; null where there was none
     * @param at by NetBox's clock
     */
    record Answer(int status, JsonNode body, String etag, String requestId, Instant at) implements NetBoxReply {}

    /**
     * No answer to rely on.
     *
     * @param heard whether NetBox may have heard the request
     */
    record Lost(String reason, boolean heard) implements NetBoxReply {}
}
