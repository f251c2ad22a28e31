package io.patchbay.netbox;

/**
 * What a key has.
 *
 * @param fresh false when the key had it before this call: by an earlier call, or by one whose answer was lost. Its parent
 *     may then be another than was asked for now
 */
public record Allocation(NetBoxObject object, boolean fresh) {}
