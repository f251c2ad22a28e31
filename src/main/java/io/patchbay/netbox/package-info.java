/**
 * NetBox, the IPAM that may be the authority of a pool: its objects, allocation that takes nothing twice, and its changes.
 *
 * <p>Whoever needs NetBox takes the interface {@link io.patchbay.netbox.NetBox}. Every method blocks its thread, for no
 * longer than {@code patchbay.netbox.deadline}, and answers with a {@link io.patchbay.netbox.NetBoxOutcome}: nobody catches
 * exceptions to decide what to do next. Call it from a worker, never from the reply path, and never within a transaction.
 *
 * <p>NetBox knows no idempotency key: an allocation that is repeated takes a second resource. So each allocation bears a
 * {@link io.patchbay.netbox.ClaimKey} in a unique custom field. It is looked up before the call and after whatever leaves
 * it open whether the call was heard, and NetBox itself refuses a second object of one key.
 *
 * <p>The calls themselves leave through {@code routes/netbox.camel.yaml}, which holds rate, circuit breaker and waits.
 */
package io.patchbay.netbox;
