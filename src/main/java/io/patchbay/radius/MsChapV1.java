package io.patchbay.radius;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An MS-CHAP response of version 1 (RFC 2433) in Microsoft's attributes (RFC 2548 section 2.1.3). Only its NT response is
 * looked at: the LAN Manager one is broken. It yields no MPPE keys; whoever wants those uses version 2.
 */
public final class MsChapV1 {
    public static final int MS_CHAP_RESPONSE = 1;

    private static final int CHALLENGE_LENGTH = 8;
    private static final int RESPONSE_LENGTH = 50;
    private static final int NT_RESPONSE = 26;
    private static final int USE_NT_RESPONSE = 1;

    private final byte[] challenge;
    private final byte[] ntResponse;

    private MsChapV1(byte[] challenge, byte[] ntResponse) {
        this.challenge = challenge;
        this.ntResponse = ntResponse;
    }

    /**
     * The request's response, or null unless it holds an MS-CHAP-Challenge of 8 bytes and an MS-CHAP-Response of 50 whose
     * flags choose the NT response.
     */
    public static MsChapV1 of(RadiusPacket request) {
        byte[] response = request.vendor(MsChapV2.MICROSOFT, MS_CHAP_RESPONSE);
        byte[] challenge = request.vendor(MsChapV2.MICROSOFT, MsChapV2.MS_CHAP_CHALLENGE);
        return response == null
                        || response.length != RESPONSE_LENGTH
                        || (response[1] & USE_NT_RESPONSE) == 0
                        || challenge == null
                        || challenge.length != CHALLENGE_LENGTH
                ? null
                : new MsChapV1(challenge, Arrays.copyOfRange(response, NT_RESPONSE, RESPONSE_LENGTH));
    }

    /** Whether whoever answered knows the password of this hash (RFC 2433 appendix A); compares in constant time. */
    public boolean matches(byte[] ntHash) {
        return MessageDigest.isEqual(MsChapV2.challengeResponse(challenge, ntHash), ntResponse);
    }
}
