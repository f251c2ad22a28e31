package io.patchbay.converge.nas;

import io.patchbay.reply.Fingerprint;
import io.patchbay.reply.SessionFacts;
import io.patchbay.wire.IpPrefix;

/**
 * A session that is not over, as accounting tells it.
 *
 * @param serviceId 0 when nobody knows whose it is
 * @param nasAddress where its accounting comes from
 * @param given what it was given; null when neither its Class nor the hub's memory says
 */
record LiveSession(
        long id,
        long serviceId,
        long nasClientId,
        String nasName,
        IpPrefix nasAddress,
        SessionFacts facts,
        Fingerprint given) {}
