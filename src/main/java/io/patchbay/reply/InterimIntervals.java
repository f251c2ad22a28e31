package io.patchbay.reply;

import io.patchbay.binding.Binding;

/**
 * How often a session reports (Acct-Interim-Interval, RFC 2869 section 5.16). Fifty thousand sessions that began in one second
 * must not report in one second for ever: each service has an interval of its own around the plan's, the same at every log-in.
 *
 * @param spread by what share of it an interval may differ, 0 to 0.5
 * @param unlessPlanned seconds for a plan that names none; 0 for none
 */
public record InterimIntervals(double spread, int unlessPlanned) {
    /** Below a minute a NAS would tell more than it forwards (RFC 2869 section 5.16). */
    private static final int LEAST_SECONDS = 60;

    public static final InterimIntervals USUAL = new InterimIntervals(0.1, 0);

    public InterimIntervals {
        if (!(spread >= 0 && spread <= 0.5)) {
            throw new IllegalArgumentException(
                    "patchbay.accounting.interim-spread is " + spread + "; it must be from 0 to 0.5");
        }
        if (unlessPlanned != 0 && unlessPlanned < LEAST_SECONDS) {
            throw new IllegalArgumentException("patchbay.accounting.interim-interval is " + unlessPlanned
                    + "; it must be 0 for none, or at least " + LEAST_SECONDS + " s");
        }
    }

    /** Seconds; -1 when there is no interval. */
    int seconds(Binding binding) {
        int planned = binding.plan().interimIntervalSeconds();
        int interval = planned == 0 ? unlessPlanned : planned;
        if (interval == 0) {
            return -1;
        }
        double share = 1 + spread * place(binding.serviceId());
        return Math.max(LEAST_SECONDS, (int) Math.round(interval * share));
    }

    Fact fact() {
        return new Fact.Number(facts -> facts.binding() == null ? -1 : seconds(facts.binding()));
    }

    /** Where a service stands between -1 and 1: neighbouring ids far apart (multiplication by 2^64 over the golden ratio). */
    private static double place(long serviceId) {
        long mixed = serviceId * 0x9e3779b97f4a7c15L;
        return (mixed >> 11) / (double) (1L << 52);
    }
}
