package io.patchbay.access;

import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.BindingIndex;
import io.patchbay.ledger.NasClient;
import io.patchbay.radius.netty.Admission;
import io.patchbay.radius.netty.RadiusDatagram;
import java.net.InetSocketAddress;

/**
 * Lets a datagram into the route, or drops it at the socket where that costs least: a client that nobody entered gets no
 * answer (RFC 2865 section 3), and while the index is incomplete nobody does.
 */
final class KnownClients implements Admission {
    private final BindingIndex index;
    private final AccessCounters counters;

    KnownClients(BindingIndex index, AccessCounters counters) {
        this.index = index;
        this.counters = counters;
    }

    @Override
    public Object admit(RadiusDatagram datagram) {
        if (!index.isComplete()) {
            counters.count(Outcome.NOT_READY);
            return null;
        }
        InetSocketAddress sender = datagram.sender();
        NasClient nas = index.directory().nas(sender.getAddress());
        if (nas == null) {
            counters.count(Outcome.UNKNOWN_CLIENT);
            return null;
        }
        return new AccessRequest(datagram.packet(), sender, nas, datagram.receivedNanos());
    }
}
