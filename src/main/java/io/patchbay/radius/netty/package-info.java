/**
 * The datagram codec for Netty's pipeline, as camel-netty builds it for UDP: thin shells around the codec of the package
 * above. No datagram and no body of a route lets an exception out of them: camel-netty answers an exception in the
 * pipeline by closing the socket, and the hub would be deaf.
 */
package io.patchbay.radius.netty;
