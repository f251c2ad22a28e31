/**
 * What every RADIUS request to the hub has in common, whether it asks for access or tells of accounting: who is let in at the
 * socket, under which of the client's secrets a packet is true, what it says of its line, how a step that fails ends it, and
 * what its repeats get. The rooms {@code access} and {@code session} make their routes of it.
 */
package io.patchbay.request;
