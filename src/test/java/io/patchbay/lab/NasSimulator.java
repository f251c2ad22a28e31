package io.patchbay.lab;

import io.patchbay.radius.AttributeType;
import io.patchbay.radius.Authenticators;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.ReplyBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A NAS that takes CoA- and Disconnect-Requests (RFC 5176) on a real socket, checks them as a NAS does, and misbehaves as it
 * is told. It knows sessions by their Acct-Session-Id; a Disconnect ends one, and whoever asked to be told is: a test that has
 * accounting sends the Stop there ({@link #stop}).
 */
public final class NasSimulator implements AutoCloseable {
    private static final int ACCT_SESSION_ID = 44;
    private static final int ERROR_CAUSE = 101;
    private static final int SESSION_CONTEXT_NOT_FOUND = 503;

    private final DatagramSocket socket;
    private final SharedSecret secret;
    private final SharedSecret wrongSecret = new SharedSecret(Octets.ofText("nobody's"));
    private final Map<String, Boolean> sessions = new ConcurrentHashMap<>();
    private final List<RadiusPacket> received = new CopyOnWriteArrayList<>();
    private final Map<Integer, Integer> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger requestsToLose = new AtomicInteger();
    private final AtomicInteger repliesToLose = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final ScheduledExecutorService delays = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("nas-simulator-delay").factory());
    private volatile boolean silent;
    private volatile boolean twice;
    private volatile boolean forging;
    private volatile long delayMillis;
    private volatile Consumer<String> onDisconnected = session -> {};

    /** @param address in 127.0.0.0/8; the port is a free one */
    public NasSimulator(String address, String secret) {
        this.secret = new SharedSecret(Octets.ofText(secret));
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0));
            socket.setReceiveBufferSize(4 << 20);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofPlatform().daemon().name("nas-simulator").start(this::run);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public NasSimulator session(String acctSessionId) {
        sessions.put(acctSessionId, true);
        return this;
    }

    public Collection<String> sessions() {
        return sessions.keySet();
    }

    /** Called on the simulator's thread when a Disconnect has ended a session, before the answer. */
    public NasSimulator onDisconnected(Consumer<String> told) {
        onDisconnected = told;
        return this;
    }

    public NasSimulator silent(boolean on) {
        silent = on;
        return this;
    }

    /** Loses as many as they come in; likewise {@link #loseReplies} as they go out. */
    public NasSimulator loseRequests(int count) {
        requestsToLose.set(count);
        return this;
    }

    public NasSimulator loseReplies(int count) {
        repliesToLose.set(count);
        return this;
    }

    public NasSimulator answerTwice() {
        twice = true;
        return this;
    }

    /** Sends a reply under a wrong secret before each right one. */
    public NasSimulator forge() {
        forging = true;
        return this;
    }

    public NasSimulator delay(long millis) {
        delayMillis = millis;
        return this;
    }

    /** @param code of the request that is refused from now on. @param errorCause 0 for a NAK without Error-Cause */
    public NasSimulator refuse(int code, int errorCause) {
        refusals.put(code, errorCause);
        return this;
    }

    /** Every request with the right authenticators, repeats and lost ones included. */
    public List<RadiusPacket> received() {
        return received;
    }

    public List<RadiusPacket> received(int code) {
        return received.stream().filter(packet -> packet.code() == code).toList();
    }

    /** How many requests were not signed with this NAS's secret. */
    public int notOurs() {
        return refused.get();
    }

    private void run() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
                socket.receive(datagram);
                if (RadiusPacket.decode(buffer.clone(), 0, datagram.getLength()) instanceof Decoded.Ok ok) {
                    take(ok.packet(), datagram);
                }
            } catch (SocketException closed) {
                return;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private void take(RadiusPacket request, DatagramPacket from) {
        if (!Authenticators.hasRightRequestAuthenticator(request, secret)
                || !Authenticators.hasRightMessageAuthenticator(request, secret)) {
            refused.incrementAndGet();
            return;
        }
        received.add(request);
        if (silent || requestsToLose.getAndUpdate(NasSimulator::oneLess) > 0) {
            return;
        }
        InetSocketAddress hub = (InetSocketAddress) from.getSocketAddress();
        int errorCause = errorCause(request);
        boolean lost = repliesToLose.getAndUpdate(NasSimulator::oneLess) > 0;
        if (lost) {
            return;
        }
        if (delayMillis > 0) {
            delays.schedule(() -> answer(request, errorCause, hub), delayMillis, TimeUnit.MILLISECONDS);
        } else {
            answer(request, errorCause, hub);
        }
    }

    /** What is wrong with the request, 0 when nothing is, -1 for a refusal without a cause; does what is asked. */
    private int errorCause(RadiusPacket request) {
        Integer refusal = refusals.get(request.code());
        if (refusal != null) {
            return refusal == 0 ? -1 : refusal;
        }
        String session = request.text(ACCT_SESSION_ID);
        if (session == null || !sessions.containsKey(session)) {
            return SESSION_CONTEXT_NOT_FOUND;
        }
        if (request.code() == PacketCode.DISCONNECT_REQUEST) {
            sessions.remove(session);
            onDisconnected.accept(session);
        }
        return 0;
    }

    private void answer(RadiusPacket request, int errorCause, InetSocketAddress hub) {
        int code = request.code() + (errorCause == 0 ? 1 : 2);
        if (forging) {
            send(reply(code, request, errorCause, wrongSecret), hub);
        }
        byte[] reply = reply(code, request, errorCause, secret);
        send(reply, hub);
        if (twice) {
            send(reply, hub);
        }
    }

    private static byte[] reply(int code, RadiusPacket request, int errorCause, SharedSecret secret) {
        ReplyBuilder builder = new ReplyBuilder(code, request, secret);
        if (errorCause > 0) {
            builder.attributes().putInteger(ERROR_CAUSE, errorCause);
        }
        return builder.finish();
    }

    private void send(byte[] datagram, InetSocketAddress hub) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, hub));
        } catch (IOException closed) {
            // a test that has ended
        }
    }

    private static int oneLess(int count) {
        return Math.max(0, count - 1);
    }

    /** Whether a request carries its Message-Authenticator first (CVE-2024-3596). */
    public static boolean beginsSigned(RadiusPacket request) {
        return (request.bytes()[RadiusPacket.HEADER_LENGTH] & 0xff) == AttributeType.MESSAGE_AUTHENTICATOR;
    }

    @Override
    public void close() {
        socket.close();
        delays.shutdownNow();
    }
}
