package io.patchbay.radius;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** One entry of a vector file: a comment, a datagram in hex ({@code -} for none), the expectation. */
record Vector(String file, String comment, byte[] datagram, String expected) {
    private static final Path FOLDER = Path.of("src/test/vectors/radius");

    static List<Vector> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().flatMap(file -> read(file).stream()).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Vector> read(Path file) {
        try {
            List<Vector> vectors = new ArrayList<>();
            for (String block : Files.readString(file).split("\n\n")) {
                String[] lines = block.strip().split("\n");
                if (lines.length == 3) {
                    String hex = lines[1].equals("-") ? "" : lines[1];
                    vectors.add(new Vector(
                            file.getFileName().toString(),
                            lines[0].substring(2),
                            HexFormat.of().parseHex(hex),
                            lines[2]));
                } else if (lines.length != 1) {
                    throw new IllegalStateException(file + ": a vector has three lines, this one not: " + lines[0]);
                }
            }
            return vectors;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String toString() {
        return file + ": " + comment;
    }
}
