package io.patchbay.converge.nas;

import io.patchbay.binding.Binding;
import io.patchbay.ledger.NasClient;

/**
 * One session's part of a plan.
 *
 * @param desired null when the service is no more
 * @param nas null when the ledger has no such NAS any more
 */
record SessionStep(LiveSession session, SessionAction action, Binding desired, NasClient nas) {}
