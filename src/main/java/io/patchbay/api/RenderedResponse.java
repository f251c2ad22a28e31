package io.patchbay.api;

/**
 * An answer as it goes over the wire.
 *
 * @param location null when the answer names none
 * @param body empty for none; JSON otherwise
 */
record RenderedResponse(int status, String location, byte[] body) {}
