/**
 * What RADIUS over TLS (RFC 6614) needs on either side of a connection: certificate, key and trusted authorities from PEM
 * files, read again when they change, and the names by which a peer's certificate identifies it.
 */
package io.patchbay.radius.tls;
