/**
 * Who lives behind the line: every service with its line, its assignments and its plan, in memory, kept fresh from the
 * ledger; and the decision that follows for one request. Nothing on the way of a request waits.
 *
 * <p>A request goes through {@link io.patchbay.binding.Resolver} (who is this?), {@link io.patchbay.binding.Decider#prove}
 * (do they prove it?) and {@link io.patchbay.binding.Decider#decide} (what do they get?). They read
 * {@link io.patchbay.binding.BindingIndex}, which {@link io.patchbay.binding.BindingStartup} fills from PostgreSQL or from a
 * {@link io.patchbay.binding.BindingSnapshot}, {@link io.patchbay.binding.ChangeFeed} keeps fresh and
 * {@link io.patchbay.binding.IndexDigest} compares with the ledger.
 */
package io.patchbay.binding;
