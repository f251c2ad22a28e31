package io.patchbay.request;

import io.patchbay.binding.BindingIndex;
import io.patchbay.ledger.NasClient;
import io.patchbay.radius.netty.Admission;
import io.patchbay.radius.netty.RadiusDatagram;
import java.util.function.BiFunction;

/**
 * Lets a datagram into the route, or drops it at the socket where that costs least: a client that nobody entered gets no
 * answer (RFC 2865 section 3), and while the index is incomplete nobody does.
 */
public final class KnownClients implements Admission {
    /** Who is told of what is dropped; called on the event loop. */
    public interface Refusals {
        /** The index is incomplete. */
        void notReady();

        /** No NAS client has this source address. */
        void unknownClient();
    }

    private final BindingIndex index;
    private final BiFunction<RadiusDatagram, NasClient, RadiusRequest> requests;
    private final Refusals refusals;

    /** @param requests makes the body of the exchange */
    public KnownClients(
            BindingIndex index, BiFunction<RadiusDatagram, NasClient, RadiusRequest> requests, Refusals refusals) {
        this.index = index;
        this.requests = requests;
        this.refusals = refusals;
    }

    @Override
    public Object admit(RadiusDatagram datagram) {
        if (!index.isComplete()) {
            refusals.notReady();
            return null;
        }
        NasClient nas = index.directory().nas(datagram.sender().getAddress());
        if (nas == null) {
            refusals.unknownClient();
            return null;
        }
        return requests.apply(datagram, nas);
    }
}
