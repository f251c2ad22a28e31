package io.patchbay.ledger.ipv6;

import io.patchbay.wire.IpPrefix;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Who may still have a prefix that was taken from a service: sessions, what is on its way to them, NetBox. Each room that
 * brings a prefix somewhere implements it, and a former prefix goes to somebody else when none of them has it any more.
 */
public interface Projections {
    /** @param prefixes what was taken from the service */
    record Former(long serviceId, List<IpPrefix> prefixes) {}

    /**
     * Who still has something of it, by service and in a sentence each; a service of which nobody has anything is left out.
     * Blocks.
     */
    Map<Long, List<String>> holders(Collection<Former> former);
}
