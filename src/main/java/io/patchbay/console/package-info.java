/**
 * What operators watch: health, metrics and Hawtio. Health is UP when requests are answered, whatever else is away; the
 * rest shows in its details. Jolokia, through which Hawtio sees the JVM, allows what it names and nothing else.
 *
 * <p>Metrics are named {@code patchbay.<room>.<what>} in lower case with dots, counters in the plural, durations as timers;
 * tags carry words with few values (reason, outcome, cause), never a user, a line or an address.
 */
package io.patchbay.console;
