/**
 * The HTTP API, from its contract {@code openapi.yaml}: the gate (who may, how large, of what type) is a servlet filter,
 * Camel's rest-openapi checks the schema and takes a request to {@code direct:<operationId>}, and {@link
 * io.patchbay.api.ApiOperations} ties that name to an operation of the rooms below. Every error is an RFC 9457 problem,
 * made by {@link io.patchbay.api.Problem}. Nothing here opens a transaction.
 */
package io.patchbay.api;
