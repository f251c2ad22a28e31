/** Patchbay: binds subscribers' services to access lines. {@code docs/packet-walk.md} walks through the rooms. */
package io.patchbay;
