package io.patchbay.binding;

import io.patchbay.vault.Vault;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes what it is given in sealed pieces, each as length (4 bytes) and sealed bytes; a length of 0 ends the file. */
final class SealedOutputStream extends OutputStream {
    static final int PIECE_BYTES = 256 * 1024;

    private final DataOutputStream out;
    private final Vault vault;
    private final String context;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int filled;
    private int pieces;

    /** @param context names the file, so that pieces of two files cannot be mixed */
    SealedOutputStream(DataOutputStream out, Vault vault, String context) {
        this.out = out;
        this.vault = vault;
        this.context = context;
    }

    @Override
    public void write(int value) throws IOException {
        if (filled == piece.length) {
            seal();
        }
        piece[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int written = 0;
        while (written < length) {
            if (filled == piece.length) {
                seal();
            }
            int some = Math.min(length - written, piece.length - filled);
            System.arraycopy(bytes, offset + written, piece, filled, some);
            filled += some;
            written += some;
        }
    }

    /** Seals what is left and ends the file, which stays open. */
    void finish() throws IOException {
        seal();
        out.writeInt(0);
    }

    private void seal() throws IOException {
        byte[] sealed = vault.seal(Arrays.copyOf(piece, filled), context + "/" + pieces++);
        out.writeInt(sealed.length);
        out.write(sealed);
        filled = 0;
    }
}
