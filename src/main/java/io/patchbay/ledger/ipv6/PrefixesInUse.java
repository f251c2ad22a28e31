package io.patchbay.ledger.ipv6;

import io.patchbay.wire.IpPrefix;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which IPv6 the live sessions of a service hold, as accounting tells it. */
@FunctionalInterface
public interface PrefixesInUse {
    /** By service; one of whose sessions none holds IPv6 is left out. Blocks. */
    Map<Long, List<IpPrefix>> ofServices(Collection<Long> serviceIds);
}
