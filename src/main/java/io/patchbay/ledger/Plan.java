package io.patchbay.ledger;

/**
 * What is sold. A number that is 0 and a text that is null are not set, and their attributes not sent.
 *
 * @param rateDownKbps towards the subscriber, kbit/s; likewise {@code rateUpKbps} from the subscriber
 * @param interimIntervalSeconds Acct-Interim-Interval (RFC 2869 section 5.16)
 * @param option82Policy overrides the NAS's policy; null when it does not
 * @param ipv4Pool name of the NAS's pool (Framed-Pool) for a service without static IPv4; likewise the IPv6 pools
 * @param qosProfile name of the profile on the NAS, for vendors that shape by name
 * @param sessionLimit how many sessions a service may have at once; 0 for any number
 */
public record Plan(
        long id,
        long tenantId,
        String name,
        int rateDownKbps,
        int rateUpKbps,
        int sessionTimeoutSeconds,
        int idleTimeoutSeconds,
        int interimIntervalSeconds,
        Option82Policy option82Policy,
        String ipv4Pool,
        String ipv6WanPool,
        String ipv6DelegatedPool,
        String qosProfile,
        int sessionLimit) {}
