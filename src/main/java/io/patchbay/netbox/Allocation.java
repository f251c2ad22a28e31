package io.patchbay.netbox;

/**
 * What a key has.
 *
 * @param fresh false when the key had it before this call. Its parent may then be another than was asked for now
 */
public record Allocation(NetBoxObject object, boolean fresh) {}
