/**
 * Dynamic authorization (RFC 5176): CoA- and Disconnect-Requests to a NAS, sent again until it answers, and what it answered.
 * Nothing here waits: a request's outcome is a future. How a request travels is a {@link io.patchbay.radius.coa.CoaTransport};
 * {@link io.patchbay.radius.coa.CoaClient} is the one over UDP.
 */
package io.patchbay.radius.coa;
