package io.patchbay.radius;

/** The attributes that the codec itself must know; every other number comes from the dictionary. */
public final class AttributeType {
    /** RFC 2865 section 5.2. */
    public static final int USER_PASSWORD = 2;
    /** RFC 2865 section 5.3. */
    public static final int CHAP_PASSWORD = 3;
    /** RFC 2865 section 5.26. */
    public static final int VENDOR_SPECIFIC = 26;
    /** RFC 2865 section 5.33. */
    public static final int PROXY_STATE = 33;
    /** RFC 2865 section 5.40. */
    public static final int CHAP_CHALLENGE = 60;
    /** RFC 3579 section 3.1. */
    public static final int EAP_MESSAGE = 79;
    /** RFC 3579 section 3.2. */
    public static final int MESSAGE_AUTHENTICATOR = 80;

    private AttributeType() {}
}
