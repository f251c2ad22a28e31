package io.patchbay.radius;

import java.nio.charset.StandardCharsets;

/** The other end of MS-CHAPv2: who knows the password and answers a challenge (RFC 2759 section 8.1). */
public final class MsChapPeer {
    private MsChapPeer() {}

    /**
     * The value of an MS-CHAP2-Response (RFC 2548 section 2.3.2), 50 bytes.
     *
     * @param challenge the 16 bytes of MS-CHAP-Challenge
     * @param peerChallenge 16 bytes of the peer's own
     */
    public static byte[] response(
            int identifier, String userName, byte[] challenge, byte[] peerChallenge, String password) {
        byte[] hash = MsChapV2.challengeHash(peerChallenge, challenge, userName.getBytes(StandardCharsets.US_ASCII));
        byte[] ntResponse = MsChapV2.challengeResponse(hash, MsChapV2.ntHash(password));
        byte[] value = new byte[50];
        value[0] = (byte) identifier;
        System.arraycopy(peerChallenge, 0, value, 2, peerChallenge.length);
        System.arraycopy(ntResponse, 0, value, 26, ntResponse.length);
        return value;
    }
}
