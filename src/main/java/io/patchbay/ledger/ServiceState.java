package io.patchbay.ledger;

/** The state of a service, as sold. */
public enum ServiceState {
    PENDING,
    ACTIVE,
    SUSPENDED,
    TERMINATED
}
