package io.patchbay.lab;

import io.patchbay.radius.AttributeType;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.ChapPassword;
import io.patchbay.radius.MsChapPeer;
import io.patchbay.radius.MsChapV1;
import io.patchbay.radius.MsChapV2;
import io.patchbay.radius.PacketCode;
import io.patchbay.radius.UserPassword;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Access-Requests of the demo population, whole and damaged; the same for the same seed but for their authenticators. */
public final class DamagedPackets {
    private static final String USER = "demo-alice";
    private static final String PASSWORD = "wonderland";
    private static final String CIRCUIT = "demo-olt eth 1/1/1:10";

    private static final List<Consumer<AttributeWriter>> PROOFS = List.of(
            attributes -> attributes.put(
                    AttributeType.USER_PASSWORD,
                    UserPassword.encrypt(attributes.secret(), attributes.requestAuthenticator(), ascii(PASSWORD))),
            attributes -> attributes.put(
                    AttributeType.CHAP_PASSWORD,
                    ChapPassword.value(1, ascii(PASSWORD), attributes.requestAuthenticator())),
            attributes -> {
                byte[] challenge = attributes.requestAuthenticator();
                attributes.putVendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP_CHALLENGE, challenge);
                attributes.putVendor(
                        MsChapV2.MICROSOFT,
                        MsChapV2.MS_CHAP2_RESPONSE,
                        MsChapPeer.response(1, USER, challenge, challenge, PASSWORD));
            },
            attributes -> {
                attributes.putVendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP_CHALLENGE, new byte[8]);
                attributes.putVendor(MsChapV2.MICROSOFT, MsChapV1.MS_CHAP_RESPONSE, new byte[50]);
            },
            attributes -> attributes.put(AttributeType.EAP_MESSAGE, new byte[] {2, 7, 0, 6, 1, 'x'}),
            attributes -> {});

    private final Random random;

    public DamagedPackets(long seed) {
        this.random = new Random(seed);
    }

    /** A whole request with one proof of several, and the line in one vendor's attributes of several. */
    public byte[] request(TestNas nas) {
        return nas.request(PacketCode.ACCESS_REQUEST, attributes -> {
            attributes.put(1, ascii(USER));
            attributes.put(87, ascii("ge-0/0/0:110"));
            attributes.put(31, ascii("02-00-00-00-00-01"));
            switch (random.nextInt(4)) {
                case 0 -> attributes.putVendor(3561, 1, ascii(CIRCUIT));
                case 1 -> attributes.putVendor(2352, 97, ascii(CIRCUIT));
                case 2 -> attributes.putVendor(9, 1, ascii("circuit-id-tag=" + CIRCUIT));
                default -> attributes.putVendor(4874, 159, option82());
            }
            PROOFS.get(random.nextInt(PROOFS.size())).accept(attributes);
        });
    }

    /** Cut or lengthened, and up to four bytes changed wherever they lie. */
    public byte[] anywhere(byte[] request) {
        byte[] damaged = Arrays.copyOf(request, 1 + random.nextInt(request.length + 20));
        return changed(damaged, 0);
    }

    /** Up to four bytes changed behind the signature, which is then right again. */
    public byte[] signed(TestNas nas) {
        return nas.signedAgain(changed(request(nas), TestNas.BEHIND_THE_SIGNATURE));
    }

    private byte[] changed(byte[] packet, int from) {
        for (int change = random.nextInt(4); change >= 0; change--) {
            packet[from + random.nextInt(packet.length - from)] = (byte) random.nextInt();
        }
        return packet;
    }

    private static byte[] option82() {
        byte[] option = new byte[2 + CIRCUIT.length()];
        option[0] = 1;
        option[1] = (byte) CIRCUIT.length();
        System.arraycopy(ascii(CIRCUIT), 0, option, 2, CIRCUIT.length());
        return option;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
