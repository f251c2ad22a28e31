package io.patchbay.radius.dictionary;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code format=T,L[,c]} of a VENDOR line. */
final class VendorFormat {
    private static final Pattern FORMAT = Pattern.compile("format=([124]),([012])(,c)?");

    private VendorFormat() {}

    /** @return null when {@code format} is none; a null format is the usual one */
    static Vendor vendor(String name, long id, String format) {
        if (format == null) {
            return Vendor.usual(name, (int) id);
        }
        Matcher matcher = FORMAT.matcher(format);
        if (!matcher.matches()) {
            return null;
        }
        int typeBytes = Integer.parseInt(matcher.group(1));
        int lengthBytes = Integer.parseInt(matcher.group(2));
        boolean continuation = matcher.group(3) != null;
        boolean flagged = continuation && (typeBytes != 1 || lengthBytes != 1);
        return flagged ? null : new Vendor(name, (int) id, typeBytes, lengthBytes, continuation);
    }
}
