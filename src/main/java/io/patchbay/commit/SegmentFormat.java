package io.patchbay.commit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A segment's bytes: a header of 8, then entries. An entry is its length (4 bytes, big-endian, at least 1), the CRC-32C of
 * length and content (4 bytes), and the content. The length is within the sum so that zeros, which a power cut may leave
 * behind, are no entry.
 */
final class SegmentFormat {
    private static final int ENTRY_HEADER = 8;
    /** "PBJRNL", a zero, and the number of this format. */
    private static final byte[] HEADER = {'P', 'B', 'J', 'R', 'N', 'L', 0, 1};

    static final int HEADER_LENGTH = HEADER.length;

    private SegmentFormat() {}

    /**
     * What is in a segment.
     *
     * @param damaged entries that are not as they were written, with good ones behind them, or a header of another kind
     * @param end where the last good entry ends; what lies behind it is a torn tail
     */
    record Content(List<byte[]> entries, int damaged, int end) {}

    static ByteBuffer header() {
        return ByteBuffer.wrap(HEADER.clone());
    }

    static ByteBuffer write(List<byte[]> entries) {
        long length = 0;
        for (byte[] entry : entries) {
            length += ENTRY_HEADER + entry.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
        for (byte[] entry : entries) {
            if (entry.length == 0) {
                throw new IllegalArgumentException("A journal's entry is not empty.");
            }
            bytes.putInt(entry.length)
                    .putInt(checksum(ByteBuffer.wrap(entry), 0, entry.length))
                    .put(entry);
        }
        return bytes.flip();
    }

    /** @param end of what may be trusted */
    static Content read(byte[] segment, int end) {
        ByteBuffer bytes = ByteBuffer.wrap(segment, 0, end).slice();
        List<byte[]> entries = new ArrayList<>();
        if (end < HEADER_LENGTH) {
            return new Content(entries, 0, 0);
        }
        if (!bytes.slice(0, HEADER_LENGTH).equals(header())) {
            return new Content(entries, bytes.getLong(0) == 0 ? 0 : 1, 0);
        }
        int at = HEADER_LENGTH;
        int damaged = 0;
        while (at < end) {
            int length = lengthAt(bytes, at);
            if (isGood(bytes, at)) {
                byte[] entry = new byte[length];
                bytes.get(at + ENTRY_HEADER, entry);
                entries.add(entry);
            } else if (length > 0 && isGood(bytes, at + ENTRY_HEADER + length)) {
                damaged++;
            } else {
                break;
            }
            at += ENTRY_HEADER + length;
        }
        return new Content(entries, damaged, at);
    }

    private static boolean isGood(ByteBuffer bytes, int at) {
        int length = lengthAt(bytes, at);
        return length > 0 && bytes.getInt(at + 4) == checksum(bytes, at + ENTRY_HEADER, length);
    }

    /** 0 when there is none that fits. */
    private static int lengthAt(ByteBuffer bytes, int at) {
        int room = bytes.limit() - at - ENTRY_HEADER;
        int length = room < 1 ? 0 : bytes.getInt(at);
        return length < 1 || length > room ? 0 : length;
    }

    private static int checksum(ByteBuffer bytes, int at, int length) {
        CRC32C sum = new CRC32C();
        sum.update(length >>> 24);
        sum.update(length >>> 16);
        sum.update(length >>> 8);
        sum.update(length);
        sum.update(bytes.slice(at, length));
        return (int) sum.getValue();
    }
}
