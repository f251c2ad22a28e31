package io.patchbay.reply;

import io.patchbay.binding.Binding;
import io.patchbay.ledger.Plan;
import io.patchbay.wire.IpPrefix;
import java.util.List;

/**
 * What an accept gave a session, in two numbers, so that a later change of the service is seen to need a CoA, a new session
 * or nothing. Computed for every accept: some multiplications, nothing allocated. Numbers of different releases must agree,
 * or an upgrade looks like a change of everything: see docs/adr/0010-fingerprints-in-class.md.
 *
 * @param rates of what a CoA can change: rates and QoS profile
 * @param shape of what needs a new session: quarantine or not, line, VLANs, addresses, prefixes, pools, timeouts
 */
public record Fingerprint(int rates, int shape) {
    /** Of everybody in the walled garden: what the service would get outside of it does not matter there. */
    public static final Fingerprint QUARANTINE = new Fingerprint(0, 0);

    private static final int SEED = 0x50424631;

    /** What a session that is granted the service now is given. */
    public static Fingerprint of(Binding binding) {
        return new Fingerprint(rates(binding), shape(binding));
    }

    static int rates(Binding binding) {
        Plan plan = binding.plan();
        return rates(plan.rateDownKbps(), plan.rateUpKbps(), plan.qosProfile());
    }

    /** @param qosProfile null when there is none */
    public static int rates(int downKbps, int upKbps, String qosProfile) {
        return notQuarantine(mix(mix(mix(SEED, downKbps), upKbps), qosProfile));
    }

    static int shape(Binding binding) {
        Plan plan = binding.plan();
        int hash = mix(SEED, binding.lineId());
        hash = mix(hash, binding.vlans().sVlan());
        hash = mix(hash, binding.vlans().cVlan());
        hash = mix(hash, binding.ipv4Address());
        hash = mix(hash, binding.ipv6WanPrefix());
        hash = mix(hash, binding.ipv6WanAddress());
        hash = mix(hash, binding.ipv6DelegatedPrefix());
        hash = mix(hash, together(binding.ipv4Routes()));
        hash = mix(hash, together(binding.ipv6Routes()));
        hash = mix(hash, binding.ipv4Address() == null ? plan.ipv4Pool() : null);
        hash = mix(hash, Placeholder.ipv6WanPool(binding));
        hash = mix(hash, Placeholder.ipv6DelegatedPool(binding));
        int timeout = binding.sessionTimeoutSeconds();
        hash = mix(hash, timeout != 0 ? timeout : plan.sessionTimeoutSeconds());
        return notQuarantine(mix(hash, plan.idleTimeoutSeconds()));
    }

    private static int notQuarantine(int hash) {
        return hash == 0 ? 1 : hash;
    }

    /** Routes have no order. */
    private static int together(List<IpPrefix> routes) {
        int sum = routes.size();
        for (int i = 0; i < routes.size(); i++) {
            sum += mix(SEED, routes.get(i));
        }
        return sum;
    }

    private static int mix(int hash, IpPrefix prefix) {
        return prefix == null
                ? mix(hash, 0)
                : mix(mix(mix(hash, prefix.high()), prefix.low()), prefix.length() + (prefix.v6() ? 1_000 : 1));
    }

    private static int mix(int hash, String text) {
        return mix(hash, text == null ? 0 : 0x1_0000_0000L | text.hashCode());
    }

    private static int mix(int hash, long number) {
        int mixed = (hash ^ (int) number ^ (int) (number >>> 32) * 0x85ebca6b) * 0x9e3779b1;
        return mixed ^ mixed >>> 15;
    }
}
