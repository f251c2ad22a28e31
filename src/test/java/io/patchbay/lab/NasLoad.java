package io.patchbay.lab;

import io.patchbay.radius.Authenticators;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Many subscribers of one NAS at once, over as many source ports as their requests need identifiers: each has a dialogue, and
 * every request of it is sent again after the NAS's patience until it is answered. One thread; every reply is checked.
 */
public final class NasLoad implements AutoCloseable {
    /** What one subscriber's equipment says, request by request. */
    public interface Dialogue {
        /**
         * The request to send now.
         *
         * @param attempt 0 the first time, counting repeats
         * @param waited since the first attempt of this request
         */
        byte[] request(int identifier, int attempt, Duration waited, SharedSecret secret);

        /** @return whether there is a further request to send */
        boolean answered(RadiusPacket reply);
    }

    private static final int IDENTIFIERS = 256;

    private final class Slot {
        private final DatagramChannel channel;
        private final int identifier;
        private Dialogue dialogue;
        private byte[] sent;
        private int attempt;
        private long since;
        private long deadline;

        private Slot(DatagramChannel channel, int identifier) {
            this.channel = channel;
            this.identifier = identifier;
        }
    }

    /** @param deadline which the slot has another of by then, when it was answered meanwhile */
    private record Overdue(Slot slot, long deadline) {}

    private final SharedSecret secret;
    private final Duration patience;
    private final Selector selector;
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final Deque<Slot> free = new ArrayDeque<>();
    /** In the order of their deadlines, since all wait equally long. */
    private final Deque<Overdue> waiting = new ArrayDeque<>();

    private final ByteBuffer buffer = ByteBuffer.allocate(RadiusPacket.MAXIMUM_LENGTH);
    private long repeats;
    private int outstanding;

    /**
     * @param sockets how many source ports; each has 256 requests outstanding at most
     */
    public NasLoad(String address, int hubPort, String secret, int sockets, Duration patience) throws IOException {
        this.secret = new SharedSecret(Octets.ofText(secret));
        this.patience = patience;
        this.selector = Selector.open();
        for (int i = 0; i < sockets; i++) {
            DatagramChannel channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
            channel.bind(new InetSocketAddress(address, 0));
            channel.connect(new InetSocketAddress("127.0.0.1", hubPort));
            Slot[] slots = new Slot[IDENTIFIERS];
            for (int identifier = 0; identifier < IDENTIFIERS; identifier++) {
                slots[identifier] = new Slot(channel, identifier);
                free.add(slots[identifier]);
            }
            channel.register(selector, SelectionKey.OP_READ, slots);
            channels.add(channel);
        }
    }

    /** Requests that were sent again. */
    public long repeats() {
        return repeats;
    }

    public int outstanding() {
        return outstanding;
    }

    public boolean hasRoom() {
        return !free.isEmpty();
    }

    /** Sends the dialogue's next request. @throws IllegalStateException when every identifier is taken */
    public void begin(Dialogue dialogue) {
        Slot slot = free.poll();
        if (slot == null) {
            throw new IllegalStateException("every identifier is taken");
        }
        slot.dialogue = dialogue;
        slot.attempt = 0;
        slot.since = System.nanoTime();
        outstanding++;
        send(slot);
    }

    /** Takes what has come, sends again what waits for too long. @param longest how long to wait for something to come */
    public void turn(Duration longest) {
        try {
            selector.select(Math.max(1, longest.toMillis()));
            for (SelectionKey key : selector.selectedKeys()) {
                receive((DatagramChannel) key.channel(), (Slot[]) key.attachment());
            }
            selector.selectedKeys().clear();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        repeatOverdue();
    }

    private void receive(DatagramChannel channel, Slot[] slots) throws IOException {
        while (true) {
            buffer.clear();
            int length;
            try {
                length = channel.read(buffer);
            } catch (PortUnreachableException hubIsDown) {
                continue;
            }
            if (length <= 0) {
                return;
            }
            if (RadiusPacket.decode(buffer.array().clone(), 0, length) instanceof Decoded.Ok ok) {
                answered(slots[ok.packet().identifier()], ok.packet());
            }
        }
    }

    private void answered(Slot slot, RadiusPacket reply) {
        if (slot.dialogue == null
                || !Authenticators.hasRightResponseAuthenticator(reply, Arrays.copyOfRange(slot.sent, 4, 20), secret)) {
            return; // late: it was sent again and answered, or another identifier has taken over
        }
        Dialogue dialogue = slot.dialogue;
        release(slot);
        if (dialogue.answered(reply)) {
            begin(dialogue);
        }
    }

    private void release(Slot slot) {
        slot.dialogue = null;
        free.add(slot);
        outstanding--;
    }

    private void repeatOverdue() {
        long now = System.nanoTime();
        while (!waiting.isEmpty() && waiting.peek().deadline() - now <= 0) {
            Overdue overdue = waiting.poll();
            Slot slot = overdue.slot();
            if (slot.dialogue != null && slot.deadline == overdue.deadline()) {
                slot.attempt++;
                repeats++;
                send(slot);
            }
        }
    }

    private void send(Slot slot) {
        long now = System.nanoTime();
        slot.sent = slot.dialogue.request(slot.identifier, slot.attempt, Duration.ofNanos(now - slot.since), secret);
        slot.deadline = now + patience.toNanos();
        waiting.add(new Overdue(slot, slot.deadline));
        try {
            slot.channel.write(ByteBuffer.wrap(slot.sent));
        } catch (IOException lost) {
            // The hub is down, or the buffer full: as if it were lost on the way.
        }
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
