package io.patchbay.api;

/**
 * An answer as it goes over the wire.
 *
 * @param location null when the answer names none
 * @param body empty for none; JSON otherwise
 * @param stream what is written in place of the body; null for none
 * @param etag null when what it shows has no versions
 */
record RenderedResponse(int status, String location, byte[] body, StreamedBody stream, String etag) {
    RenderedResponse(int status, String location, byte[] body) {
        this(status, location, body, null, null);
    }

    RenderedResponse withEtag(String value) {
        return new RenderedResponse(status, location, body, stream, value);
    }
}
