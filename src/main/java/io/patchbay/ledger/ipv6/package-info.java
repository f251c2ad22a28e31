/**
 * IPv6 of a service, from the wish to the last session that lets go of it. {@link io.patchbay.ledger.ipv6.Ipv6Mode} says what
 * a service gets, {@link io.patchbay.ledger.ipv6.Ipv6State} how far it has come, and
 * {@link io.patchbay.ledger.ipv6.Ipv6Lifecycle} does everything that changes either.
 *
 * <p>A prefix belongs to its service, whatever session comes and goes: it is stable for its line. It never goes to somebody
 * else while anybody may still use it. A former prefix is held (table address_hold): {@code renumbered} until its valid
 * lifetime has ended, {@code revoking} until every {@link io.patchbay.ledger.ipv6.Projections} has let go, and then
 * {@code cool-down} for as long as its pool says.
 */
package io.patchbay.ledger.ipv6;
