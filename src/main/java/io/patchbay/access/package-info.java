/**
 * An Access-Request on its way through the hub: admitted at the socket, authenticated, resolved to a binding, decided,
 * and answered. Each step of {@code routes/radius-access.camel.yaml} is one class here; what they hand on is the
 * {@link io.patchbay.access.AccessRequest}. Nothing here waits: what must wait leaves the event loop by a route.
 */
package io.patchbay.access;
