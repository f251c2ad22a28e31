/**
 * RADIUS packets (RFC 2865, 2866, 2868, 2869, 3162, 3579, 5176, 6929) as bytes: decoding that keeps what it does not
 * understand, authenticators, passwords, and the dictionary that gives numbers their names. It imports neither Spring nor
 * Camel, and no error in a datagram ever throws.
 */
package io.patchbay.radius;
