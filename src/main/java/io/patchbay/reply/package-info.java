/**
 * The reply: a vendor's profile (config/reply/&lt;vendor&gt;.yaml) says which attributes a granted, quarantined or rejected
 * request gets and which facts of the binding fill them. A profile is compiled when it is loaded, attribute names, types
 * and placeholders checked; a reply then only copies bytes.
 */
package io.patchbay.reply;
