package io.patchbay.reply;

import io.patchbay.binding.Binding;
import io.patchbay.radius.dictionary.AddressText;
import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The Class attribute (RFC 2865 section 5.25) of our accepts: {@code pb1:<service id>:<rates>:<shape>}, both fingerprints eight
 * hexadecimal digits. The NAS returns it in every accounting record, which so finds its binding without a search, and says
 * what the session was given. {@code pb1:<service id>} alone, as the hub sent it once, is still read.
 */
public final class ServiceClass {
    private static final byte[] MARK = "pb1:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_ID = 18;
    /** Both with the colons before them. */
    private static final int FINGERPRINTS = 18;

    private ServiceClass() {}

    /**
     * What a session was given.
     *
     * @param serviceId whose it is
     * @param fingerprint null when the value does not say
     */
    public record Given(long serviceId, Fingerprint fingerprint) {}

    /** @return where the value ends */
    static int write(byte[] target, int offset, Binding binding, boolean quarantined) {
        System.arraycopy(MARK, 0, target, offset, MARK.length);
        int end = AddressText.writeNumber(target, offset + MARK.length, binding.serviceId());
        end = hex(target, end, quarantined ? Fingerprint.QUARANTINE.rates() : Fingerprint.rates(binding));
        return hex(target, end, quarantined ? Fingerprint.QUARANTINE.shape() : Fingerprint.shape(binding));
    }

    private static int hex(byte[] target, int offset, int number) {
        target[offset] = ':';
        for (int i = 1; i <= 8; i++) {
            target[offset + i] = DIGITS[number >>> 32 - 4 * i & 0xf];
        }
        return offset + 9;
    }

    /** The service that a Class value names; empty when the value is not one of ours. */
    public static OptionalLong serviceId(Octets value) {
        int end = idEnd(value);
        return end < 0 ? OptionalLong.empty() : OptionalLong.of(id(value, end));
    }

    /** All that a Class value says; null when the value is not one of ours. */
    public static Given read(Octets value) {
        int end = idEnd(value);
        if (end < 0) {
            return null;
        }
        boolean told = value.length() > end;
        return new Given(
                id(value, end), told ? new Fingerprint(number(value, end + 1), number(value, end + 10)) : null);
    }

    /** Where the service id ends; -1 when the value is not one of ours. */
    private static int idEnd(Octets value) {
        for (int i = 0; i < MARK.length; i++) {
            if (i == value.length() || value.at(i) != MARK[i]) {
                return -1;
            }
        }
        int end = MARK.length;
        while (end < value.length() && value.at(end) >= '0' && value.at(end) <= '9') {
            end++;
        }
        boolean anId = end > MARK.length && end <= MARK.length + LONGEST_ID;
        boolean whole = end == value.length() || (value.length() == end + FINGERPRINTS && areFingerprints(value, end));
        return anId && whole ? end : -1;
    }

    private static boolean areFingerprints(Octets value, int from) {
        for (int i = 0; i < FINGERPRINTS; i++) {
            boolean right = i % 9 == 0 ? value.at(from + i) == ':' : digit(value.at(from + i)) >= 0;
            if (!right) {
                return false;
            }
        }
        return true;
    }

    private static long id(Octets value, int end) {
        long id = 0;
        for (int i = MARK.length; i < end; i++) {
            id = id * 10 + value.at(i) - '0';
        }
        return id;
    }

    private static int number(Octets value, int from) {
        int number = 0;
        for (int i = from; i < from + 8; i++) {
            number = number << 4 | digit(value.at(i));
        }
        return number;
    }

    private static int digit(byte character) {
        return character >= '0' && character <= '9'
                ? character - '0'
                : character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
    }
}
