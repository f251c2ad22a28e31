/**
 * Bytes: values that are compared, printed and moved without knowing what they mean. Everything above stands on this
 * floor; it imports no framework.
 */
package io.patchbay.wire;
