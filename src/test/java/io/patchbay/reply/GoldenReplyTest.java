package io.patchbay.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.binding.Binding;
import io.patchbay.binding.DenialReason;
import io.patchbay.ledger.Plan;
import io.patchbay.line.VlanTags;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.dictionary.AttributeListing;
import io.patchbay.radius.dictionary.Dictionary;
import io.patchbay.radius.dictionary.DictionaryParser;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each profile answers, byte by byte: src/test/vectors/reply/&lt;vendor&gt;/&lt;case&gt;.txt holds the attributes as
 * an operator reads them and, behind an empty line, their bytes. A vector is changed by hand, together with the profile.
 */
class GoldenReplyTest {
    private static final Path VECTORS = Path.of("src/test/vectors/reply");
    private static final Dictionary DICTIONARY = DictionaryParser.load(Path.of("dictionaries/dictionary"));
    private static final ReplyProfiles PROFILES =
            ReplyProfiles.load(Path.of("config/reply"), DICTIONARY, InterimIntervals.USUAL);

    private static final VlanTags SINGLE = new VlanTags(501, 0);
    private static final VlanTags PAIR = new VlanTags(501, 1001);
    private static final Plan POOLS = Bindings.plan(0, 0, 0, 0, 0, "pool-v4", "pool-wan", "pool-pd", null);
    private static final Plan RATES = Bindings.plan(100_000, 50_000, 0, 0, 0, null, null, null, null);

    private static final Plan QOS = Bindings.plan(0, 0, 0, 0, 0, null, null, null, "gold");
    private static final Plan QOS_RATES = Bindings.plan(100_000, 50_000, 0, 0, 0, null, null, null, "gold");
    private static final SessionFacts SESSION = new SessionFacts(
            Octets.ofText("00000A1B"),
            "user00000001",
            "bng-1",
            IpPrefix.parse("192.0.2.1"),
            Octets.ofText("1/1/4:501.1001"),
            Octets.ofHex("00112233aabb"),
            IpPrefix.parse("198.51.100.7"),
            IpPrefix.parse("2001:db8:f000:1::/64"),
            IpPrefix.parse("2001:db8:f000:2::7"),
            IpPrefix.parse("2001:db8:1:100::/56"),
            Octets.ofText("pb1:4711:00000001:00000002"),
            new SessionFacts.Rates(20_000, 5_000, "bronze"));
    private static final SessionFacts BARE_SESSION = new SessionFacts(
            Octets.ofText("00000A1B"), null, null, null, null, null, null, null, null, null, null, null);

    private static final Map<String, BiConsumer<ReplyProfile, AttributeWriter>> CASES = new TreeMap<>();

