package io.patchbay.reply;

import io.patchbay.radius.dictionary.Dictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every reply profile of a folder, by vendor. */
public final class ReplyProfiles {
    private static final String ENDING = ".yaml";

    private final Path folder;
    private final Map<String, ReplyProfile> profiles;

    private ReplyProfiles(Path folder, Map<String, ReplyProfile> profiles) {
        this.folder = folder;
        this.profiles = Map.copyOf(profiles);
    }

    /**
     * Reads and compiles each {@code <vendor>.yaml}.
     *
     * @throws ReplyProfileException naming file and line, what is wrong and the mend
     */
    public static ReplyProfiles load(Path folder, Dictionary dictionary, InterimIntervals intervals) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
            Map<String, ReplyProfile> profiles = new TreeMap<>();
            for (Path file : found) {
                String name = file.getFileName().toString();
                String vendor = name.substring(0, name.length() - ENDING.length());
                profiles.put(vendor, new ProfileReader(file, dictionary, intervals).read(vendor));
            }
            return new ReplyProfiles(folder, profiles);
        } catch (IOException cause) {
            throw new ReplyProfileException(
                    "the folder of reply profiles, " + folder + ", cannot be read: create it", cause);
        }
    }

    /** The vendors that have a profile, in alphabetical order. */
    public SortedSet<String> vendors() {
        return new TreeSet<>(profiles.keySet());
    }

    /** @throws ReplyProfileException when the vendor has none */
    public ReplyProfile profile(String vendor) {
        ReplyProfile profile = profiles.get(vendor);
        if (profile == null) {
            throw new ReplyProfileException("there is no reply profile " + folder.resolve(vendor + ENDING)
                    + "; write one, or give the NAS one of the vendors " + vendors());
        }
        return profile;
    }
}
