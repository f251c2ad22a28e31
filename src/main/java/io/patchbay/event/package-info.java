/**
 * What changed, by whom: events are appended in the transaction that causes them and never altered. The one log serves the
 * change feed of the binding index, the history that an operator reads, and what is published outside.
 */
package io.patchbay.event;
