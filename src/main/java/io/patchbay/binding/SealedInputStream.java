package io.patchbay.binding;

import io.patchbay.vault.Vault;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads what {@link SealedOutputStream} wrote; a piece that does not open throws {@code UnsealException}. */
final class SealedInputStream extends InputStream {
    private static final int LONGEST = SealedOutputStream.PIECE_BYTES + Vault.OVERHEAD;

    private final DataInputStream in;
    private final Vault vault;
    private final String context;
    private byte[] piece = new byte[0];
    private int at;
    private int pieces;
    private boolean ended;

    SealedInputStream(DataInputStream in, Vault vault, String context) {
        this.in = in;
        this.vault = vault;
        this.context = context;
    }

    @Override
    public int read() throws IOException {
        return next() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!next()) {
            return -1;
        }
        int some = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, offset, some);
        at += some;
        return some;
    }

    private boolean next() throws IOException {
        while (!ended && at == piece.length) {
            int length = in.readInt();
            if (length == 0) {
                ended = true;
                break;
            }
            if (length < 0 || length > LONGEST) {
                throw new IOException("a piece of " + length + " bytes");
            }
            byte[] sealed = in.readNBytes(length);
            if (sealed.length < length) {
                throw new EOFException();
            }
            piece = vault.open(sealed, context + "/" + pieces++);
            at = 0;
        }
        return !ended;
    }
}
