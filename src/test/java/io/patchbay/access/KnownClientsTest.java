package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.access.AccessCounters.Outcome;
import io.patchbay.binding.BindingIndex;
import io.patchbay.binding.Directory;
import io.patchbay.lab.GivenNas;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.Packets;
import io.patchbay.radius.RequestBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.netty.RadiusDatagram;
import io.patchbay.request.KnownClients;
import io.patchbay.wire.Octets;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom the socket lets in. */
class KnownClientsTest {
    private static final String KNOWN = "127.0.8.1";

    private final BindingIndex index = new BindingIndex();
    private final AccessCounters counters = new AccessCounters(new SimpleMeterRegistry());
    private final KnownClients clients = new KnownClients(index, AccessRequest::new, counters);

    @Test
    void nobodyIsLetInWhileTheIndexIsIncomplete() {
        index.replaceDirectory(directory());

        assertThat(clients.admit(from(KNOWN))).isNull();
        assertThat(clients.admit(from("127.0.8.2"))).isNull();
        assertThat(counters.value(Outcome.NOT_READY)).isEqualTo(2);
        assertThat(counters.value(Outcome.UNKNOWN_CLIENT)).isZero();
    }

    @Test
    void aCompleteIndexKnowsItsClients() {
        index.replaceAll(directory(), index.startFilling(0));

        assertThat(clients.admit(from(KNOWN))).isInstanceOfSatisfying(AccessRequest.class, request -> assertThat(
                        request.nas().name())
                .isEqualTo("nas-" + KNOWN));
        assertThat(clients.admit(from("127.0.8.2"))).isNull();
        assertThat(counters.value(Outcome.UNKNOWN_CLIENT)).isEqualTo(1);
        assertThat(counters.value(Outcome.NOT_READY)).isZero();
    }

    private static Directory directory() {
        return new Directory(List.of(new GivenNas(KNOWN).of(1)), List.of(), List.of(), List.of());
    }

    private static RadiusDatagram from(String address) {
        SharedSecret secret = new SharedSecret(Octets.ofText(GivenNas.SECRET));
        byte[] request = new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, secret).finish();
        return new RadiusDatagram(
                Packets.decoded(request),
                new InetSocketAddress(address, 40_000),
                new InetSocketAddress("127.0.0.1", 1812),
                System.nanoTime());
    }
}
