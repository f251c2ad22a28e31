package io.patchbay.binding;

import static io.patchbay.binding.Given.Proof.NONE;
import static io.patchbay.binding.Given.Proof.chap;
import static io.patchbay.binding.Given.Proof.pap;
import static io.patchbay.binding.Given.line;
import static io.patchbay.binding.Given.nas;
import static io.patchbay.binding.Given.noLine;
import static io.patchbay.binding.Given.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.ledger.Credential;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.ServiceState;
import io.patchbay.line.AccessNode;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.ReportedLine;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.Octets;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeciderTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);

    /** Alice lives on line 1 of olt1: circuit-id c1, remote-id R1, tags 100.7. */
    private static Given.Service alice() {
        return service(1)
                .user("alice", "pw")
                .circuit("olt1 eth 0/1:7")
                .remote("R1")
                .vlans(100, 7);
    }

    @Nested
    class Proof {
        @ParameterizedTest
        @CsvSource({
            // what was sent, the stored scheme: the decision
            "pw,    CLEARTEXT, grant",
            "wrong, CLEARTEXT, reject WRONG_PASSWORD",
            ",      CLEARTEXT, reject NO_PROOF",
            "pw,    NT_HASH,   reject PROOF_NEEDS_CLEARTEXT",
        })
        void aUserProvesToBeOne(String password, Credential.Scheme scheme, String decision) {
            Binding binding = alice().user("alice", scheme, "pw").build();
            NasClient passwords = nas().lines(LineAuthentication.OFF).build();
            assertThat(decide(binding, passwords, "alice", pap(password), aliceLine()))
                    .isEqualTo(decision);
        }

        @Test
        void aSlowHashIsVerifiedElsewhereFirst() {
            Binding binding =
                    alice().user("alice", Credential.Scheme.BCRYPT, "$2a$").build();
            BindingIndex index = Given.index(binding);
            Decider decider = new Decider(index, Given.TEMPLATES);
            AccessQuestion question = Given.question(nas().build(), "alice", pap("pw"), aliceLine());
            Resolution resolution = new Resolver(index, Given.TEMPLATES).resolve(question);

            assertThat(decider.prove(question, resolution)).isEqualTo(PasswordProof.Outcome.SLOW);
            assertThatThrownBy(() -> decider.decide(question, resolution, NOW))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("off the event loop");
            assertThat(word(decider.decide(question, resolution, PasswordProof.Outcome.PROVEN, NOW)))
                    .isEqualTo("grant");
            assertThat(word(decider.decide(question, resolution, PasswordProof.Outcome.WRONG, NOW)))
                    .isEqualTo("reject WRONG_PASSWORD");
        }

        @ParameterizedTest
        @CsvSource({
            // the NAS's way, its common password, what was sent: the decision for a line that is known
            "CHECK_COMMON_PASSWORD, common, common, grant",
            "CHECK_COMMON_PASSWORD, common, wrong,  reject WRONG_PASSWORD",
            "CHECK_COMMON_PASSWORD, common, ,       reject NO_PROOF",
            "CHECK_COMMON_PASSWORD, ,       common, reject WRONG_PASSWORD",
            "IGNORE_PASSWORD,       common, wrong,  grant",
            "IGNORE_PASSWORD,       ,       ,       grant",
            "OFF,                   common, common, reject UNKNOWN_USER",
        })
        void aLineIsBelievedAsTheNasIsSet(LineAuthentication way, String common, String sent, String decision) {
            NasClient nas = nas().commonPassword(common).lines(way).build();
            assertThat(decide(alice().build(), nas, "ipoe", pap(sent), aliceLine()))
                    .isEqualTo(decision);
        }

        @Test
        void aWrongCommonPasswordLearnsNothingOfAnUnknownLine() {
            NasClient nas = nas().commonPassword("common")
                    .unknown(DenialPolicy.QUARANTINE)
                    .build();
            assertThat(decide(alice().build(), nas, "x", pap("wrong"), line("c9", null)))
                    .isEqualTo("reject WRONG_PASSWORD");
            assertThat(decide(alice().build(), nas, "x", pap("common"), line("c9", null)))
                    .isEqualTo("quarantine UNKNOWN_LINE");
        }

        @Test
        void aWrongPasswordLearnsNothingOfLineOrState() {
            Binding suspended = alice().state(ServiceState.SUSPENDED).build();
            NasClient nas = nas().suspended(DenialPolicy.QUARANTINE).build();
            assertThat(decide(suspended, nas, "alice", pap("wrong"), line("c9", null)))
                    .isEqualTo("reject WRONG_PASSWORD");
        }

        @Test
        void aPppRequestIsNeverGrantedByALineAlone() {
            BindingIndex index = Given.index(alice().build());
            Decider decider = new Decider(index, Given.TEMPLATES);
            var found = new Resolution.Found(index.byService(1), false);
            AccessQuestion ppp = new AccessQuestion(nas().build(), null, NONE, aliceLine(), true);
            AccessQuestion chap = Given.question(nas().build(), null, chap("pw"), aliceLine());
            assertThat(word(decider.decide(ppp, found, NOW))).isEqualTo("reject NO_PROOF");
            assertThat(word(decider.decide(chap, found, NOW))).isEqualTo("reject WRONG_PASSWORD");
        }
    }

    @Nested
    class Line {
        @ParameterizedTest
        @CsvSource({
            // policy, reported circuit-id, reported remote-id: the decision
            "ENFORCE,    olt1 eth 0/1:7,   R1, grant",
            "ENFORCE,    olt1 eth 00/1:07, R1, grant",
            "ENFORCE,    olt1 eth 0/1:7,   ,   grant",
            "ENFORCE,    ,                 R1, grant",
            "ENFORCE,    olt1 eth 0/1:8,   R1, reject LINE_MISMATCH +1",
            "ENFORCE,    olt1 eth 0/1:7,   R2, reject LINE_MISMATCH +1",
            "ENFORCE,    olt1 eth 0/1:8,   R2, reject LINE_MISMATCH +2",
            "ENFORCE,    ,                 ,   reject LINE_NOT_REPORTED +1",
            "LOG,        olt1 eth 0/1:8,   R1, grant +1",
            "LOG,        ,                 ,   grant +1",
            "IGNORE,     olt1 eth 0/1:8,   R2, grant",
            "IGNORE,     ,                 ,   grant",
            "QUARANTINE, olt1 eth 0/1:8,   R1, quarantine LINE_MISMATCH +1",
            "QUARANTINE, ,                 ,   quarantine LINE_NOT_REPORTED +1",
            "QUARANTINE, olt1 eth 0/1:7,   R1, grant",
        })
        void isComparedAsThePolicySays(Option82Policy policy, String circuitId, String remoteId, String decision) {
            assertThat(decide(alice().build(), nas().policy(policy).build(), line(circuitId, remoteId)))
                    .isEqualTo(decision);
        }

        @ParameterizedTest
        @CsvSource({
            // known circuit-id, known remote-id, reported circuit-id, reported remote-id: the decision
            "c1, ,   ,   R9, reject LINE_NOT_REPORTED +1",
            "c1, ,   c1, R9, grant",
            "c1, ,   c9, R9, reject LINE_MISMATCH +1",
            ",   R1, c9, ,   reject LINE_NOT_REPORTED +1",
            ",   R1, c9, R1, grant",
            ",   ,   c9, R9, grant",
        })
        void whatTheLedgerHoldsCannotBeLeftOut(
                String circuitId, String remoteId, String seenCircuitId, String seenRemoteId, String decision) {
            Given.Service service = service(1).user("alice", "pw");
            if (circuitId != null) {
                service.circuit(circuitId);
            }
            if (remoteId != null) {
                service.remote(remoteId);
            }
            assertThat(decide(service.build(), nas().build(), line(seenCircuitId, seenRemoteId)))
                    .isEqualTo(decision);
        }

        @Test
        void aNodeThatTheDirectoryDoesNotHoldIsAMismatchNotAFault() {
            Binding onUnknownNode = service(1)
                    .user("alice", "pw")
                    .on(new AccessNode(99, "new", 0, "tr-101"))
                    .circuit("olt1 eth 0/1:7")
                    .build();
            assertThat(decide(onUnknownNode, nas().build(), line("olt1 eth 00/1:07", null)))
                    .isEqualTo("reject LINE_MISMATCH +1");
        }

        @ParameterizedTest
        @CsvSource({
            // service, plan, NAS: the decision over a wrong line
            ",        ,        ENFORCE, reject LINE_MISMATCH +1",
            ",        ,        LOG,     grant +1",
            ",        LOG,     ENFORCE, grant +1",
            ",        ENFORCE, LOG,     reject LINE_MISMATCH +1",
            "IGNORE,  ENFORCE, ENFORCE, grant",
            "ENFORCE, IGNORE,  LOG,     reject LINE_MISMATCH +1",
        })
        void theNearestPolicyWins(Option82Policy service, Option82Policy plan, Option82Policy nas, String decision) {
            Binding binding =
                    alice().policy(service).plan(Given.plan(1, "p", plan)).build();
            assertThat(decide(binding, nas().policy(nas).build(), line("c9", null)))
                    .isEqualTo(decision);
        }

        @Test
        void anUntrustedNasNeitherProvesNorDisprovesALine() {
            NasClient nas = nas().untrusted().build();
            assertThat(decide(alice().build(), nas, line("c9", "R9"))).isEqualTo("grant");
            assertThat(decide(alice().build(), nas, noLine())).isEqualTo("grant");
        }

        @Test
        void aLineWithoutNamesIsNotCompared() {
            Binding nameless = service(1).user("alice", "pw").build();
            Binding lineless = service(1).user("alice", "pw").line(0).build();
            assertThat(decide(nameless, nas().build(), noLine())).isEqualTo("grant");
            assertThat(decide(nameless, nas().build(), line("c9", "R9"))).isEqualTo("grant");
            assertThat(decide(lineless, nas().build(), line("c9", "R9"))).isEqualTo("grant");
        }

        @Test
        void theSameNameBehindAnotherNasIsAnotherLine() {
            Binding onSecondOlt =
                    service(1).user("alice", "pw").on(Given.OLT2).circuit("c1").build();
            assertThat(decide(onSecondOlt, nas().id(2).build(), line("c1", null)))
                    .isEqualTo("grant");
            assertThat(decide(onSecondOlt, nas().id(1).build(), line("c1", null)))
                    .isEqualTo("reject LINE_MISMATCH +1");
        }

        @Test
        void circuitIdAndRemoteIdOfDifferentLinesAreAMismatchEvenWhenTheLineIdentifies() {
            BindingIndex index = Given.index(
                    alice().build(), service(2).circuit("c2").remote("R2").build());
            assertThat(decide(index, nas().build(), null, NONE, line("olt1 eth 0/1:7", "R2")))
                    .isEqualTo("reject LINE_MISMATCH +1");
        }

        @Test
        void theNasPortIdIsComparedWhereTheLineHasOneAndTheMacNever() {
            Binding binding = alice().identifier(IdentifierKind.NAS_PORT_ID, Octets.ofText("p1"))
                    .identifier(IdentifierKind.MAC, Octets.ofHex("020000000001"))
                    .build();
            assertThat(decide(binding, nas().build(), onPort("p1", VlanTags.NONE)))
                    .isEqualTo("grant");
            assertThat(decide(binding, nas().build(), onPort("p2", VlanTags.NONE)))
                    .isEqualTo("reject LINE_MISMATCH +1");
            assertThat(decide(alice().build(), nas().build(), onPort("p2", VlanTags.NONE)))
                    .isEqualTo("grant");
        }

        @ParameterizedTest
        @CsvSource({
            // port template, assigned tags, reported tags: the decision
            "juniper, 100, 7, 100, 7, grant",
            "juniper, 100, 7, 101, 7, reject VLAN_MISMATCH +1",
            "juniper, 100, 7, 100, 8, reject VLAN_MISMATCH +1",
            "juniper, 100, 7, 100, 0, reject VLAN_MISMATCH +1",
            "juniper, 100, 0, 100, 8, grant",
            "juniper, 100, 7, 0,   0, grant",
            "juniper, 0,   0, 101, 8, grant",
            ",        100, 7, 101, 7, grant",
        })
        void reportedVlansAreComparedWhereTheNasHasAPortTemplate(
                String template, int s, int c, int seenS, int seenC, String decision) {
            Binding binding = alice().vlans(s, c).build();
            NasClient nas = nas().portTemplate(template).build();
            assertThat(decide(binding, nas, onPort("p1", new VlanTags(seenS, seenC))))
                    .isEqualTo(decision);
        }

        private static ReportedLine onPort(String nasPortId, VlanTags vlans) {
            return new ReportedLine(
                    Octets.ofText("olt1 eth 0/1:7"),
                    null,
                    Octets.ofText(nasPortId),
                    Octets.ofHex("0200000000ff"),
                    -1,
                    vlans);
        }
    }

    @Nested
    class State {
        @ParameterizedTest
        @CsvSource({
            // state, seconds until it expires, the NAS's policy for that: the decision
            "ACTIVE,     0,   REJECT,     grant",
            "ACTIVE,     1,   REJECT,     grant",
            "ACTIVE,     -1,  REJECT,     reject EXPIRED",
            "ACTIVE,     -1,  QUARANTINE, quarantine EXPIRED",
            "ACTIVE,     -1,  IGNORE,     unknown EXPIRED",
            "SUSPENDED,  -1,  REJECT,     reject SUSPENDED",
            "SUSPENDED,  0,   QUARANTINE, quarantine SUSPENDED",
            "SUSPENDED,  0,   IGNORE,     unknown SUSPENDED",
            "PENDING,    0,   REJECT,     reject NOT_ACTIVE",
            "PENDING,    0,   QUARANTINE, quarantine NOT_ACTIVE",
            "TERMINATED, -1,  REJECT,     reject NOT_ACTIVE",
            "TERMINATED, 0,   IGNORE,     unknown NOT_ACTIVE",
        })
        void isHandledAsTheNasSays(ServiceState state, long expiresIn, DenialPolicy policy, String decision) {
            Given.Nas nas = nas();
            switch (state) {
                case ACTIVE -> nas.expired(policy);
                case SUSPENDED -> nas.suspended(policy);
                case PENDING, TERMINATED -> nas.unknown(policy);
            }
            Binding binding = alice().state(state)
                    .expiresAt(expiresIn == 0 ? 0 : NOW.getEpochSecond() + expiresIn)
                    .build();
            assertThat(decide(binding, nas.build(), aliceLine())).isEqualTo(decision);
        }

        @Test
        void expiryIsTheFirstSecondOutside() {
            assertThat(decide(alice().expiresAt(NOW.getEpochSecond()).build(), nas().build(), aliceLine()))
                    .isEqualTo("reject EXPIRED");
        }

        @Test
        void anEnforcedLineComesBeforeTheStateAndAQuarantinedOneAfter() {
            Binding suspended = alice().state(ServiceState.SUSPENDED).build();
            Given.Nas walled = nas().suspended(DenialPolicy.QUARANTINE);
            assertThat(decide(suspended, walled.build(), line("c9", null))).isEqualTo("reject LINE_MISMATCH +1");
            assertThat(decide(suspended, walled.policy(Option82Policy.LOG).build(), line("c9", null)))
                    .isEqualTo("quarantine SUSPENDED +1");
            assertThat(decide(suspended, nas().policy(Option82Policy.QUARANTINE).build(), line("c9", null)))
                    .isEqualTo("reject SUSPENDED +1");
        }
    }

    @Nested
    class Nobody {
        @ParameterizedTest
        @CsvSource({
            // the policy, how it is asked: the decision
            "REJECT,     ipoe,    reject UNKNOWN_USER",
            "QUARANTINE, ipoe,    quarantine UNKNOWN_USER",
            "IGNORE,     ipoe,    unknown UNKNOWN_USER",
            "REJECT,     chap,    reject UNKNOWN_USER",
            "QUARANTINE, chap,    reject UNKNOWN_USER",
            "IGNORE,     chap,    unknown UNKNOWN_USER",
            "QUARANTINE, ppp pap, reject UNKNOWN_USER",
            "QUARANTINE, nothing, reject NO_PROOF",
            "IGNORE,     nothing, unknown NO_PROOF",
        })
        void isHandledAsTheNasSaysButNeverLetInWithoutProofWhereProofIsNeeded(
                DenialPolicy policy, String how, String decision) {
            NasClient nas = nas().lines(LineAuthentication.OFF).unknown(policy).build();
            AccessQuestion question =
                    switch (how) {
                        case "ipoe" -> Given.question(nas, "bob", pap("pw"), noLine());
                        case "chap" -> Given.question(nas, "bob", chap("pw"), noLine());
                        case "ppp pap" -> new AccessQuestion(nas, "bob", pap("pw"), noLine(), true);
                        case "nothing" -> Given.question(nas, null, NONE, noLine());
                        default -> throw new IllegalArgumentException(how);
                    };
            BindingIndex index = Given.index(alice().build());
            Resolution resolution = new Resolver(index, Given.TEMPLATES).resolve(question);
            assertThat(word(new Decider(index, Given.TEMPLATES).decide(question, resolution, NOW)))
                    .isEqualTo(decision);
        }

        @Test
        void anAmbiguousLineIsAlwaysRejected() {
            BindingIndex index = Given.index(
                    service(1).circuit("c").build(),
                    service(2).on(Given.ANYWHERE).circuit("c").build());
            NasClient nas = nas().unknown(DenialPolicy.QUARANTINE).build();
            assertThat(decide(index, nas, null, NONE, line("c", null))).isEqualTo("reject AMBIGUOUS_LINE");
        }

        @Test
        void isNotJudgedBeforeTheIndexIsComplete() {
            BindingIndex empty = new BindingIndex();
            Decider decider = new Decider(empty, Given.TEMPLATES);
            AccessQuestion question = Given.question(nas().build(), "alice", pap("pw"), noLine());
            Resolution resolution = new Resolver(empty, Given.TEMPLATES).resolve(question);
            assertThatThrownBy(() -> decider.decide(question, resolution, NOW))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not complete");
        }
    }

    private static ReportedLine aliceLine() {
        return line("olt1 eth 0/1:7", "R1");
    }

    private static String decide(Binding binding, NasClient nas, ReportedLine line) {
        return decide(binding, nas, "alice", pap("pw"), line);
    }

    private static String decide(Binding binding, NasClient nas, String user, PasswordProof proof, ReportedLine line) {
        return decide(Given.index(binding), nas, user, proof, line);
    }

    private static String decide(
            BindingIndex index, NasClient nas, String user, PasswordProof proof, ReportedLine line) {
        AccessQuestion question = Given.question(nas, user, proof, line);
        Resolution resolution = new Resolver(index, Given.TEMPLATES).resolve(question);
        return word(new Decider(index, Given.TEMPLATES).decide(question, resolution, NOW));
    }

    /** The decision as a line of the tables above: its word, its reason, and how many mismatches it notes. */
    private static String word(Decision decision) {
        return switch (decision) {
            case Decision.Grant grant -> "grant" + count(grant.noted().size());
            case Decision.Quarantine quarantine ->
                "quarantine " + quarantine.reason()
                        + count(quarantine.mismatches().size());
            case Decision.Reject reject ->
                "reject " + reject.reason() + count(reject.mismatches().size());
            case Decision.Unknown unknown -> "unknown " + unknown.reason();
        };
    }

    private static String count(int mismatches) {
        return mismatches == 0 ? "" : " +" + mismatches;
    }
}
