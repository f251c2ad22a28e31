package io.patchbay.radius;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** MD4 (RFC 1320), which the JDK lacks and MS-CHAP is built on. Broken as a digest; here for nothing else. */
final class Md4 {
    private static final int BLOCK = 64;
    /** Rotations of the three rounds, each for the four steps in turn (RFC 1320 section 3.4). */
    private static final int[][] ROTATIONS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
    /** Order in which the third round reads the words. */
    private static final int[] THIRD_ORDER = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};

    private Md4() {}

    /** The digest of {@code message}, 16 bytes. */
    static byte[] digest(byte[] message) {
        int length = (message.length + 8) / BLOCK * BLOCK + BLOCK;
        byte[] padded = Arrays.copyOf(message, length);
        padded[message.length] = (byte) 0x80;
        ByteBuffer words = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
        words.putLong(length - 8, message.length * 8L);
        int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
        for (int block = 0; block < length; block += BLOCK) {
            compress(state, words, block);
        }
        ByteBuffer digest = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : state) {
            digest.putInt(word);
        }
        return digest.array();
    }

    private static void compress(int[] state, ByteBuffer words, int block) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        for (int step = 0; step < 48; step++) {
            int round = step >>> 4;
            int i = step & 15;
            int word = words.getInt(block + 4 * order(round, i));
            int sum = a + mix(round, b, c, d) + word;
            int rotated = Integer.rotateLeft(sum, ROTATIONS[round][i & 3]);
            a = d;
            d = c;
            c = b;
            b = rotated;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }

    private static int order(int round, int i) {
        return switch (round) {
            case 0 -> i;
            case 1 -> (i & 3) << 2 | i >>> 2;
            default -> THIRD_ORDER[i];
        };
    }

    private static int mix(int round, int b, int c, int d) {
        return switch (round) {
            case 0 -> b & c | ~b & d;
            case 1 -> (b & c | b & d | c & d) + 0x5a827999;
            default -> (b ^ c ^ d) + 0x6ed9eba1;
        };
    }
}
