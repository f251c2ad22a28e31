package io.patchbay.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.wire.Octets;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A hundred thousand damaged packets: none makes the codec throw, whatever is asked of it afterwards. */
class MutatedPacketsTest {
    private static final int COUNT = 100_000;
    private static final SharedSecret SECRET = new SharedSecret(Octets.ofText("testing123"));
    private static final List<VendorFormat> FORMATS = List.of(
            VendorFormat.USUAL,
            new VendorFormat(2, 1, false),
            new VendorFormat(2, 2, false),
            new VendorFormat(4, 0, false),
            new VendorFormat(1, 1, true));
    private static final int[] VENDORS = {9, 311, 429, 3561, 4846, 8164, 24757};

    private final Random random = new Random(20240709);
    private final InetSocketAddress source = new InetSocketAddress("192.0.2.1", 1812);

    @Test
    void noMutationThrows() {
        List<byte[]> originals = originals();
        int sound = 0;
        for (int i = 0; i < COUNT; i++) {
            byte[] datagram = mutate(originals.get(random.nextInt(originals.size())));
            if (RadiusPacket.decode(datagram, 0, datagram.length) instanceof Decoded.Ok ok) {
                sound++;
                askEverything(ok.packet());
            }
        }
        assertThat(sound)
                .as("enough mutants must decode for this to mean something")
                .isGreaterThan(COUNT / 5);
    }

    /** Every sound vector, and requests that prove a password. */
    private static List<byte[]> originals() {
        List<byte[]> originals = new ArrayList<>();
        for (Vector vector : Vector.all()) {
            if (vector.expected().startsWith("packet")) {
                originals.add(vector.datagram());
            }
        }
        RequestBuilder request = new RequestBuilder(PacketCode.ACCESS_REQUEST, 1, new byte[16], SECRET);
        request.attributes().put(1, "bob".getBytes());
        request.attributes().put(2, UserPassword.encrypt(SECRET, new byte[16], "secret".getBytes()));
        request.attributes().put(3, new byte[17]);
        request.attributes().putVendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP_CHALLENGE, new byte[16]);
        request.attributes().putVendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP2_RESPONSE, new byte[50]);
        request.attributes().put(33, new byte[7]);
        originals.add(request.finish());
        return originals;
    }

    private void askEverything(RadiusPacket packet) {
        assertThat(packet.length()).isBetween(20, 4096).isEqualTo(packet.bytes().length);
        assertThat(packet.authenticator()).hasSize(16);
        int[] total = {RadiusPacket.HEADER_LENGTH};
        packet.forEach((type, offset, length) -> {
            total[0] += length + 2;
            assertThat(packet.has(type)).isTrue();
            assertThat(packet.value(type)).isNotNull();
            assertThat(packet.values(type)).isNotEmpty();
        });
        assertThat(total[0]).isEqualTo(packet.length());
        for (int type : new int[] {-1, 0, 1, 4, 26, 79, 80, 241, 245, 246, 255, 256}) {
            packet.text(type);
            packet.octets(type);
            packet.integer(type, -1);
            for (int extended = 0; extended < 8; extended++) {
                for (byte[] value : ExtendedAttributes.values(packet, type, extended)) {
                    Tlvs.values(value, 1);
                    Tlvs.value(value, 2, 3);
                }
            }
            ExtendedAttributes.vendorValues(packet, type, 9, 1);
        }
        for (int vendor : VENDORS) {
            for (VendorFormat format : FORMATS) {
                packet.vendor(vendor, format, 1);
                packet.vendorValues(vendor, format, 2);
            }
        }
        packet.eapMessage();
        useAsRequest(packet);
    }

    private void useAsRequest(RadiusPacket packet) {
        Authenticators.hasRightMessageAuthenticator(packet, SECRET);
        Authenticators.hasRightRequestAuthenticator(packet, SECRET);
        Authenticators.hasRightResponseAuthenticator(packet, packet.authenticator(), SECRET);
        UserPassword.of(packet, SECRET);
        ChapPassword chap = ChapPassword.of(packet);
        if (chap != null) {
            chap.matches(new byte[0]);
        }
        MsChapV2 msChap = MsChapV2.of(packet);
        if (msChap != null) {
            msChap.matches(new byte[16]);
        }
        DuplicateKey.of(source, packet);
        new ReplyBuilder(PacketCode.ACCESS_REJECT, packet, SECRET).finish();
    }

    private byte[] mutate(byte[] original) {
        byte[] datagram = original.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            datagram = mutateOnce(datagram);
        }
        return datagram;
    }

    private byte[] mutateOnce(byte[] datagram) {
        int at = datagram.length == 0 ? 0 : random.nextInt(datagram.length);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(datagram, at);
            case 1 -> lengthened(datagram, random.nextInt(40));
            case 2 -> consistent(Arrays.copyOf(datagram, at));
            case 3 -> consistent(lengthened(datagram, random.nextInt(40)));
            default -> flipped(datagram, at);
        };
    }

    private byte[] flipped(byte[] datagram, int at) {
        if (datagram.length > 0) {
            datagram[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : datagram[at] ^ 1 << random.nextInt(8));
        }
        return datagram;
    }

    private byte[] lengthened(byte[] datagram, int count) {
        byte[] longer = new byte[datagram.length + count];
        random.nextBytes(longer);
        System.arraycopy(datagram, 0, longer, 0, datagram.length);
        return longer;
    }

    /** With a Length field that fits, so that the damage is found further in. */
    private static byte[] consistent(byte[] datagram) {
        if (datagram.length >= 4) {
            datagram[2] = (byte) (datagram.length >>> 8);
            datagram[3] = (byte) datagram.length;
        }
        return datagram;
    }
}
