/**
 * Names for numbers. A dictionary file (FreeRADIUS v3.2 grammar) says that attribute 8 is called Framed-IP-Address and
 * holds an IPv4 address, and that 26.4874.160 is ERX-Vlan-Map-Id. {@link io.patchbay.radius.dictionary.DictionaryParser}
 * reads such files into an immutable {@link io.patchbay.radius.dictionary.Dictionary};
 * {@link io.patchbay.radius.dictionary.AttributeEncoder} turns text into a value and back;
 * {@link io.patchbay.radius.dictionary.AttributeFrame} puts what the wire wants around a value (vendor, tag, extended
 * type, encryption); {@link io.patchbay.radius.dictionary.AttributeListing} prints a packet's attributes.
 */
package io.patchbay.radius.dictionary;
