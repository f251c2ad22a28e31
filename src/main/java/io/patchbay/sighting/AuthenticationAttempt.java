package io.patchbay.sighting;

import io.patchbay.binding.AccessQuestion;
import io.patchbay.binding.Binding;
import io.patchbay.binding.Decision;
import io.patchbay.binding.DenialReason;
import io.patchbay.binding.Mismatch;
import io.patchbay.line.ReportedLine;

/**
 * One Access-Request and what became of it.
 *
 * @param atMillis since 1970
 * @param serviceId 0 when nobody was found
 * @param userName as sent; null when the request named none
 * @param reason why it was denied, or what was only noted; null when all was as it should be
 */
public record AuthenticationAttempt(
        long atMillis,
        long nasClientId,
        String nasName,
        long serviceId,
        String userName,
        ReportedLine line,
        Outcome outcome,
        DenialReason reason) {
    public enum Outcome {
        ACCEPT,
        QUARANTINE,
        REJECT,
        /** No reply: nobody known, and the NAS's policy is to ignore. */
        SILENCE
    }

    public static AuthenticationAttempt of(long atMillis, AccessQuestion question, Decision decision) {
        return switch (decision) {
            case Decision.Grant grant ->
                of(
                        atMillis,
                        question,
                        grant.binding(),
                        Outcome.ACCEPT,
                        grant.noted().isEmpty() ? null : Mismatch.reason(grant.noted()));
            case Decision.Quarantine denied ->
                of(atMillis, question, denied.binding(), Outcome.QUARANTINE, denied.reason());
            case Decision.Reject denied -> of(atMillis, question, denied.binding(), Outcome.REJECT, denied.reason());
            case Decision.Unknown silent -> of(atMillis, question, null, Outcome.SILENCE, silent.reason());
        };
    }

    private static AuthenticationAttempt of(
            long atMillis, AccessQuestion question, Binding binding, Outcome outcome, DenialReason reason) {
        return new AuthenticationAttempt(
                atMillis,
                question.nas().id(),
                question.nas().name(),
                binding == null ? 0 : binding.serviceId(),
                question.userName(),
                question.line(),
                outcome,
                reason);
    }

    boolean isAccepted() {
        return outcome == Outcome.ACCEPT;
    }
}
