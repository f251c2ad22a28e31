package io.patchbay.ledger.address;

import io.patchbay.wire.IpPrefix;
import java.util.UUID;

/**
 * What NetBox is asked to choose, written down before it is asked.
 *
 * @param key unique for ever; NetBox keeps it with what it gives
 * @param length of the next free
 * @param wanted null: the next free
 * @param given NetBox's answer; null until it has answered
 */
public record AddressClaim(
        long id,
        UUID key,
        long poolId,
        long serviceId,
        AddressKind kind,
        int length,
        IpPrefix wanted,
        IpPrefix given) {}
