package io.patchbay.lab;

import io.patchbay.radius.Authenticators;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.SharedSecret;
import io.patchbay.wire.Octets;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A NAS of the tests that comes over TLS; every reply it takes is checked under the secret {@code radsec}. */
public final class RadSecPeer implements AutoCloseable {
    public static final SharedSecret SECRET = new SharedSecret(Octets.ofText("radsec"));

    private final SSLSocket socket;
    private final Map<Integer, RadiusPacket> skipped = new HashMap<>();

    /** Connects and shakes hands. @throws IOException when that is refused */
    public RadSecPeer(int port, SSLContext tls, String... protocols) throws IOException {
        Socket plain = new Socket();
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        plain.setSoTimeout(20_000);
        socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
    }

    public SSLSocket socket() {
        return socket;
    }

    public void send(byte[]... packets) {
        try {
            for (byte[] packet : packets) {
                socket.getOutputStream().write(packet);
            }
            socket.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public RadiusPacket ask(byte[] request) {
        send(request);
        return await(request);
    }

    /** The reply to this request, its authenticator right; others that arrive meanwhile are kept for their own. */
    public RadiusPacket await(byte[] request) {
        int identifier = request[1] & 0xff;
        try {
            while (!skipped.containsKey(identifier)) {
                RadiusPacket packet = read();
                skipped.put(packet.identifier(), packet);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        RadiusPacket reply = skipped.remove(identifier);
        if (!Authenticators.hasRightResponseAuthenticator(reply, Arrays.copyOfRange(request, 4, 20), SECRET)) {
            throw new AssertionError("the reply is not signed with radsec");
        }
        return reply;
    }

    /** Whether the hub closes the connection within this time, whatever it sends before. */
    public boolean isCutWithin(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                socket.setSoTimeout((int) left);
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            }
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    private RadiusPacket read() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] header = new byte[4];
        in.readFully(header);
        byte[] packet = Arrays.copyOf(header, (header[2] & 0xff) << 8 | header[3] & 0xff);
        in.readFully(packet, header.length, packet.length - header.length);
        if (RadiusPacket.decode(packet, 0, packet.length) instanceof Decoded.Ok ok) {
            return ok.packet();
        }
        throw new AssertionError("the hub sent what is no packet");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // and that is what was asked for
        }
    }
}