    static {
        grant("nothing", VlanTags.NONE, Bindings.NO_PLAN);
        grant("single-vlan", SINGLE, Bindings.NO_PLAN);
        grant("q-in-q", PAIR, Bindings.NO_PLAN);
        grant(
                "static-v4-routes",
                VlanTags.NONE,
                POOLS,
                "v4=192.0.2.10/24",
                "route=198.51.100.0/28",
                "route=203.0.113.8/32");
        grant("wan-64", VlanTags.NONE, POOLS, "wan=2001:db8:f000:1::/64");
        grant("wan-128", VlanTags.NONE, POOLS, "address=2001:db8:f000::99");
        grant("delegated", VlanTags.NONE, POOLS, "pd=2001:db8:1:100::/56", "route6=2001:db8:ff::/48");
        grant("pools", VlanTags.NONE, POOLS);
        grant("rates", VlanTags.NONE, RATES);
        grant("rate-above-32-bits", VlanTags.NONE, Bindings.plan(10_000_000, 1, 0, 0, 0, null, null, null, null));
        grant("qos-profile", VlanTags.NONE, Bindings.plan(0, 0, 0, 0, 0, null, null, null, "gold"));
        grant(
                "qos-profile-with-rates",
                VlanTags.NONE,
                Bindings.plan(100_000, 50_000, 0, 0, 0, null, null, null, "gold"));
        grant("timeouts", VlanTags.NONE, Bindings.plan(0, 0, 86_400, 600, 900, null, null, null, null));
        CASES.put(
                "timeout-of-the-service",
                (profile, out) -> profile.grant(
                        out,
                        Bindings.with(VlanTags.NONE, Bindings.plan(0, 0, 86_400, 0, 0, null, null, null, null), 3600)));
        grant(
                "everything",
                PAIR,
                Bindings.plan(100_000, 50_000, 86_400, 600, 900, "pool-v4", "pool-wan", "pool-pd", "gold"),
                "v4=192.0.2.10",
                "route=198.51.100.0/28",
                "route=198.51.100.16/28",
                "wan=2001:db8:f000:1::/64",
                "address=2001:db8:f000:1::99",
                "pd=2001:db8:1:100::/56",
                "route6=2001:db8:fe::/48",
                "route6=2001:db8:ff::/48");
        grant(
                "benchmark",
                new VlanTags(101, 0),
                Bindings.plan(0, 0, 86_400, 0, 0, null, null, null, null),
                "v4=10.64.0.1",
                "wan=2001:db8:f000:1::/64",
                "pd=2001:db8:0:100::/56");
        CASES.put(
                "quarantine",
                (profile, out) ->
                        profile.quarantine(out, Bindings.with(SINGLE, RATES, "v4=192.0.2.10"), DenialReason.SUSPENDED));
        CASES.put("quarantine-unknown", (profile, out) -> profile.quarantine(out, null, DenialReason.UNKNOWN_LINE));
        CASES.put("change-rates", (profile, out) -> profile.change(out, with(RATES), SESSION));
        CASES.put("change-qos-profile", (profile, out) -> profile.change(out, with(QOS), SESSION));
        CASES.put("change-qos-profile-with-rates", (profile, out) -> profile.change(out, with(QOS_RATES), SESSION));
        CASES.put("change-without-rates", (profile, out) -> profile.change(out, with(Bindings.NO_PLAN), SESSION));
        CASES.put("session", (profile, out) -> profile.session(out, SESSION));
        CASES.put("session-known-by-its-id-only", (profile, out) -> profile.session(out, BARE_SESSION));
        CASES.put("reject", (profile, out) -> profile.reject(out, DenialReason.WRONG_PASSWORD));
    }

    private static void grant(String name, VlanTags vlans, Plan plan, String... addresses) {
        CASES.put(name, (profile, out) -> profile.grant(out, Bindings.with(vlans, plan, addresses)));
    }

    private static Binding with(Plan plan) {
        return Bindings.with(VlanTags.NONE, plan);
    }

    static Stream<Path> vectors() throws IOException {
        try (Stream<Path> files = Files.walk(VECTORS)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aProfileAnswersAsItsVectorSays(Path vector) throws IOException {
        String vendor = vector.getParent().getFileName().toString();
        String name = vector.getFileName().toString().replace(".txt", "");
        assertThat(CASES).containsKey(name);
        assertThat(Files.readString(vector)).isEqualTo(text(PROFILES.profile(vendor), name));
    }

    @Test
    void everyProfileHasAVectorForEveryCase() throws IOException {
        List<String> expected = PROFILES.vendors().stream()
                .flatMap(vendor -> CASES.keySet().stream().map(name -> vendor + "/" + name + ".txt"))
                .toList();
        assertThat(vectors().map(path -> VECTORS.relativize(path).toString()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String text(ReplyProfile profile, String name) {
        byte[] packet = new byte[AttributeWriter.MAXIMUM_PACKET_LENGTH];
        AttributeWriter out = new AttributeWriter(packet, 20, new SharedSecret(Octets.ofText("secret")), new byte[16]);
        CASES.get(name).accept(profile, out);
        StringBuilder text = new StringBuilder();
        new AttributeListing(DICTIONARY).lines(packet, 20, out.end()).forEach(line -> text.append(line)
                .append('\n'));
        text.append('\n');
        for (int at = 20; at < out.end(); at += packet[at + 1] & 0xff) {
            byte[] attribute = Arrays.copyOfRange(packet, at, at + (packet[at + 1] & 0xff));
            text.append(HexFormat.ofDelimiter(" ").formatHex(attribute)).append('\n');
        }
        return text.toString();
    }
}
