/**
 * The access line: the place where a subscriber's service enters the network, and the names by which requests call it
 * (circuit-id, remote-id, port, MAC). Every name is exact bytes inside a scope, the access node. Templates, declared in
 * config/line-templates.yaml, read what access equipment writes into those bytes: a canonical key under which spellings of
 * one circuit-id meet, and the VLAN tags that a port names.
 */
package io.patchbay.line;
