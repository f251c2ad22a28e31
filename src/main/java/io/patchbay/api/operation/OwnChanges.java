package io.patchbay.api.operation;

/**
 * A node applies its own change before the API answers: whoever was told that a subscriber is suspended does not see it log
 * in a moment later.
 */
@FunctionalInterface
public interface OwnChanges {
    void takeIn();
}
