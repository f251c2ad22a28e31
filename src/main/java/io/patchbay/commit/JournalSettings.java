package io.patchbay.commit;

/**
 * How large a {@link Journal} may become.
 *
 * @param maximumBytes of all its files, at least 64 KiB; 1 GiB is 4 million accounting records
 * @param reserveBytes that stay free on its disk, for the database and the logs that may lie there too, 0 or more; 1 GiB
 * @param segmentBytes of one file, at least 4 KiB; a group larger than that is a file of its own. As much is read into memory
 *     at a time; 4 MiB
 */
public record JournalSettings(long maximumBytes, long reserveBytes, int segmentBytes) {
    private static final int KIB = 1024;

    public JournalSettings {
        if (maximumBytes < 64 * KIB) {
            throw new IllegalArgumentException("A journal holds at least 64 KiB, not " + maximumBytes + " bytes.");
        }
        if (reserveBytes < 0) {
            throw new IllegalArgumentException("A disk's reserve is 0 bytes or more, not " + reserveBytes + ".");
        }
        if (segmentBytes < 4 * KIB) {
            throw new IllegalArgumentException(
                    "A segment of a journal holds at least 4 KiB, not " + segmentBytes + " bytes.");
        }
    }

    /** With segments of 4 MiB. */
    public static JournalSettings of(long maximumBytes, long reserveBytes) {
        return new JournalSettings(maximumBytes, reserveBytes, 4 * KIB * KIB);
    }
}
