package io.patchbay.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.binding.DenialReason;
import io.patchbay.line.VlanTags;
import io.patchbay.radius.AttributeWriter;
import io.patchbay.radius.PacketTooLongException;
import io.patchbay.radius.SharedSecret;
import io.patchbay.radius.dictionary.AttributeListing;
import io.patchbay.radius.dictionary.Dictionary;
import io.patchbay.radius.dictionary.DictionaryParser;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyProfileTest {
    private static final Dictionary DICTIONARY = DictionaryParser.load(Path.of("dictionaries/dictionary"));
    private static final VlanTags PAIR = new VlanTags(501, 1001);

    @TempDir
    Path folder;

    @Test
    void oneAttributeMayHaveSeveralValues() throws IOException {
        ReplyProfile profile = profile("""
                Cisco-AVPair:
                  - "ip:addr-pool={ipv4_pool}"
                  - "subscriber:sub-qos-policy-out={qos_profile}"
                  - subscriber:command=account-logon
                """);
        assertThat(granted(profile, VlanTags.NONE, "pool", "gold"))
                .containsExactly(
                        "Cisco-AVPair = \"ip:addr-pool=pool\"",
                        "Cisco-AVPair = \"subscriber:sub-qos-policy-out=gold\"",
                        "Cisco-AVPair = \"subscriber:command=account-logon\"");
        assertThat(granted(profile, VlanTags.NONE, null, "gold"))
                .containsExactly(
                        "Cisco-AVPair = \"subscriber:sub-qos-policy-out=gold\"",
                        "Cisco-AVPair = \"subscriber:command=account-logon\"");
    }

    @Test
    void aConditionIsThePresenceOfOnePlaceholder() throws IOException {
        ReplyProfile profile = profile("""
                Filter-Id:
                  - { value: stacked, when: c_vlan }
                  - { value: flat, unless: c_vlan }
                """);
        assertThat(granted(profile, PAIR, null, null)).containsExactly("Filter-Id = \"stacked\"");
        assertThat(granted(profile, new VlanTags(5, 0), null, null)).containsExactly("Filter-Id = \"flat\"");
    }

    @Test
    void everyAttributeOfATunnelCarriesTheTagOfItsName() throws IOException {
        ReplyProfile profile = profile("""
                Tunnel-Type:3: VLAN
                Tunnel-Private-Group-Id:3: "{c_vlan}"
                """);
        assertThat(granted(profile, PAIR, null, null))
                .containsExactly("Tunnel-Type:3 = VLAN", "Tunnel-Private-Group-Id:3 = \"1001\"");
    }

    @Test
    void textIsSentAsUtf8() throws IOException {
        assertThat(granted(profile("Filter-Id: \"ü-{qos_profile}\""), VlanTags.NONE, null, "größe"))
                .containsExactly("Filter-Id = \"ü-größe\"");
    }

    @Test
    void everyPlaceholderFitsAText() throws IOException {
        for (Placeholder placeholder : Placeholder.values()) {
            String section =
                    switch (placeholder.source()) {
                        case BINDING -> "grant";
                        case DENIAL -> "quarantine";
                        case SESSION -> "session";
                        case GIVEN -> "change";
                    };
            assertThat(load(write(section, "Filter-Id: \"{" + placeholder.word() + "}\""))
                            .vendor())
                    .isEqualTo("vendor");
        }
    }

    @Test
    void aVendorWithoutTheSectionCannotChangeALiveSession() throws IOException {
        assertThat(profile("Filter-Id: a").canChange()).isFalse();
        assertThat(listing(
                        profile("Filter-Id: a"),
                        (p, out) -> p.change(out, Bindings.with(PAIR, Bindings.NO_PLAN), null)))
                .isEmpty();
        ReplyProfile changing = load(write("change", "Filter-Id: \"{qos_profile}\""));
        assertThat(changing.canChange()).isTrue();
        assertThat(changing.needsGiven()).isFalse();
        assertThat(load(write("change", "Filter-Id: \"{given_qos_profile}\"")).needsGiven())
                .isTrue();
    }

    @Test
    void theReasonIsAWordOrASentence() throws IOException {
        ReplyProfile profile = load(write("reject", "Reply-Message: \"{reason}: {reason_sentence}\""));
        assertThat(listing(profile, (p, out) -> p.reject(out, DenialReason.LINE_MISMATCH)))
                .containsExactly("Reply-Message = \"line-mismatch: " + DenialReason.LINE_MISMATCH.sentence() + "\"");
    }

    @Test
    void aTextThatOnlyTurnsOutTooLongInAReplyIsRefused() throws IOException {
        ReplyProfile profile = profile("Filter-Id: \"{qos_profile}\"");
        assertThat(granted(profile, VlanTags.NONE, null, "x".repeat(253))).hasSize(1);
        for (int length : new int[] {254, 1000}) {
            assertThatThrownBy(() -> granted(profile, VlanTags.NONE, null, "x".repeat(length)))
                    .isInstanceOf(PacketTooLongException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Juniper-Rate-Limit: 5               | 2 | no dictionary defines the attribute 'Juniper-Rate-Limit'",
                "Filter-Id: a; Framed-Poool: b       | 3 | no dictionary defines the attribute 'Framed-Poool'",
                "Filter-Id: \"{vlam}\"               | 2 | 'vlam' is no placeholder; use one of c_vlan",
                "Filter-Id: {qos_profile}            | 2 | put the value in quotes",
                "Filter-Id: \"{qos_profile\"         | 2 | has a brace without its partner",
                "Filter-Id: \"{reason}\"             | 2 | never has a value in the section grant",
                "Filter-Id: { value: a, when: vlam } | 2 | 'vlam' is no placeholder",
                "Filter-Id: { when: vlan }           | 2 | an entry needs a value",
                "Filter-Id: { value: a, when: vlan, unless: vlan } | 2 | at most one of when and unless",
                "Filter-Id: [a, [b]]                 | 2 | here belongs one text",
                "Filter-Id: ''                       | 2 | here belongs one text",
                "Filter-Id: a; Filter-Id: b          | 3 | Filter-Id is given twice",
                "Filter-Id:1: a                      | 2 | has no tag; drop the ':1'",
                "Tunnel-Type:32: VLAN                | 2 | tag 32 is outside 0..31",
                "Tunnel-Type: WLAN                   | 2 | 'WLAN' does not fit Tunnel-Type",
                "Session-Timeout: soon               | 2 | 'soon' does not fit Session-Timeout",
                "Session-Timeout: \"{plan}\"         | 2 | '{plan}' does not fit Session-Timeout",
                "Session-Timeout: \"1{vlan}\"        | 2 | use one placeholder and nothing around it",
                "Framed-IP-Address: \"{ipv6_wan_address}\" | 2 | does not fit Framed-IP-Address",
                "Framed-IPv6-Prefix: \"{ipv4_route}\" | 2 | does not fit Framed-IPv6-Prefix",
                "Filter-Id: \"{ipv4_route}{ipv6_route}\" | 2 | one placeholder of many values",
                "Extended-Attribute-1: 0x01          | 2 | only holds other attributes",
                "User-Password: x                    | 2 | belongs in requests",
                "- Filter-Id                         | 2 | here belong attributes",
                "Filter-Id: \"a                      | 5 | this is no YAML (found unexpected end of stream, in what began in line 2)",
            })
    void aMistakeStopsTheStartWithFileAndLine(String lines, int line, String sentence) throws IOException {
        Path file = write("grant", String.join("\n", lines.split("; ")) + "\n");
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(ReplyProfileException.class)
                .hasMessageContaining(file + ":" + line + ": ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant: {}; quarantine: {}                          | 1 | the section 'reject' is missing",
                "grant: {}; quarantine: {}; reject: {}; deny: {}    | 4 | 'deny' is no section",
                "grant: {}; grant: {}                               | 2 | two sections 'grant'",
                "''                                                 | 1 | the profile is empty",
                "text                                               | 1 | here belong the sections",
                "reject: { Filter-Id: '{s_vlan}' }                  | 1 | never has a value in the section reject",
                "grant: { Filter-Id: '{session_id}' }               | 1 | never has a value in the section grant",
                "session: { Filter-Id: '{qos_profile}' }            | 1 | never has a value in the section session",
                "session: { Filter-Id: '{given_qos_profile}' }      | 1 | never has a value in the section session",
                "change: { Filter-Id: '{reason}' }                  | 1 | never has a value in the section change",
                "change: { Filter-Poool: '{qos_profile}' }          | 1 | no dictionary defines the attribute",
            })
    void theSectionsAreChecked(String lines, int line, String sentence) throws IOException {
        Path file = folder.resolve("vendor.yaml");
        Files.writeString(file, String.join("\n", lines.split("; ")));
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(ReplyProfileException.class)
                .hasMessageContaining(file + ":" + line + ": ")
                .hasMessageContaining(sentence);
    }

    @Test
    void aVendorWithoutAProfileIsNamedWithThoseThatHaveOne() throws IOException {
        write("grant", "Filter-Id: a");
        ReplyProfiles profiles = ReplyProfiles.load(folder, DICTIONARY, InterimIntervals.USUAL);
        assertThat(profiles.vendors()).containsExactly("vendor");
        assertThatThrownBy(() -> profiles.profile("acme"))
                .isInstanceOf(ReplyProfileException.class)
                .hasMessageContaining("acme.yaml")
                .hasMessageContaining("[vendor]");
        assertThatThrownBy(() -> ReplyProfiles.load(folder.resolve("absent"), DICTIONARY, InterimIntervals.USUAL))
                .isInstanceOf(ReplyProfileException.class)
                .hasMessageContaining("absent, cannot be read: create it");
    }

    private ReplyProfile profile(String grant) throws IOException {
        return load(write("grant", grant));
    }

    /** A profile whose one section starts in line 1, with its entries from line 2 on. */
    private Path write(String section, String entries) throws IOException {
        StringBuilder text = new StringBuilder(section + ":\n" + entries.indent(2));
        for (String other : List.of("grant", "quarantine", "reject")) {
            text.append(other.equals(section) ? "" : other + ": {}\n");
        }
        return Files.writeString(folder.resolve("vendor.yaml"), text);
    }

    private ReplyProfile load(Path file) {
        return ReplyProfiles.load(file.getParent(), DICTIONARY, InterimIntervals.USUAL)
                .profile("vendor");
    }

    private static List<String> granted(ReplyProfile profile, VlanTags vlans, String pool, String qos) {
        var plan = Bindings.plan(0, 0, 0, 0, 0, pool, null, null, qos);
        return listing(profile, (p, out) -> p.grant(out, Bindings.with(vlans, plan)));
    }

    private static List<String> listing(ReplyProfile profile, BiConsumer<ReplyProfile, AttributeWriter> reply) {
        byte[] packet = new byte[AttributeWriter.MAXIMUM_PACKET_LENGTH];
        AttributeWriter out = new AttributeWriter(packet, 20, new SharedSecret(Octets.ofText("secret")), new byte[16]);
        reply.accept(profile, out);
        return new AttributeListing(DICTIONARY).lines(packet, 20, out.end());
    }
}
