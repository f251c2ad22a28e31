package io.patchbay.lab;

import io.patchbay.radius.AttributeType;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.Authenticators;
import io.patchbay.radius.Decoded;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.RequestBuilder;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.UserPassword;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A NAS of the tests: a real socket, and every reply it takes is checked as a NAS checks it. */
public final class TestNas implements AutoCloseable {
    /** Where a change leaves the signature of {@link #request} in its place. */
    public static final int BEHIND_THE_SIGNATURE = 38;

    private static final int HEADER_LENGTH = 20;
    private static final int MESSAGE_AUTHENTICATOR_LENGTH = 18;
    private static final int USER_NAME = 1;
    private static final int ADSL_FORUM = 3561;

    private final DatagramSocket socket;
    private final InetSocketAddress hub;
    private final SharedSecret secret;
    private final byte[] secretBytes;
    private int identifier;

    /** @param address the NAS's own, in 127.0.0.0/8 */
    public TestNas(String address, int hubPort, String secret) {
        try {
            this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0));
            this.hub = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), hubPort);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        this.secretBytes = secret.getBytes(StandardCharsets.UTF_8);
        this.secret = new SharedSecret(Octets.of(secretBytes));
    }

    public SharedSecret secret() {
        return secret;
    }

    /** An Access-Request with PAP. */
    public byte[] pap(String userName, String password, String circuitId) {
        return request(PacketCode.ACCESS_REQUEST, attributes -> {
            attributes.put(USER_NAME, ascii(userName));
            attributes.put(
                    AttributeType.USER_PASSWORD,
                    UserPassword.encrypt(secret, attributes.requestAuthenticator(), ascii(password)));
            if (circuitId != null) {
                attributes.putVendor(ADSL_FORUM, 1, ascii(circuitId));
            }
        });
    }

    /**
     * The same request without its Message-Authenticator, which is the first attribute of every request that is made here.
     */
    public static byte[] unsigned(byte[] request) {
        byte[] unsigned = Arrays.copyOf(request, request.length - MESSAGE_AUTHENTICATOR_LENGTH);
        System.arraycopy(request, BEHIND_THE_SIGNATURE, unsigned, HEADER_LENGTH, unsigned.length - HEADER_LENGTH);
        unsigned[2] = (byte) (unsigned.length >>> 8);
        unsigned[3] = (byte) unsigned.length;
        return unsigned;
    }

    /** Signs a request that was changed behind its Message-Authenticator (RFC 3579 section 3.2) as if it were whole. */
    public byte[] signedAgain(byte[] changed) {
        byte[] request = changed.clone();
        Arrays.fill(request, HEADER_LENGTH + 2, BEHIND_THE_SIGNATURE, (byte) 0);
        try {
            Mac hmac = Mac.getInstance("HmacMD5");
            hmac.init(new SecretKeySpec(secretBytes, "HmacMD5"));
            byte[] signature = hmac.doFinal(request);
            System.arraycopy(signature, 0, request, HEADER_LENGTH + 2, signature.length);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no HMAC-MD5", missing);
        }
        return request;
    }

    public byte[] request(int code, Consumer<AttributeWriter> content) {
        RequestBuilder builder = new RequestBuilder(code, identifier++ & 0xff, secret);
        content.accept(builder.attributes());
        return builder.finish();
    }

    public void send(byte[] datagram) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, hub));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As a NAS asks: again after 2 s, three times in all. */
    public Optional<RadiusPacket> ask(byte[] request) {
        for (int attempt = 0; attempt < 3; attempt++) {
            Optional<RadiusPacket> reply = ask(request, Duration.ofSeconds(2));
            if (reply.isPresent()) {
                return reply;
            }
        }
        return Optional.empty();
    }

    /** Sends and waits; empty when nothing came in time. */
    public Optional<RadiusPacket> ask(byte[] request, Duration patience) {
        send(request);
        return await(request, patience);
    }

    /** The reply to this request, its authenticators right; others that arrive meanwhile are skipped. */
    public Optional<RadiusPacket> await(byte[] request, Duration patience) {
        byte[] authenticator = Arrays.copyOfRange(request, 4, 20);
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            byte[] buffer = new byte[4096];
            DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
            try {
                socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
                socket.receive(datagram);
            } catch (SocketTimeoutException nothing) {
                return Optional.empty();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            if (RadiusPacket.decode(buffer, 0, datagram.getLength()) instanceof Decoded.Ok ok
                    && ok.packet().identifier() == (request[1] & 0xff)
                    && Authenticators.hasRightResponseAuthenticator(ok.packet(), authenticator, secret)) {
                return Optional.of(ok.packet());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        socket.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
