package io.patchbay.radius;

/** Packet codes (RFC 2865 section 4, RFC 2866 section 4, RFC 5176 section 3, RFC 5997 section 2). */
public final class PacketCode {
    public static final int ACCESS_REQUEST = 1;
    public static final int ACCESS_ACCEPT = 2;
    public static final int ACCESS_REJECT = 3;
    public static final int ACCOUNTING_REQUEST = 4;
    public static final int ACCOUNTING_RESPONSE = 5;
    public static final int ACCESS_CHALLENGE = 11;
    public static final int STATUS_SERVER = 12;
    public static final int DISCONNECT_REQUEST = 40;
    public static final int DISCONNECT_ACK = 41;
    public static final int DISCONNECT_NAK = 42;
    public static final int COA_REQUEST = 43;
    public static final int COA_ACK = 44;
    public static final int COA_NAK = 45;

    private PacketCode() {}

    /**
     * Whether a request's authenticator is a digest under the secret (RFC 2866 section 3, RFC 5176 section 2.3) instead of
     * random bytes.
     */
    public static boolean signsItsAuthenticator(int code) {
        return code == ACCOUNTING_REQUEST || code == DISCONNECT_REQUEST || code == COA_REQUEST;
    }

    /** Whether this reply always carries a Message-Authenticator: every answer to an Access-Request or Status-Server. */
    public static boolean isAccessReply(int code) {
        return code == ACCESS_ACCEPT || code == ACCESS_REJECT || code == ACCESS_CHALLENGE;
    }
}
