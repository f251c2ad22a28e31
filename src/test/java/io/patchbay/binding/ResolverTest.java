package io.patchbay.binding;

import static io.patchbay.binding.Given.Proof.NONE;
import static io.patchbay.binding.Given.Proof.chap;
import static io.patchbay.binding.Given.Proof.pap;
import static io.patchbay.binding.Given.line;
import static io.patchbay.binding.Given.nas;
import static io.patchbay.binding.Given.noLine;
import static io.patchbay.binding.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.ServiceState;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.ReportedLine;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.Octets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private static final Octets MAC = Octets.ofHex("020000000001");

    @Nested
    class ByUser {
        private final BindingIndex index =
                Given.index(service(1).user("alice", "pw").circuit("c1").build());

        @Test
        void aKnownUserWithAProofIsFoundByName() {
            assertUser(resolve(index, nas().build(), "alice", pap("pw"), noLine()), 1);
            assertUser(resolve(index, nas().build(), "Alice@ISP.example", chap("pw"), noLine()), 1);
            assertUser(resolve(index, nas().untrusted().build(), "alice", pap("wrong"), line("c9", null)), 1);
        }

        @Test
        void theNameComesBeforeTheLine() {
            index.apply(service(2).circuit("c2").build());
            assertUser(resolve(index, nas().build(), "alice", pap("pw"), line("c2", null)), 1);
        }

        @Test
        void anUnknownUserIsToldAsSuch() {
            assertNotFound(resolve(index, nas().build(), "bob", pap("pw"), noLine()), DenialReason.UNKNOWN_USER);
            assertNotFound(
                    resolve(index, nas().build(), "bob", chap("pw"), line("c1", null)), DenialReason.UNKNOWN_USER);
        }

        @Test
        void aRequestWithoutNameOrLineProvesNothing() {
            NasClient passwordsOnly = nas().lines(LineAuthentication.OFF).build();
            assertNotFound(resolve(index, passwordsOnly, null, NONE, line("c1", null)), DenialReason.NO_PROOF);
            assertNotFound(
                    resolve(index, nas().untrusted().build(), null, NONE, line("c1", null)), DenialReason.NO_PROOF);
        }
    }

    @Nested
    class ByLine {
        private final BindingIndex index = Given.index(
                service(1)
                        .circuit("olt1 eth 0/01:7")
                        .remote("R1")
                        .identifier(IdentifierKind.NAS_PORT_ID, Octets.ofText("ge-0/0/0:1.1"))
                        .identifier(IdentifierKind.MAC, MAC)
                        .build(),
                service(2).circuit("c2").remote("R2").build());

        @Test
        void exactBytesOfEachKindFindTheLine() {
            assertLine(resolve(index, line("olt1 eth 0/01:7", null)), 1);
            assertLine(resolve(index, line(null, "R2")), 2);
            assertLine(resolve(index, reported(null, "ge-0/0/0:1.1", null)), 1);
            assertLine(resolve(index, reported(null, null, MAC)), 1);
        }

        @Test
        void theCircuitIdComesBeforeTheRemoteId() {
            assertLine(resolve(index, line("c2", "R1")), 2);
        }

        @Test
        void aMacAloneCountsOnlyWhereNoOption82IsReported() {
            assertNotFound(resolve(index, reported("c9", null, MAC)), DenialReason.UNKNOWN_LINE);
        }

        @Test
        void anotherSpellingOfTheCircuitIdFindsItByItsCanonicalKey() {
            assertLine(resolve(index, line("olt1 eth 00/1:0007", null)), 1);
            assertNotFound(resolve(index, line("olt1 eth 0/1:8", null)), DenialReason.UNKNOWN_LINE);
        }

        @Test
        void opaqueCircuitIdsHaveNoOtherSpelling() {
            index.apply(service(3).on(Given.ANYWHERE).circuit("x eth 0/01:9").build());
            assertLine(resolve(index, line("x eth 0/01:9", null)), 3);
            assertNotFound(resolve(index, line("x eth 0/1:9", null)), DenialReason.UNKNOWN_LINE);
        }

        @Test
        void twoLinesWithOneCanonicalKeyAreARefusal() {
            index.apply(service(3).circuit("olt1 eth 0/001:7").build());
            assertLine(resolve(index, line("olt1 eth 0/001:7", null)), 3);
            assertThat(resolve(index, line("olt1 eth 0/1:7", null)))
                    .isEqualTo(new Resolution.Ambiguous(
                            "circuit-id like 'olt1 eth 0/1:7' names several lines: line 1 on olt1; line 3 on olt1"));
        }

        @Test
        void oneNameOnTwoVisibleNodesIsARefusal() {
            index.apply(service(3).on(Given.ANYWHERE).circuit("c2").build());
            Resolution resolution = resolve(index, line("c2", null));
            assertThat(resolution).isInstanceOf(Resolution.Ambiguous.class);
            assertThat(((Resolution.Ambiguous) resolution).detail())
                    .contains("circuit-id 'c2' names several lines:", "line 2 on olt1", "line 3 on anywhere");
        }

        @Test
        void nothingMatchesAcrossScopes() {
            index.apply(service(3).on(Given.OLT2).circuit("c2").remote("R3").build());
            NasClient second = nas().id(2).build();
            assertLine(resolve(index, line("c2", null)), 2);
            assertLine(resolve(index, second, null, NONE, line("c2", null)), 3);
            assertNotFound(resolve(index, line(null, "R3")), DenialReason.UNKNOWN_LINE);
            assertNotFound(resolve(index, second, null, NONE, line("olt1 eth 0/1:7", null)), DenialReason.UNKNOWN_LINE);
        }

        @Test
        void aPppRequestIsNeverFoundByItsLine() {
            var resolver = new Resolver(index, Given.TEMPLATES);
            var ppp = new AccessQuestion(nas().build(), null, NONE, line("c2", null), true);
            assertNotFound(resolver.resolve(ppp), DenialReason.NO_PROOF);
            assertNotFound(
                    resolve(index, nas().build(), "bob", chap("pw"), line("c2", null)), DenialReason.UNKNOWN_USER);
        }

        @Test
        void anUntrustedNasAndOneThatChecksPasswordsFindNobodyByLine() {
            assertNotFound(
                    resolve(index, nas().untrusted().build(), null, NONE, line("c2", null)), DenialReason.NO_PROOF);
            assertNotFound(
                    resolve(index, nas().lines(LineAuthentication.OFF).build(), "x", pap("y"), line("c2", null)),
                    DenialReason.UNKNOWN_USER);
        }

        @Test
        void anUnknownNameDoesNotHideTheLine() {
            assertLine(resolve(index, nas().build(), "02:00:00:00:00:99", pap("common"), line("c2", null)), 2);
        }

        @Test
        void withoutAProofTheLineComesBeforeAKnownName() {
            index.apply(service(3).user("alice", "pw").circuit("c3").build());
            assertLine(resolve(index, nas().build(), "alice", NONE, line("c2", null)), 2);
        }

        @Test
        void anEmptyIdentifierIsNotReported() {
            assertNotFound(resolve(index, nas().build(), "bob", NONE, line("", "")), DenialReason.UNKNOWN_USER);
            assertNotFound(resolve(index, line("", "")), DenialReason.UNKNOWN_LINE);
        }
    }

    @Nested
    class SeveralServicesOnOneLine {
        private final BindingIndex index = Given.index(
                service(1).line(5).circuit("c5").vlans(100, 7).build(),
                service(2).line(5).circuit("c5").vlans(200, 7).kind("voice").build(),
                service(3).line(5).circuit("c5").vlans(300, 0).kind("video").build());

        @Test
        void theReportedVlansTellWhich() {
            assertLine(resolve(index, tagged(200, 7)), 2);
            assertLine(resolve(index, tagged(300, 9)), 3);
        }

        @Test
        void otherwiseItIsTheInternetService() {
            assertLine(resolve(index, line("c5", null)), 1);
            assertLine(resolve(index, tagged(999, 9)), 1);
        }

        @Test
        void otherwiseTheOneThatIsActive() {
            index.apply(service(1)
                    .line(5)
                    .circuit("c5")
                    .state(ServiceState.TERMINATED)
                    .build());
            index.apply(service(2)
                    .line(5)
                    .circuit("c5")
                    .state(ServiceState.SUSPENDED)
                    .kind("voice")
                    .build());
            assertLine(resolve(index, line("c5", null)), 3);
        }

        @Test
        void otherwiseItIsARefusal() {
            index.remove(1);
            assertThat(resolve(index, line("c5", null)))
                    .isInstanceOfSatisfying(Resolution.Ambiguous.class, ambiguous -> assertThat(ambiguous.detail())
                            .startsWith("line 5 has several services")
                            .contains("voice 2", "video 3"));
        }

        private static ReportedLine tagged(int sVlan, int cVlan) {
            return new ReportedLine(Octets.ofText("c5"), null, null, null, -1, new VlanTags(sVlan, cVlan));
        }
    }

    private static ReportedLine reported(String circuitId, String nasPortId, Octets mac) {
        return new ReportedLine(Given.octets(circuitId), null, Given.octets(nasPortId), mac, -1, VlanTags.NONE);
    }

    private static Resolution resolve(BindingIndex index, ReportedLine line) {
        return resolve(index, nas().build(), null, NONE, line);
    }

    private static Resolution resolve(
            BindingIndex index, NasClient nas, String user, PasswordProof proof, ReportedLine line) {
        return new Resolver(index, Given.TEMPLATES).resolve(Given.question(nas, user, proof, line));
    }

    private static void assertUser(Resolution resolution, long service) {
        assertFound(resolution, service, true);
    }

    private static void assertLine(Resolution resolution, long service) {
        assertFound(resolution, service, false);
    }

    private static void assertFound(Resolution resolution, long service, boolean byUser) {
        assertThat(resolution).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(found.binding().serviceId()).isEqualTo(service);
            assertThat(found.byUser()).isEqualTo(byUser);
        });
    }

    private static void assertNotFound(Resolution resolution, DenialReason reason) {
        assertThat(resolution).isEqualTo(new Resolution.NotFound(reason));
    }
}
