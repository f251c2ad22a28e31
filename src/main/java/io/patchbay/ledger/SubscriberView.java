package io.patchbay.ledger;

import java.time.Instant;
import java.util.List;

/** A subscriber as an operator reads it. */
public record SubscriberView(
        long id, String tenant, String externalId, Instant createdAt, List<ServiceView> services) {}
