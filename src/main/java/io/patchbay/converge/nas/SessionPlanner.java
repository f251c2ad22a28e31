package io.patchbay.converge.nas;

import io.patchbay.binding.Binding;
import io.patchbay.binding.Decider;
import io.patchbay.binding.Decision;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Plan;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.RadiusPacket;
import io.patchbay.radius.SharedSecret;
import io.patchbay.reply.Fingerprint;
import io.patchbay.reply.ReplyProfile;
import io.patchbay.reply.SessionFacts;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.time.Instant;

/**
 * Says what a live session needs so that it has what its subscriber would get by logging in now: a function of its arguments.
 * Where it is unknown what a session has (its Class does not come back, or is of before an upgrade), a change of its service is
 * taken for one of rates, unless the session's addresses say otherwise.
 */
final class SessionPlanner {
    private static final SharedSecret NONE = new SharedSecret(Octets.ofText("-"));

    private SessionPlanner() {}

    /** @param desired null when the service is no more */
    static SessionAction plan(LiveSession session, Binding desired, NasClient nas, ReplyProfile profile, Instant now) {
        if (desired == null) {
            return new SessionAction.Disconnect("The service was removed.");
        }
        return switch (Decider.standing(desired, nas, now)) {
            case Decision.Grant grant -> granted(session, desired, profile);
            case Decision.Quarantine quarantine -> quarantined(session, quarantine);
            case Decision.Reject reject ->
                new SessionAction.Disconnect(reject.reason().sentence());
            case Decision.Unknown unknown ->
                new SessionAction.Disconnect(unknown.reason().sentence());
        };
    }

    private static SessionAction quarantined(LiveSession session, Decision.Quarantine quarantine) {
        return Fingerprint.QUARANTINE.equals(session.given())
                ? new SessionAction.Leave("The session is in the walled garden already.")
                : new SessionAction.Disconnect(quarantine.reason().sentence() + " It logs in to the walled garden.");
    }

    private static SessionAction granted(LiveSession session, Binding desired, ReplyProfile profile) {
        Fingerprint wanted = Fingerprint.of(desired);
        Fingerprint given = session.given();
        if (Fingerprint.QUARANTINE.equals(given)) {
            return new SessionAction.Disconnect("The service may be used again: the session leaves the walled garden.");
        }
        if (given == null ? hasOtherAddresses(session.facts(), desired) : given.shape() != wanted.shape()) {
            return new SessionAction.Disconnect(
                    "Line, VLANs, addresses, prefixes, pools or timeouts have changed, which needs a new session.");
        }
        if (given != null && given.rates() == wanted.rates()) {
            return new SessionAction.Leave("The session has what the service is.");
        }
        String change = "Rates or QoS profile have changed to " + describe(desired.plan());
        String hindrance = hindrance(session, desired, profile);
        return hindrance == null
                ? SessionAction.Change.to(wanted, given, change + ".")
                : new SessionAction.Disconnect(change + "; " + hindrance + ", which needs a new session.");
    }

    /** Why the vendor's profile cannot tell this to a live session; null when it can. */
    private static String hindrance(LiveSession session, Binding desired, ReplyProfile profile) {
        SessionFacts.Rates had = session.facts().given();
        if (!profile.canChange()) {
            return "the profile '" + profile.vendor() + "' has no section change";
        }
        if (profile.needsGiven() && had == null) {
            return "it is not known what the session has had, and would have to be taken away";
        }
        if (!profile.needsGiven() && had != null && takesAway(had, desired.plan())) {
            return "a rate or profile is to be taken away";
        }
        return isEmpty(session, desired, profile)
                ? "the profile '" + profile.vendor() + "' has nothing in its section change for this plan"
                : null;
    }

    private static boolean takesAway(SessionFacts.Rates had, Plan plan) {
        return had.downKbps() > 0 && plan.rateDownKbps() == 0
                || had.upKbps() > 0 && plan.rateUpKbps() == 0
                || had.qosProfile() != null && plan.qosProfile() == null;
    }

    private static boolean isEmpty(LiveSession session, Binding desired, ReplyProfile profile) {
        AttributeWriter out = new AttributeWriter(
                new byte[RadiusPacket.MAXIMUM_LENGTH], RadiusPacket.HEADER_LENGTH, NONE, new byte[16]);
        profile.change(out, desired, session.facts());
        return out.end() == RadiusPacket.HEADER_LENGTH;
    }

    /** Whether an address that the session is known to hold is not the service's. */
    private static boolean hasOtherAddresses(SessionFacts facts, Binding desired) {
        return differs(facts.ipv4Address(), desired.ipv4Address())
                || differs(facts.ipv6Prefix(), desired.ipv6WanPrefix())
                || differs(facts.ipv6Address(), desired.ipv6WanAddress())
                || differs(facts.ipv6DelegatedPrefix(), desired.ipv6DelegatedPrefix())
                || !desired.givesIpv6Wan() && (facts.ipv6Prefix() != null || facts.ipv6Address() != null)
                || !desired.givesIpv6Delegated() && facts.ipv6DelegatedPrefix() != null;
    }

    /** A static IPv4 address comes with the length of its netmask: only the address counts. */
    private static boolean differs(IpPrefix held, IpPrefix desired) {
        return held != null
                && desired != null
                && (held.high() != desired.high() || held.low() != desired.low() || held.v6() != desired.v6());
    }

    private static String describe(Plan plan) {
        String rates = plan.rateDownKbps() + "/" + plan.rateUpKbps() + " kbit/s";
        return plan.qosProfile() == null ? rates : rates + " '" + plan.qosProfile() + "'";
    }
}
