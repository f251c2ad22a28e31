/**
 * Sealing: what must not be read from a stolen disk or backup (passwords, shared secrets, the binding snapshot) is
 * AES-256-GCM ciphertext under a master key that lives in a file of its own. Every ciphertext names its key, so that keys
 * can be rotated one secret at a time, and is bound to a context, so that one secret cannot be put in another's place.
 */
package io.patchbay.vault;
