package io.patchbay.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.radius.DuplicateCache.Outcome;
import io.patchbay.wire.Octets;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DuplicateCacheTest {
    private static final byte[] REPLY = {2, 1};

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 3_000_000_000L);
    private final DuplicateCache cache =
            new DuplicateCache(512, Duration.ofSeconds(5), Duration.ofSeconds(30), now::get);

    @Test
    void theFirstIsNewAndItsTwinWaits() {
        assertThat(cache.admit(key(1))).isEqualTo(new Outcome.New());
        assertThat(cache.admit(key(1))).isEqualTo(new Outcome.InFlight());
        assertThat(cache.admit(key(2))).isEqualTo(new Outcome.New());
    }

    @Test
    void aTwinGetsTheSameReplyForFiveSeconds() {
        cache.admit(key(1));
        cache.complete(key(1), REPLY);

        assertThat(replayed(key(1))).isSameAs(REPLY);
        advance(Duration.ofSeconds(5));
        assertThat(replayed(key(1))).isSameAs(REPLY);
        advance(Duration.ofNanos(1));
        assertThat(cache.admit(key(1))).isEqualTo(new Outcome.New());
    }

    @Test
    void aRequestThatNobodyAnswersIsNewAgainInTheEnd() {
        cache.admit(key(1));
        advance(Duration.ofSeconds(30));
        assertThat(cache.admit(key(1))).isEqualTo(new Outcome.InFlight());
        advance(Duration.ofNanos(1));
        assertThat(cache.admit(key(1))).isEqualTo(new Outcome.New());
    }

    @Test
    void silenceIsAnswerToTwinsToo() {
        cache.admit(key(1));
        cache.complete(key(1), null);

        assertThat(cache.admit(key(1))).isEqualTo(new Outcome.InFlight());
        advance(Duration.ofSeconds(6));
        assertThat(cache.admit(key(1))).isEqualTo(new Outcome.New());
    }

    @Test
    void whatIsForgottenIsNew() {
        cache.admit(key(1));
        cache.forget(key(1));
        assertThat(cache.admit(key(1))).isEqualTo(new Outcome.New());
        cache.complete(key(1), REPLY);
        cache.forget(key(1));
        cache.forget(key(7));
        assertThat(cache.admit(key(1))).isEqualTo(new Outcome.New());
    }

    @Test
    void completingWhatIsNotThereDoesNothing() {
        cache.complete(key(1), REPLY);

        assertThat(cache.admit(key(1))).isEqualTo(new Outcome.New());
    }

    @Test
    void everyPartOfTheKeyTellsRequestsApart() {
        RadiusPacket packet = packet(PacketCode.ACCESS_REQUEST, 1, new byte[16]);
        byte[] lastByte = new byte[16];
        lastByte[15] = 1;
        List<DuplicateKey> keys = List.of(
                key("192.0.2.1", 1024, packet),
                key("192.0.2.2", 1024, packet),
                key("192.0.2.1", 1025, packet),
                key("2001:db8::1", 1024, packet),
                key("2001:db8:0:1::1", 1024, packet),
                key("192.0.2.1", 1024, packet(PacketCode.STATUS_SERVER, 1, new byte[16])),
                key("192.0.2.1", 1024, packet(PacketCode.ACCESS_REQUEST, 2, new byte[16])),
                key("192.0.2.1", 1024, packet(PacketCode.ACCESS_REQUEST, 1, lastByte)));

        assertThat(keys).doesNotHaveDuplicates();
        assertThat(keys).allSatisfy(key -> assertThat(cache.admit(key)).isEqualTo(new Outcome.New()));
        assertThat(keys).allSatisfy(key -> assertThat(cache.admit(key)).isEqualTo(new Outcome.InFlight()));
        assertThat(key("192.0.2.1", 1024, packet)).isEqualTo(keys.getFirst());
    }

    @Test
    void theOldestMakeRoomAndTheYoungStay() {
        for (int i = 0; i < 10_000; i++) {
            advance(Duration.ofNanos(1));
            cache.admit(key(i));
            cache.complete(key(i), REPLY);
        }
        int young = 0;
        for (int i = 9_900; i < 10_000; i++) {
            young += cache.admit(key(i)) instanceof Outcome.Replay ? 1 : 0;
        }
        assertThat(young).as("of the last hundred").isGreaterThan(95);
        int old = 0;
        for (int i = 0; i < 9_000; i++) {
            old += cache.admit(key(i)) instanceof Outcome.Replay ? 1 : 0;
        }
        assertThat(old).isZero();
    }

    @RepeatedTest(10)
    void ofManyThreadsOneIsFirst() throws Exception {
        DuplicateCache shared =
                new DuplicateCache(65_536, Duration.ofSeconds(5), Duration.ofSeconds(30), System::nanoTime);
        AtomicInteger firsts = new AtomicInteger();
        int requests = 2_000; // so few that no set of eight overflows
        Callable<Void> worker = () -> {
            for (int i = 0; i < requests; i++) {
                switch (shared.admit(key(i))) {
                    case Outcome.New isNew -> {
                        firsts.incrementAndGet();
                        shared.complete(key(i), REPLY);
                    }
                    case Outcome.InFlight inFlight -> {}
                    case Outcome.Replay replay -> assertThat(replay.reply()).isSameAs(REPLY);
                }
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Void> done : threads.invokeAll(new ArrayList<>(List.of(worker, worker, worker, worker)))) {
                done.get();
            }
        }
        assertThat(firsts).hasValue(requests);
    }

    private byte[] replayed(DuplicateKey key) {
        return ((Outcome.Replay) cache.admit(key)).reply();
    }

    private void advance(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    private static DuplicateKey key(int number) {
        return new DuplicateKey(0, 0x7f000001, 1812 << 16 | number & 0xff, number * 0x5851f42d4c957f2dL, number);
    }

    private static DuplicateKey key(String address, int port, RadiusPacket packet) {
        return DuplicateKey.of(new InetSocketAddress(address, port), packet);
    }

    private static RadiusPacket packet(int code, int identifier, byte[] authenticator) {
        SharedSecret secret = new SharedSecret(Octets.ofText("testing123"));
        return Packets.decoded(new RequestBuilder(code, identifier, authenticator, secret).finish());
    }
}
