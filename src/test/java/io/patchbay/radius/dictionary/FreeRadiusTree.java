package io.patchbay.radius.dictionary;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The dictionary tree of Debian's freeradius-common, which interoperability tests read. */
final class FreeRadiusTree {
    static final Path FOLDER = Path.of("/usr/share/freeradius");
    static final Path ROOT = FOLDER.resolve("dictionary");

    private FreeRadiusTree() {}

    /** Skips the test where the package is not installed, and fails it where interoperability is required. */
    static void require() {
        if (!Files.isRegularFile(ROOT)) {
            String sentence = ROOT + " is absent: install freeradius-common";
            if ("required".equals(System.getenv("PATCHBAY_INTEROP"))) {
                fail(sentence);
            }
            abort(sentence);
        }
    }

    /**
     * What the root includes, and behind it the files that it leaves out because they contradict others.
     *
     * @param supplement read first
     */
    static Dictionary everyFile(Path supplement) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> others = files.filter(
                            file -> file.getFileName().toString().startsWith("dictionary."))
                    .sorted()
                    .toList();
            return DictionaryParser.load(
                    Stream.concat(Stream.of(supplement, ROOT), others.stream()).toArray(Path[]::new));
        }
    }
}
