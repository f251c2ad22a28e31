package io.patchbay.reply;

import io.patchbay.binding.Binding;
import io.patchbay.binding.DenialReason;
import io.patchbay.ledger.Plan;
import io.patchbay.wire.IpPrefix;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** The words that a reply profile may write in braces. An attribute whose placeholder is absent is not sent. */
enum Placeholder {
    /** The outer VLAN, or the only one. */
    S_VLAN(number(b -> b.vlans().sVlan())),
    /** The inner VLAN: present for Q-in-Q only. */
    C_VLAN(number(b -> b.vlans().cVlan())),
    /** The only VLAN: absent for Q-in-Q. */
    VLAN(number(b -> b.vlans().cVlan() == 0 ? b.vlans().sVlan() : 0)),
    /** The S-VLAN as Egress-VLANID has it, tagged: 0x31 in the high octet (RFC 4675 section 2.1). */
    S_VLAN_TAGGED_EGRESS(
            number(b -> b.vlans().sVlan() == 0 ? 0 : 0x31 << 24 | b.vlans().sVlan())),

    /** The static IPv4 address. */
    IPV4_ADDRESS(new Fact.Address(false, of(Binding::ipv4Address))),
    /** The netmask of a static IPv4 address in a subnet; absent for a single address. */
    IPV4_NETMASK(new Fact.Address(false, of(Placeholder::netmask))),
    /** Each IPv4 subnet routed to the subscriber. */
    IPV4_ROUTE(new Fact.Prefixes(false, list(Binding::ipv4Routes))),
    /** The plan's IPv4 pool; absent with a static address, as the other pools are with their static values. */
    IPV4_POOL(text(b -> b.ipv4Address() == null ? b.plan().ipv4Pool() : null)),

    /** The prefix advertised on the link. */
    IPV6_WAN_PREFIX(new Fact.Prefix(true, of(Binding::ipv6WanPrefix))),
    /** The address given by DHCPv6. */
    IPV6_WAN_ADDRESS(new Fact.Address(true, of(Binding::ipv6WanAddress))),
    /** Absent too where the mode or state of the service's IPv6 does not give a WAN, as the next for delegated prefixes. */
    IPV6_WAN_POOL(text(Placeholder::ipv6WanPool)),
    IPV6_DELEGATED_PREFIX(new Fact.Prefix(true, of(Binding::ipv6DelegatedPrefix))),
    IPV6_DELEGATED_POOL(text(Placeholder::ipv6DelegatedPool)),
    /** Each IPv6 prefix routed to the subscriber. */
    IPV6_ROUTE(new Fact.Prefixes(true, list(Binding::ipv6Routes))),

    /** Towards the subscriber; likewise the other rates. */
    RATE_DOWN_KBPS(planNumber(Plan::rateDownKbps, 1)),
    RATE_DOWN_BPS(planNumber(Plan::rateDownKbps, 1000)),
    RATE_UP_KBPS(planNumber(Plan::rateUpKbps, 1)),
    RATE_UP_BPS(planNumber(Plan::rateUpKbps, 1000)),
    QOS_PROFILE(text(b -> b.plan().qosProfile())),

    /** Seconds; the service's own before the plan's. */
    SESSION_TIMEOUT(number(b -> b.sessionTimeoutSeconds() != 0
            ? b.sessionTimeoutSeconds()
            : b.plan().sessionTimeoutSeconds())),
    IDLE_TIMEOUT(planNumber(Plan::idleTimeoutSeconds, 1)),
    /** The plan's, before it is spread: see {@link InterimIntervals}. */
    INTERIM_INTERVAL(planNumber(Plan::interimIntervalSeconds, 1)),

    SERVICE_ID(new Fact.Number(f -> f.binding() == null ? -1 : f.binding().serviceId())),
    SUBSCRIBER_ID(new Fact.Number(f -> f.binding() == null ? -1 : f.binding().subscriberId())),
    SERVICE_KIND(text(Binding::kind)),
    PLAN(text(b -> b.plan().name())),
    USER_NAME(text(Binding::userName)),
    /** The value of Class that names the binding and fingerprints what is given: see {@link ServiceClass}. */
    CLASS(new Fact.ClassValue()),

    /** Why access is denied, as a word: {@code line-mismatch}. */
    REASON(new Fact.Text(f -> f.reason() == null ? null : Words.of(f.reason()))),
    /** Why access is denied, as a sentence. */
    REASON_SENTENCE(new Fact.Text(f -> f.reason() == null ? null : f.reason().sentence())),

