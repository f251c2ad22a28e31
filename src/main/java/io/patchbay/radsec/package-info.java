/**
 * RADIUS over TLS (RFC 6614), the way in beside the UDP sockets: a NAS is known by its certificate, not by its address. What
 * comes out of a connection are the very requests that the datagram decoders make, and they take the same steps.
 */
package io.patchbay.radsec;
