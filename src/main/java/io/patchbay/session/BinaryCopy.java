package io.patchbay.session;

import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in PostgreSQL's binary COPY format (its documentation, "COPY", "File Formats"): the server neither parses text nor
 * inserts row by row, but fills whole pages and logs each once.
 */
final class BinaryCopy {
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    /** Seconds from 1970 to 2000, where PostgreSQL's time begins. */
    private static final long EPOCH_SECONDS = 946_684_800;

    private static final byte PG_AF_INET = 2;
    private static final byte PG_AF_INET6 = 3;

    private byte[] bytes = new byte[16 * 1024];
    private int length;
    private int rows;

    BinaryCopy() {
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        length = SIGNATURE.length;
        putInt(0);
        putInt(0);
    }

    void row(int columns) {
        putShort(columns);
        rows++;
    }

    void bigint(long value) {
        putInt(8);
        putLong(value);
    }

    /** @param value negative for null */
    void bigintOrNull(long value) {
        if (value < 0) {
            putInt(-1);
        } else {
            bigint(value);
        }
    }

    void integer(int value) {
        putInt(4);
        putInt(value);
    }

    void bool(boolean value) {
        putInt(1);
        putByte(value ? 1 : 0);
    }

    void text(String value) {
        bytea(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    void bytea(Octets value) {
        bytea(value == null ? null : value.toByteArray());
    }

    void timestamp(Instant value) {
        if (value == null) {
            putInt(-1);
        } else {
            bigint((value.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + value.getNano() / 1_000);
        }
    }

    void date(LocalDate value) {
        integer((int) (value.toEpochDay() - EPOCH_SECONDS / 86_400));
    }

    void inet(IpPrefix value) {
        prefix(value, 0);
    }

    /** @param value without a bit behind its length */
    void cidr(IpPrefix value) {
        prefix(value, 1);
    }

    void nothing() {
        putInt(-1);
    }

    /** @param into table and columns */
    void send(Connection connection, String into) throws SQLException {
        if (rows == 0) {
            return;
        }
        putShort(-1);
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + into + " from stdin (format binary)");
        try {
            copy.writeToCopy(bytes, 0, length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void prefix(IpPrefix value, int isCidr) {
        byte[] address = value.address();
        putInt(4 + address.length);
        putByte(value.v6() ? PG_AF_INET6 : PG_AF_INET);
        putByte(value.length());
        putByte(isCidr);
        putByte(address.length);
        put(address);
    }

    private void bytea(byte[] value) {
        if (value == null) {
            putInt(-1);
        } else {
            putInt(value.length);
            put(value);
        }
    }

    private void put(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void putByte(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    private void putShort(int value) {
        putByte(value >> 8);
        putByte(value);
    }

    private void putInt(int value) {
        putShort(value >> 16);
        putShort(value);
    }

    private void putLong(long value) {
        putInt((int) (value >> 32));
        putInt((int) value);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
