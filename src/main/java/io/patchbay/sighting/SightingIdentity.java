package io.patchbay.sighting;

import io.patchbay.binding.DenialReason;
import io.patchbay.binding.Mismatch;
import io.patchbay.binding.Sighting;
import io.patchbay.line.ReportedLine;
import io.patchbay.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;

/**
 * What makes two sightings the same: who said it, of whom, over which line, and what came of it. Only the time is left.
 *
 * @param serviceId 0 when nobody was found
 * @param userName null when the request named none
 */
record SightingIdentity(
        long nasClientId,
        long serviceId,
        String userName,
        DenialReason reason,
        String outcome,
        ReportedLine line,
        List<Mismatch> mismatches) {

    static SightingIdentity of(Sighting sighting) {
        return new SightingIdentity(
                sighting.nas().id(),
                sighting.binding() == null ? 0 : sighting.binding().serviceId(),
                sighting.userName(),
                sighting.reason(),
                sighting.outcome(),
                sighting.line(),
                List.copyOf(sighting.mismatches()));
    }

    /** SHA-256 over every part with its length: the row's key, since the parts together may exceed an index entry. */
    byte[] fingerprint() {
        MessageDigest digest = sha256();
        number(digest, nasClientId);
        number(digest, serviceId);
        text(digest, userName);
        text(digest, reason.name());
        text(digest, outcome);
        octets(digest, line.circuitId());
        octets(digest, line.remoteId());
        octets(digest, line.nasPortId());
        octets(digest, line.mac());
        number(digest, line.nasPort());
        number(digest, line.vlans().sVlan());
        number(digest, line.vlans().cVlan());
        for (Mismatch mismatch : mismatches) {
            text(digest, mismatch.kind() == null ? null : mismatch.kind().name());
            octets(digest, mismatch.expected());
            octets(digest, mismatch.seen());
        }
        return digest.digest();
    }

    /** {@code LINE_MISMATCH} as programs and metrics name it: {@code line-mismatch}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void text(MessageDigest digest, String text) {
        bytes(digest, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private static void octets(MessageDigest digest, Octets octets) {
        bytes(digest, octets == null ? null : octets.toByteArray());
    }

    private static void bytes(MessageDigest digest, byte[] bytes) {
        number(digest, bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            digest.update(bytes);
        }
    }

    private static void number(MessageDigest digest, long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
