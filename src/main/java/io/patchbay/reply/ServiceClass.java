package io.patchbay.reply;

import io.patchbay.radius.dictionary.AddressText;
import io.patchbay.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The Class attribute (RFC 2865 section 5.25) of our accepts: {@code pb1:} and the service id. The NAS returns it in every
 * accounting record, which so finds its binding without a search; short, and the same for every session of a service.
 */
public final class ServiceClass {
    private static final byte[] MARK = "pb1:".getBytes(StandardCharsets.US_ASCII);

    private ServiceClass() {}

    /** @return where the value ends */
    static int write(byte[] target, int offset, long serviceId) {
        System.arraycopy(MARK, 0, target, offset, MARK.length);
        return AddressText.writeNumber(target, offset + MARK.length, serviceId);
    }

    /** The service that a Class value names; empty when the value is not one of ours. */
    public static OptionalLong serviceId(Octets value) {
        if (value.length() <= MARK.length || value.length() > MARK.length + 18) {
            return OptionalLong.empty();
        }
        long id = 0;
        for (int i = 0; i < value.length(); i++) {
            byte b = value.at(i);
            if (i < MARK.length) {
                if (b != MARK[i]) {
                    return OptionalLong.empty();
                }
            } else if (b < '0' || b > '9') {
                return OptionalLong.empty();
            } else {
                id = id * 10 + b - '0';
            }
        }
        return OptionalLong.of(id);
    }
}
