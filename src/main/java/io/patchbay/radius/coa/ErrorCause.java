package io.patchbay.radius.coa;

import java.util.Map;

/** Error-Cause values (RFC 5176 section 3.5). */
public final class ErrorCause {
    /** The NAS sent no Error-Cause. */
    public static final int UNSAID = 0;

    public static final int UNSUPPORTED_ATTRIBUTE = 401;
    public static final int MISSING_ATTRIBUTE = 402;
    public static final int UNSUPPORTED_SERVICE = 405;
    public static final int UNSUPPORTED_EXTENSION = 406;
    public static final int INVALID_ATTRIBUTE_VALUE = 407;
    public static final int ADMINISTRATIVELY_PROHIBITED = 501;
    public static final int SESSION_CONTEXT_NOT_FOUND = 503;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(201, "Residual-Context-Removed"),
            Map.entry(202, "Invalid-EAP-Packet"),
            Map.entry(UNSUPPORTED_ATTRIBUTE, "Unsupported-Attribute"),
            Map.entry(MISSING_ATTRIBUTE, "Missing-Attribute"),
            Map.entry(403, "NAS-Identification-Mismatch"),
            Map.entry(404, "Invalid-Request"),
            Map.entry(UNSUPPORTED_SERVICE, "Unsupported-Service"),
            Map.entry(UNSUPPORTED_EXTENSION, "Unsupported-Extension"),
            Map.entry(INVALID_ATTRIBUTE_VALUE, "Invalid-Attribute-Value"),
            Map.entry(ADMINISTRATIVELY_PROHIBITED, "Administratively-Prohibited"),
            Map.entry(502, "Proxy-Request-Not-Routable"),
            Map.entry(SESSION_CONTEXT_NOT_FOUND, "Session-Context-Not-Found"),
            Map.entry(504, "Session-Context-Not-Removable"),
            Map.entry(505, "Proxy-Processing-Error"),
            Map.entry(506, "Resources-Unavailable"),
            Map.entry(507, "Request-Initiated"),
            Map.entry(508, "Multiple-Session-Selection-Unsupported"));

    private ErrorCause() {}

    /** The number and, where it has one, its name. */
    public static String text(int number) {
        String name = NAMES.get(number);
        return name == null ? Integer.toString(number) : number + " " + name;
    }

    /**
     * Whether the NAS cannot do what was asked, today and tomorrow: asking the same again is in vain, another way may work.
     * One that does not say why is taken for such a one, since Error-Cause is optional (RFC 5176 section 3.6).
     */
    public static boolean isIncapable(int number) {
        return switch (number) {
            case UNSAID,
                    UNSUPPORTED_ATTRIBUTE,
                    MISSING_ATTRIBUTE,
                    404,
                    UNSUPPORTED_SERVICE,
                    UNSUPPORTED_EXTENSION,
                    INVALID_ATTRIBUTE_VALUE,
                    ADMINISTRATIVELY_PROHIBITED -> true;
            default -> false;
        };
    }
}
