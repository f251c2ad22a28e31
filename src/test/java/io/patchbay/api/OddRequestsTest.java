package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whatever fits the schema is answered, or refused with a reason; it never makes the hub fail. */
@HubTest
class OddRequestsTest {
    private static final String NOBODY = "9223372036854775807";

    /** By operationId: what stands behind the path, or the body. */
    private static final Map<String, List<String>> ODD = Map.ofEntries(
            Map.entry("getContract", List.of("?unknown=%00")),
            Map.entry(
                    "importSubscribers",
                    List.of("", "\n", "username\n\"", "username\na\0b\n", "\uFEFFusername\nodd-1\n")),
            Map.entry(
                    "listSubscribers",
                    List.of(
                            "?userName=%00",
                            "?userName=%F0%9F%92%A9", "?circuitId=0x", "?address=::/0&limit=1", "?cursor=")),
            Map.entry("getSubscriber", List.of("")),
            Map.entry("setServiceState", List.of("{\"state\": \"terminated\"}")),
            Map.entry("listLines", List.of("?userName=%00", "?circuitId=%00", "?address=1.2.3.4/33", "?cursor=AA")),
            Map.entry("getLine", List.of("")),
            Map.entry(
                    "explain",
                    List.of(
                            "?user=%00&nas=127.0.0.1",
                            "?user=@&nas=127.0.0.1",
                            "?user=&circuitId=&nas=127.0.0.1",
                            "?circuitId=0x00&nas=127.0.0.1&cVlan=4094",
                            "?mac=::&nas=127.0.0.1",
                            "?serviceId=-1&nas=127.0.0.1",
                            "?address=::/0&nas=127.0.0.1",
                            "?user=x&nas=1.2.3.4.5")),
            Map.entry(
                    "listSightings",
                    List.of(
                            "?reason=%00",
                            "?userName=%00",
                            "?serviceId=-9223372036854775808",
                            "?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OToxOjI")),
            Map.entry(
                    "listAuthentications",
                    List.of(
                            "?circuitId=0xz",
                            "?cursor=%00",
                            "?subscriberId=99999999999999999999",
                            "?reason=%00",
                            "?userName=%00")),
            Map.entry("countAccountingRecords", List.of("?count=%00")),
            Map.entry("exportAccountingRecords", List.of("?nas=%00", "?format=", "?from=0000-01-01T00:00:00Z&nas=odd")),
            Map.entry(
                    "findAddressHolders",
                    List.of(
                            "?address=",
                            "?address=::/0&at=0000-01-01T00:00:00Z",
                            "?address=0.0.0.0/0&at=9999-12-31T23:59:59.999999999-18:00",
                            "?address=192.0.2.1/33",
                            "?address=192.0.2.1&from=0000-01-01T00:00:00Z&port=-1")),
            Map.entry(
                    "listSessions",
                    List.of(
                            "?userName=%00",
                            "?nas=%00",
                            "?circuitId=0x",
                            "?mac=::",
                            "?address=::/0&limit=1",
                            "?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59-18:00",
                            "?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OToxOjI",
                            "?cursor=AA",
                            "?serviceId=-9223372036854775808")),
            Map.entry("exportSessions", List.of("?userName=%00&format=jsonl", "?address=1.2.3.4/0&nas=odd")),
            Map.entry("getSession", List.of("")),
            Map.entry("listSessionRecords", List.of("?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OToxOjI")),
            Map.entry("disconnectSession", List.of("")),
            Map.entry("listCoaAttempts", List.of("?sessionId=-1", "?cursor=AA", "?nasClientId=9223372036854775807")),
            Map.entry("getServiceConvergence", List.of("")),
            Map.entry("retryServiceConvergence", List.of("?again=%00")),
            Map.entry("listNasClients", List.of("?%00=%00")),
            Map.entry(
                    "createNasClient",
                    List.of(
                            "{\"name\": \"odd\\u0000\", \"address\": \"198.51.100.231\", \"secret\": \"s\"}",
                            "{\"name\": \"odd\", \"address\": \"\", \"secret\": \"s\"}",
                            "{\"name\": \"odd\", \"address\": \"198.51.100.231\", \"secret\": \"s\", \"tenant\": \"\"}",
                            "{\"name\": \"odd\", \"address\": \"198.51.100.1/8\", \"secret\": \"\\u0000\"}")),
            Map.entry("getNasClient", List.of("")),
            Map.entry("updateNasClient", List.of("{}", "{\"vendor\": \"../generic\"}", "{\"coaAddress\": \"::/0\"}")),
            Map.entry("rotateNasSecret", List.of("{\"secret\": \"\\u0000\"}")),
            Map.entry("dropOldNasSecret", List.of("")),
            Map.entry("forgetNasSigning", List.of("")),
            Map.entry("listVlanDomains", List.of("?%00=%00")),
            Map.entry("createVlanDomain", List.of("{\"name\": \"odd\\u0000\"}", "{\"name\": \" \"}")),
            Map.entry("getVlanDomain", List.of("")),
            Map.entry("updateVlanDomain", List.of("{\"name\": \"default\"}")),
            Map.entry("deleteVlanDomain", List.of("")),
            Map.entry("listVlanExclusions", List.of("")),
            Map.entry("addVlanExclusion", List.of("{\"sFirst\": 9, \"sLast\": 8}", "{\"sFirst\": 1, \"note\": \"\\u0000\"}")),
            Map.entry("removeVlanExclusion", List.of("")),
            Map.entry("listVlanPools", List.of("?limit=0")),
            Map.entry(
                    "createVlanPool",
                    List.of(
                            "{\"name\": \"odd\\u0000\", \"model\": \"dedicated\"}",
                            "{\"name\": \"odd\", \"model\": \"shared\"}",
                            "{\"name\": \"odd\", \"model\": \"dedicated\", \"linesPerVlan\": 1}",
                            "{\"name\": \"odd\", \"model\": \"dedicated\", \"authority\": \"netbox\"}",
                            "{\"name\": \"odd\", \"model\": \"dedicated\", \"domain\": \"\"}")),
            Map.entry("getVlanPool", List.of("")),
            Map.entry("updateVlanPool", List.of("{}", "{\"tenant\": \"nobody\"}")),
            Map.entry("deleteVlanPool", List.of("")),
            Map.entry("getVlanPoolUse", List.of("")),
            Map.entry("addVlanRange", List.of("{\"sFirst\": 4094, \"sLast\": 1}", "{\"sFirst\": 1, \"cFirst\": 0, \"cLast\": 9}")),
            Map.entry("changeVlanRange", List.of("{\"sFirst\": 1, \"cFirst\": 9, \"cLast\": 1}")),
            Map.entry("removeVlanRange", List.of("")),
            Map.entry("getServiceVlan", List.of("")),
            Map.entry(
                    "bindServiceVlan",
                    List.of(
                            "{}",
                            "{\"pool\": \"\\u0000\"}",
                            "{\"sVlan\": 1, \"pool\": \"x\"}",
                            "{\"cVlan\": 1}",
                            "{\"sVlan\": 1, \"cVlan\": 1, \"model\": \"shared\"}")),
            Map.entry("releaseServiceVlan", List.of("")),
            Map.entry("moveServiceVlan", List.of("{\"pool\": \"\"}")),
            Map.entry("listVlans", List.of("?domain=%00", "?sVlan=4094&cVlan=1&pool=", "?cursor=AA", "?serviceId=-1")),
            Map.entry("exportVlans", List.of("?domain=none", "?format=jsonl&sVlan=4094")),
            Map.entry("listFormerVlans", List.of("?at=0000-01-01T00:00:00Z", "?cursor=AA", "?serviceId=-1")),
            Map.entry("listTokens", List.of("")),
            Map.entry(
                    "createToken",
                    List.of(
                            "{\"name\": \"odd\\u0000\", \"role\": \"viewer\"}",
                            "{\"name\": \"odd-1\", \"role\": \"viewer\", \"expiresAt\": \"2026-12-31T23:59:60Z\"}",
                            "{\"name\": \"odd-2\", \"role\": \"viewer\", \"expiresAt\": \"0000-01-01T00:00:00Z\"}",
                            "{\"name\": \"odd-3\", \"role\": \"viewer\", \"expiresAt\": \"9999-12-31T23:59:59.999999999-18:00\"}")),
            Map.entry("revokeToken", List.of("")));

