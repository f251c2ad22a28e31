package io.patchbay.ledger.workflow;

import java.util.List;

/**
 * A waiting order that a line may be the one of.
 *
 * @param strong whether a name of its own says so, and none says otherwise
 * @param reasons for and against, a sentence each
 */
public record LineMatch(WaitingOrder order, boolean strong, List<String> reasons) {}
