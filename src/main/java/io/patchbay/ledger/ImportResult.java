package io.patchbay.ledger;

import java.util.List;

/**
 * What became of an import.
 *
 * @param accepted how many rows were stored
 * @param rejected the others, by line
 */
public record ImportResult(int accepted, List<Rejection> rejected) {
    /**
     * @param line in the file; the header is line 1 when nothing precedes it
     * @param reason the column and what is wrong with its value, naming who holds it if somebody does
     */
    public record Rejection(int line, String reason) {}
}
