package io.patchbay.line;

import io.patchbay.wire.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Vector files of src/test/vectors/line: one case a line, its columns divided by bars. */
final class LineVectors {
    private LineVectors() {}

    static Stream<Arguments> read(String file) {
        try {
            return Files.readAllLines(Path.of("src/test/vectors/line", file)).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arguments.of((Object[]) line.split(" \\| ")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Octets octets(String column) {
        return column.equals("-") ? null : column.startsWith("0x") ? Octets.ofHex(column) : Octets.ofText(column);
    }

    static String text(String column) {
        return column.equals("-") ? null : column;
    }
}
