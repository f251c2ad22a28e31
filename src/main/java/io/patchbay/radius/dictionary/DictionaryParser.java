package io.patchbay.radius.dictionary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads dictionary files of the FreeRADIUS v3.2 grammar: ATTRIBUTE, VALUE, VENDOR, BEGIN-VENDOR, END-VENDOR, BEGIN-TLV,
 * END-TLV and $INCLUDE; {@code #} starts a comment. The order of lines matters where two define the same: the later
 * stands.
 */
public final class DictionaryParser {
    private final DictionaryBuilder builder = new DictionaryBuilder();
    private final Set<Path> seen = new LinkedHashSet<>();
    private final Deque<Path> open = new ArrayDeque<>();

    private DictionaryParser() {}

    /**
     * @param roots files with all that they $INCLUDE; or folders: their file {@code dictionary} when there is one,
     *     otherwise every file beneath in the order of the names. A file that was read is not read again.
     * @throws DictionaryException naming file and line, what is wrong and the mend
     */
    public static Dictionary load(Path... roots) {
        DictionaryParser parser = new DictionaryParser();
        for (Path root : roots) {
            for (Path file : filesOf(root)) {
                if (!parser.seen.contains(file.toAbsolutePath().normalize())) {
                    parser.read(file);
                }
            }
        }
        return parser.builder.build(parser.seen.size());
    }

    private static List<Path> filesOf(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of(root);
        }
        Path main = root.resolve("dictionary");
        if (Files.isRegularFile(main)) {
            return List.of(main);
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException cause) {
            throw new DictionaryException("the folder " + root + " cannot be read: make it readable", cause);
        }
    }

    private void read(Path file) {
        List<String> lines;
        try {
            // Every byte is a character of ISO 8859-1: an odd character in a comment stops nobody.
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException cause) {
            throw new DictionaryException(
                    "the dictionary " + file + " cannot be read: create it, or drop the line that asks for it", cause);
        }
        Path path = file.toAbsolutePath().normalize();
        seen.add(path);
        open.push(path);
        builder.beginFile(file);
        for (int number = 1; number <= lines.size(); number++) {
            readLine(file, number, lines.get(number - 1));
        }
        builder.endFile(lines.size());
        open.pop();
    }

    private void readLine(Path file, int number, String line) {
        int comment = line.indexOf('#');
        String text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (text.isEmpty()) {
            return;
        }
        String[] words = text.split("\\s+");
        builder.line(number);
        switch (words[0].toUpperCase(java.util.Locale.ROOT)) {
            case "$INCLUDE" -> include(file, number, words, false);
            case "$INCLUDE-" -> include(file, number, words, true);
            case "ATTRIBUTE" -> builder.attribute(words);
            case "VALUE" -> builder.value(words);
            case "VENDOR" -> builder.vendor(words);
            case "BEGIN-VENDOR" -> builder.beginVendor(words);
            case "END-VENDOR" -> builder.endVendor(words);
            case "BEGIN-TLV" -> builder.beginTlv(words);
            case "END-TLV" -> builder.endTlv(words);
            default ->
                throw new DictionaryException(
                        file,
                        number,
                        "'" + words[0] + "' begins no line of a dictionary; use ATTRIBUTE, VALUE, VENDOR, BEGIN-VENDOR,"
                                + " END-VENDOR, BEGIN-TLV, END-TLV or $INCLUDE");
        }
    }

    private void include(Path file, int number, String[] words, boolean optional) {
        if (words.length != 2) {
            throw new DictionaryException(
                    file,
                    number,
                    "$INCLUDE takes one file name, not " + Arrays.asList(words).subList(1, words.length));
        }
        builder.countInclude();
        Path included = file.resolveSibling(words[1]);
        if (!Files.isRegularFile(included)) {
            if (optional) {
                return;
            }
            throw new DictionaryException(
                    file, number, "the included file " + included + " does not exist; create it or drop this line");
        }
        Path path = included.toAbsolutePath().normalize();
        if (open.contains(path)) {
            throw new DictionaryException(
                    file, number, "the included file " + included + " includes this one; drop one of the two lines");
        }
        if (!seen.contains(path)) {
            read(included);
        }
    }
}