    @LocalServerPort
    int port;

    /** @param odd a query, or a body */
    record Odd(Contract.Operation operation, String odd) {
        @Override
        public String toString() {
            return operation.id() + " " + odd.replace("\0", "NUL");
        }
    }

    static Stream<Odd> requests() {
        return Contract.load().operations().stream()
                .flatMap(operation ->
                        ODD.getOrDefault(operation.id(), List.of()).stream().map(odd -> new Odd(operation, odd)));
    }

    @Test
    void everyOperationIsAskedSomethingOdd() {
        Set<String> all = Contract.load().operations().stream()
                .map(Contract.Operation::id)
                .collect(Collectors.toSet());
        assertThat(new TreeSet<>(ODD.keySet())).containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isAnsweredOrRefusedButDoesNotFail(Odd odd) {
        Contract.Operation operation = odd.operation();
        String path = operation.path().getPatternString().replace("{id}", NOBODY);
        boolean body = operation.consumes() != null;
        Api.Answer answer = Api.asAdmin(port)
                .send(
                        operation.method(),
                        path + (body ? "" : odd.odd()),
                        operation.consumes(),
                        body ? odd.odd() : null);
        assertThat(answer.status()).as(answer.http().body()).isBetween(200, 499);
        if (answer.status() >= 400) {
            assertThat(answer.contentType()).startsWith(Problem.MEDIA_TYPE);
        }
    }
}
