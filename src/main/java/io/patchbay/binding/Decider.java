package io.patchbay.binding;

import io.patchbay.binding.PasswordProof.Outcome;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.ServiceState;
import io.patchbay.line.LineTemplates;
import java.time.Instant;
import java.util.List;

/**
 * Says what a request gets, in two steps, so that the slow one can be done elsewhere: {@link #prove} looks at the password,
 * and {@link #decide} at everything else. Whoever does not prove who they are learns nothing of line or state: the proof is
 * judged first. Then the line under {@code enforce}, then the service's state, then the line under {@code quarantine}.
 *
 * <p>An unknown user or line, and a service that is pending or terminated, are handled by the NAS's unknown policy; suspended
 * and expired ones by theirs. The walled garden for the unknown is for IPoE only: a PPP session, and whoever proves nothing
 * where proof is needed, is rejected there, for nobody gets a PPP session without proof. A wrong password, an ambiguous line and an enforced mismatch are always rejected.
 */
public final class Decider {
    private final BindingIndex index;
    private final LinePolicy linePolicy;

    public Decider(BindingIndex index, LineTemplates templates) {
        this.index = index;
        this.linePolicy = new LinePolicy(index, templates);
    }

    /**
     * Whether the request proves what it has to: its user's password, the NAS's common password, or nothing.
     *
     * @return SLOW when the password is a slow hash that was not verified recently: verify it off the event loop and ask again
     */
    public Outcome prove(AccessQuestion question, Resolution resolution) {
        return switch (resolution) {
            case Resolution.Found found -> found.byUser() ? proveUser(question, found.binding()) : proveLine(question);
            case Resolution.Ambiguous ambiguous -> proveLine(question);
            case Resolution.NotFound notFound ->
                notFound.reason() == DenialReason.UNKNOWN_LINE ? proveLine(question) : Outcome.PROVEN;
        };
    }

    private static Outcome proveUser(AccessQuestion question, Binding binding) {
        boolean can = question.proof().isPresent() && binding.credential() != null;
        return can ? question.proof().check(binding.credential()) : Outcome.WRONG;
    }

    private static Outcome proveLine(AccessQuestion question) {
        if (!Resolver.mayUseLine(question)) {
            return Outcome.WRONG;
        }
        NasClient nas = question.nas();
        boolean ignored = nas.lineAuthentication() == LineAuthentication.IGNORE_PASSWORD;
        boolean common = nas.commonPassword() != null && question.proof().isPassword(nas.commonPassword());
        return ignored || common ? Outcome.PROVEN : Outcome.WRONG;
    }

    /** {@link #prove} and {@link #decide} in one, where there are no slow hashes or waiting does no harm. */
    public Decision decide(AccessQuestion question, Resolution resolution, Instant now) {
        return decide(question, resolution, prove(question, resolution), now);
    }

    /**
     * @param proof what {@link #prove} said
     * @throws IllegalStateException when the index is not complete, or the proof is still SLOW
     */
    public Decision decide(AccessQuestion question, Resolution resolution, Outcome proof, Instant now) {
        if (!index.isComplete()) {
            throw new IllegalStateException("The index is not complete: nobody may be judged yet, stay silent.");
        }
        Binding binding = resolution instanceof Resolution.Found found ? found.binding() : null;
        DenialReason unproven = unproven(question, proof);
        if (unproven != null) {
            return new Decision.Reject(binding, unproven, List.of());
        }
        return switch (resolution) {
            case Resolution.Found found -> judge(question, found.binding(), now);
            case Resolution.Ambiguous ambiguous -> new Decision.Reject(null, DenialReason.AMBIGUOUS_LINE, List.of());
            case Resolution.NotFound notFound ->
                denied(unknownPolicy(question, notFound.reason()), null, notFound.reason(), List.of());
        };
    }

    private static DenialPolicy unknownPolicy(AccessQuestion question, DenialReason reason) {
        DenialPolicy policy = question.nas().unknownPolicy();
        boolean mustProve = question.ppp() || question.proof().isPppOnly() || reason == DenialReason.NO_PROOF;
        return policy == DenialPolicy.QUARANTINE && mustProve ? DenialPolicy.REJECT : policy;
    }

    private static DenialReason unproven(AccessQuestion question, Outcome proof) {
        boolean absent = !question.proof().isPresent();
        return switch (proof) {
            case PROVEN -> null;
            case WRONG -> absent ? DenialReason.NO_PROOF : DenialReason.WRONG_PASSWORD;
            case IMPOSSIBLE -> DenialReason.PROOF_NEEDS_CLEARTEXT;
            case SLOW ->
                throw new IllegalStateException("The proof is slow: verify it off the event loop, then ask again.");
        };
    }

    private Decision judge(AccessQuestion question, Binding binding, Instant now) {
        NasClient nas = question.nas();
        Option82Policy policy = LinePolicy.policy(binding, nas);
        List<Mismatch> mismatches =
                policy == Option82Policy.IGNORE ? List.of() : linePolicy.compare(binding, nas, question.line());
        boolean mismatch = !mismatches.isEmpty();
        if (mismatch && policy == Option82Policy.ENFORCE) {
            return new Decision.Reject(binding, Mismatch.reason(mismatches), mismatches);
        }
        DenialReason state = state(binding, now);
        if (state != null) {
            return denied(policyFor(state, nas), binding, state, mismatches);
        }
        return mismatch && policy == Option82Policy.QUARANTINE
                ? new Decision.Quarantine(binding, Mismatch.reason(mismatches), mismatches)
                : new Decision.Grant(binding, mismatches);
    }

    /**
     * What the service's own state makes of a request over its own line: for whoever looks at a session that is there already.
     */
    public static Decision standing(Binding binding, NasClient nas, Instant now) {
        DenialReason state = state(binding, now);
        return state == null
                ? new Decision.Grant(binding, List.of())
                : denied(policyFor(state, nas), binding, state, List.of());
    }

    /** Why the service may not be used now; null when it may. */
    private static DenialReason state(Binding binding, Instant now) {
        if (binding.state() == ServiceState.SUSPENDED) {
            return DenialReason.SUSPENDED;
        }
        if (binding.state() != ServiceState.ACTIVE) {
            return DenialReason.NOT_ACTIVE;
        }
        long expiresAt = binding.expiresAtEpochSecond();
        return expiresAt != 0 && now.getEpochSecond() >= expiresAt ? DenialReason.EXPIRED : null;
    }

    private static DenialPolicy policyFor(DenialReason state, NasClient nas) {
        return state == DenialReason.SUSPENDED
                ? nas.suspendedPolicy()
                : state == DenialReason.EXPIRED ? nas.expiredPolicy() : nas.unknownPolicy();
    }

    private static Decision denied(
            DenialPolicy policy, Binding binding, DenialReason reason, List<Mismatch> mismatches) {
        return switch (policy) {
            case REJECT -> new Decision.Reject(binding, reason, mismatches);
            case QUARANTINE -> new Decision.Quarantine(binding, reason, mismatches);
            case IGNORE -> new Decision.Unknown(reason);
        };
    }
}
