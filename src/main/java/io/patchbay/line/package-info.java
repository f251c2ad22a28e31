/**
 * The access line: the place where a subscriber's service enters the network, and the names by which requests call it
 * (circuit-id, remote-id, port, MAC). Every name is exact bytes inside a scope, the access node.
 */
package io.patchbay.line;