    /** Acct-Session-Id as the NAS sent it; likewise the others of a live session. */
    SESSION_ID(new Fact.Bytes(session(SessionFacts::acctSessionId))),
    SESSION_USER_NAME(new Fact.Text(session(SessionFacts::userName))),
    SESSION_NAS_IDENTIFIER(new Fact.Text(session(SessionFacts::nasIdentifier))),
    SESSION_NAS_IPV4(new Fact.Address(false, family(false, SessionFacts::nasAddress))),
    SESSION_NAS_IPV6(new Fact.Address(true, family(true, SessionFacts::nasAddress))),
    SESSION_NAS_PORT_ID(new Fact.Bytes(session(SessionFacts::nasPortId))),
    /** {@code 00:11:22:AA:BB:CC}. */
    SESSION_MAC(new Fact.Text(session(Placeholder::mac))),
    SESSION_IPV4_ADDRESS(new Fact.Address(false, session(SessionFacts::ipv4Address))),
    SESSION_IPV6_PREFIX(new Fact.Prefix(true, session(SessionFacts::ipv6Prefix))),
    SESSION_IPV6_ADDRESS(new Fact.Address(true, session(SessionFacts::ipv6Address))),
    SESSION_IPV6_DELEGATED_PREFIX(new Fact.Prefix(true, session(SessionFacts::ipv6DelegatedPrefix))),
    SESSION_CLASS(new Fact.Bytes(session(SessionFacts::classValue))),

    /** What the session has had until now, for what must be taken away by its name. */
    GIVEN_RATE_DOWN_KBPS(given(SessionFacts.Rates::downKbps)),
    GIVEN_RATE_UP_KBPS(given(SessionFacts.Rates::upKbps)),
    GIVEN_QOS_PROFILE(
            new Fact.Text(session(s -> s.given() == null ? null : s.given().qosProfile())));

    private static final Map<String, Placeholder> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Placeholder::word, Function.identity()));

    private final Fact fact;

    Placeholder(Fact fact) {
        this.fact = fact;
    }

    Fact fact() {
        return fact;
    }

    /** As a profile writes it: {@code s_vlan}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whose facts fill it. */
    enum Source {
        BINDING,
        DENIAL,
        SESSION,
        /** What the session was given: only where that is known. */
        GIVEN
    }

    Source source() {
        return this == REASON || this == REASON_SENTENCE
                ? Source.DENIAL
                : name().startsWith("SESSION_") && this != SESSION_TIMEOUT
                        ? Source.SESSION
                        : name().startsWith("GIVEN_") ? Source.GIVEN : Source.BINDING;
    }

    /** @return null when there is no such placeholder */
    static Placeholder of(String word) {
        return BY_WORD.get(word);
    }

    static String all() {
        return BY_WORD.keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    private static Fact number(ToIntFunction<Binding> of) {
        return new Fact.Number(f -> positive(f.binding() == null ? 0 : of.applyAsInt(f.binding())));
    }

    private static Fact planNumber(ToIntFunction<Plan> of, int factor) {
        return new Fact.Number(f -> positive(
                f.binding() == null ? 0 : (long) of.applyAsInt(f.binding().plan()) * factor));
    }

    /** 0 means "not set" in bindings and plans. */
    private static long positive(long number) {
        return number > 0 ? number : -1;
    }

    private static Fact text(Function<Binding, String> of) {
        return new Fact.Text(of(of));
    }

    private static <T> Function<ReplyFacts, T> of(Function<Binding, T> of) {
        return f -> f.binding() == null ? null : of.apply(f.binding());
    }

    private static <T> Function<ReplyFacts, T> session(Function<SessionFacts, T> of) {
        return f -> f.session() == null ? null : of.apply(f.session());
    }

    private static Function<ReplyFacts, IpPrefix> family(boolean v6, Function<SessionFacts, IpPrefix> of) {
        return session(s -> {
            IpPrefix address = of.apply(s);
            return address != null && address.v6() == v6 ? address : null;
        });
    }

    private static Fact given(ToIntFunction<SessionFacts.Rates> of) {
        return new Fact.Number(f -> positive(
                f.session() == null || f.session().given() == null
                        ? 0
                        : of.applyAsInt(f.session().given())));
    }

    private static String mac(SessionFacts session) {
        return session.mac() == null
                ? null
                : HexFormat.ofDelimiter(":")
                        .withUpperCase()
                        .formatHex(session.mac().toByteArray());
    }

    private static Function<ReplyFacts, List<IpPrefix>> list(Function<Binding, List<IpPrefix>> of) {
        return f -> f.binding() == null ? List.of() : of.apply(f.binding());
    }

    static String ipv6WanPool(Binding binding) {
        boolean isAssigned = binding.ipv6WanPrefix() != null || binding.ipv6WanAddress() != null;
        return isAssigned || !binding.givesIpv6Wan() ? null : binding.plan().ipv6WanPool();
    }

    static String ipv6DelegatedPool(Binding binding) {
        boolean isAssigned = binding.ipv6DelegatedPrefix() != null;
        return isAssigned || !binding.givesIpv6Delegated()
                ? null
                : binding.plan().ipv6DelegatedPool();
    }

    private static IpPrefix netmask(Binding binding) {
        IpPrefix address = binding.ipv4Address();
        boolean subnet = address != null && address.length() > 0 && address.length() < 32;
        return subnet ? new IpPrefix(false, 0, 0xffffffffL << 32 - address.length() & 0xffffffffL, 32) : null;
    }

    /** Written once: a reply formats nothing. */
    private static final class Words {
        private static final String[] WORDS = Arrays.stream(DenialReason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toArray(String[]::new);

        private static String of(DenialReason reason) {
            return WORDS[reason.ordinal()];
        }
    }
}
