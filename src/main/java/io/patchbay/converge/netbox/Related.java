package io.patchbay.converge.netbox;

import io.patchbay.netbox.ObjectType;

/**
 * An object that others point to, by what it is known by.
 *
 * @param type {@link ObjectType#TENANT}, {@link ObjectType#VRF} and {@link ObjectType#VLAN_GROUP}, known by name and shared with
 *     whoever else uses them; or {@link ObjectType#VLAN}, known by the hub's key
 */
record Related(ObjectType type, String name) {}
