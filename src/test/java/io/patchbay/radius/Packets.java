package io.patchbay.radius;

import java.util.HexFormat;

/** Packets for tests. */
public final class Packets {
    private Packets() {}

    /** The packet in these bytes, which must be sound. */
    public static RadiusPacket decoded(byte[] bytes) {
        return switch (RadiusPacket.decode(bytes, 0, bytes.length)) {
            case Decoded.Ok ok -> ok.packet();
            case Decoded.Malformed malformed -> throw new AssertionError(malformed);
        };
    }

    static RadiusPacket decoded(String hex) {
        return decoded(hex(hex));
    }

    /** Hex, with blanks where one likes. */
    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
}
