package io.patchbay.ledger;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values, RFC 4180: quoted fields may hold commas, doubled quotes and line breaks. Lines that begin with
 * {@code #} before the header are comments. Reads ahead by one character only.
 */
final class CsvReader {
    private static final int END = -1;
    private static final int FIELD_LIMIT = 65_536;

    private final Reader in;
    private int next;
    private int line = 1;
    private int recordLine;
    private boolean begun;

    CsvReader(Reader in) throws IOException {
        this.in = in;
        this.next = in.read();
        if (next == '\uFEFF') {
            next = in.read();
        }
    }

    /** The line on which the record that was read last begins; the file's first line is 1. */
    int line() {
        return recordLine;
    }

    /** The next record's fields; null at the end. Empty lines are passed over. */
    List<String> read() throws IOException {
        while (next == '\r' || next == '\n' || (!begun && next == '#')) {
            boolean comment = next == '#';
            while (comment && next != '\n' && next != END) {
                advance();
            }
            advance();
        }
        if (next == END) {
            return null;
        }
        begun = true;
        recordLine = line;
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (next == ',') {
            advance();
            fields.add(field());
        }
        if (next == '\r') {
            advance();
        }
        if (next == '\n') {
            advance();
        }
        return fields;
    }

    private String field() throws IOException {
        StringBuilder text = new StringBuilder();
        boolean quoted = next == '"';
        if (quoted) {
            advance();
        }
        while (next != END && (quoted || (next != ',' && next != '\n' && next != '\r'))) {
            if (quoted && next == '"') {
                advance();
                quoted = next == '"';
                if (!quoted) {
                    continue;
                }
            }
            if (text.length() == FIELD_LIMIT) {
                throw new LedgerInvalid("The field that begins in line " + recordLine + " has more than " + FIELD_LIMIT
                        + " characters; is a quote not closed?");
            }
            text.append((char) next);
            advance();
        }
        return text.toString();
    }

    private void advance() throws IOException {
        if (next == '\n') {
            line++;
        }
        next = in.read();
    }
}
