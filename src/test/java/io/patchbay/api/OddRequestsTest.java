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
            Map.entry(
                    "createSubscriber",
                    List.of("{\"externalId\": \"odd\\u0000\"}", "{\"externalId\": \"odd\", \"tenant\": \"\"}")),
            Map.entry("updateSubscriber", List.of("{}", "{\"externalId\": \"\\u0000\"}")),
            Map.entry("deleteSubscriber", List.of("")),
            Map.entry("exportSubscribers", List.of("?userName=%00", "?format=jsonl&address=::/0&externalId=odd")),
            Map.entry(
                    "listServices",
                    List.of(
                            "?subscriberId=-1",
                            "?plan=%00",
                            "?state=odd",
                            "?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk",
                            "?lineId=99999999999999999999")),
            Map.entry(
                    "createService",
                    List.of(
                            "{\"subscriberId\": 9223372036854775807}",
                            "{\"subscriberId\": 1, \"expiresAt\": \"9999-12-31T23:59:60Z\"}",
                            "{\"subscriberId\": 1, \"expiresAt\": \"0000-01-01T00:00:00-18:00\", \"lineId\": -1}",
                            "{\"subscriberId\": 1, \"plan\": \"\\u0000\"}",
                            "{\"subscriberId\": 1, \"cpeId\": \"\\u0000\"}",
                            "{\"subscriberId\": 1, \"credential\": {\"userName\": \"@\", \"password\": \"{nt}\"}}")),
            Map.entry("getNetBox", List.of("")),
            Map.entry("listNetBoxConflicts", List.of("?cursor=", "?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk", "?state=odd")),
            Map.entry("getNetBoxConflict", List.of("")),
            Map.entry("resolveNetBoxConflict", List.of("{}", "{\"decision\": \"dismiss\"}", "{\"decision\": \"odd\"}")),
            Map.entry("syncNetBox", List.of("{}", "{\"approveDeletions\": true}")),
            Map.entry(
                    "importNetBoxBlocks",
                    List.of("{}", "{\"tag\": \"\\u0000\"}", "{\"prefixId\": 9223372036854775807}")),
            Map.entry("takeNetBoxWebhook", List.of("{}", "[]", "\u0000")),
            Map.entry("getService", List.of("")),
            Map.entry("updateService", List.of("{}", "{\"lineId\": null, \"cpeId\": null, \"option82Policy\": null}")),
            Map.entry("deleteService", List.of("")),
            Map.entry("exportServices", List.of("?userName=%00&format=csv", "?state=suspended&plan=%F0%9F%92%A9")),
            Map.entry("getCredential", List.of("")),
            Map.entry(
                    "setCredential",
                    List.of(
                            "{\"userName\": \"\\u0000\", \"password\": \"\\u0000\"}",
                            "{\"userName\": \"odd\", \"password\": \"{bcrypt}\"}")),
            Map.entry("deleteCredential", List.of("")),
            Map.entry("listServiceHistory", List.of("?cursor=", "?cursor=AA")),
            Map.entry(
                    "createLine",
                    List.of(
                            "{\"accessNode\": \"\"}",
                            "{\"accessNode\": \"default\", \"identifiers\": {\"circuitId\": \"0x\"}}",
                            "{\"accessNode\": \"default\", \"identifiers\": {\"mac\": \"::\"}}",
                            "{\"accessNode\": \"default\", \"onuSerial\": \"\\u0000\"}")),
            Map.entry("updateLine", List.of("{}", "{\"identifiers\": {}}", "{\"uni\": null}")),
            Map.entry("deleteLine", List.of("")),
            Map.entry("exportLines", List.of("?circuitId=0xz", "?format=jsonl&userName=odd")),
            Map.entry("listAccessNodes", List.of("?name=%00", "?nas=%00", "?cursor=AA")),
            Map.entry(
                    "createAccessNode",
                    List.of(
                            "{\"name\": \"odd\\u0000\"}",
                            "{\"name\": \"odd\", \"template\": \"\"}",
                            "{\"name\": \"odd\", \"nas\": \"\\u0000\"}")),
            Map.entry("getAccessNode", List.of("")),
            Map.entry("updateAccessNode", List.of("{}", "{\"nas\": null}", "{\"template\": \"\\u0000\"}")),
            Map.entry("deleteAccessNode", List.of("")),
            Map.entry("listPlans", List.of("?name=%00", "?cursor=AA")),
            Map.entry(
                    "createPlan",
                    List.of(
                            "{\"name\": \"odd\\u0000\"}",
                            "{\"name\": \"odd\", \"interimIntervalSeconds\": 1}",
                            "{\"name\": \"odd\", \"vlanPoolId\": 9223372036854775807}",
                            "{\"name\": \"odd\", \"ipv4AddressPoolId\": -1}",
                            "{\"name\": \"odd\", \"rateDownKbps\": 99999999999}")),
            Map.entry("getPlan", List.of("")),
            Map.entry("updatePlan", List.of("{}", "{\"qosProfile\": \"\\u0000\"}", "{\"option82Policy\": null}")),
            Map.entry("deletePlan", List.of("")),
            Map.entry("listTenants", List.of("?cursor=AA", "?limit=1")),
            Map.entry(
                    "createTenant",
                    List.of(
                            "{\"name\": \"odd\\u0000\"}",
                            "{\"name\": \"odd\", \"realms\": [\"a,b\"]}",
                            "{\"name\": \"odd\", \"realms\": [\"\\u0000\"]}")),
            Map.entry("getTenant", List.of("")),
            Map.entry("updateTenant", List.of("{}", "{\"realms\": []}", "{\"realms\": [\"\\u0001\"]}")),
            Map.entry("deleteTenant", List.of("")),
            Map.entry(
                    "listAudit",
                    List.of(
                            "?actor=%00",
                            "?type=%00",
                            "?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59-18:00",
                            "?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk")),
            Map.entry("getSelf", List.of("")),
            Map.entry("listOwnAddresses", List.of("?odd=%00")),
            Map.entry("listOwnAddressRequests", List.of("?state=odd")),
            Map.entry(
                    "requestAddress", List.of("{\"serviceId\": 1, \"kind\": \"ipv4-address\", \"note\": \"\\u0000\"}")),
            Map.entry("listAddressRequests", List.of("?cursor=AA", "?subscriberId=-1", "?state=%00")),
            Map.entry(
                    "decideAddressRequest",
                    List.of("{\"grant\": true, \"prefix\": \"\"}", "{\"grant\": false, \"answer\": \"\\u0000\"}")),
            Map.entry("exportAudit", List.of("?actor=%00", "?format=jsonl&type=odd")),
            Map.entry(
                    "runBulk",
                    List.of(
                            "{\"operations\": [{\"operationId\": \"odd\"}]}",
                            "{\"operations\": [{\"operationId\": \"deleteLine\", \"path\": {\"id\": \"../1\"}}]}",
                            "{\"operations\": [{\"operationId\": \"updateLine\", \"path\": {\"id\": null}, \"body\": {}}]}",
                            "{\"operations\": [{\"operationId\": \"createPlan\"}, {\"operationId\": \"runBulk\"}]}",
                            "{\"operations\": [{\"operationId\": \"deletePlan\", \"path\": {\"id\": 9223372036854775807}, \"ifMatch\": \"odd\"}]}")),
            Map.entry("getServiceIpv6", List.of("")),
            Map.entry(
                    "putServiceIpv6",
                    List.of(
                            "{}",
                            "{\"mode\": \"pd\", \"delegatedLength\": 47}",
                            "{\"mode\": \"\"}",
                            "{\"mode\": \"slaac\", \"wanPoolId\": -9223372036854775808}",
                            "{\"mode\": \"none\", \"validLifetimeSeconds\": 1e3}")),
            Map.entry("renumberServiceIpv6", List.of("")),
            Map.entry("revokeServiceIpv6", List.of("")),
            Map.entry("suspendServiceIpv6", List.of("")),
            Map.entry("resumeServiceIpv6", List.of("")),
            Map.entry("retryServiceIpv6", List.of("")),
            Map.entry("listServicesIpv6", List.of("?state=", "?state=pending&cursor=AA", "?state=failed&limit=0")),
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
            Map.entry("listAddressPools", List.of("?name=%00")),
            Map.entry(
                    "createAddressPool",
                    List.of(
                            "{\"name\": \"odd\\u0000\", \"kind\": \"ipv4-address\"}",
                            "{\"name\": \" \", \"kind\": \"ipv4-address\"}",
                            "{\"name\": \"odd\", \"kind\": \"ipv4-address\", \"tenant\": \"\\u0000\"}",
                            "{\"name\": \"odd\", \"kind\": \"ipv4-address\", \"vrf\": \"\\u0000\"}",
                            "{\"name\": \"odd\", \"kind\": \"ipv4-address\", \"assignedLength\": 128}",
                            "{\"name\": \"odd\", \"kind\": \"ipv6-delegated-prefix\", \"netmaskLength\": 24}")),
            Map.entry("getAddressPool", List.of("")),
            Map.entry("changeAddressPool", List.of("{}", "{\"name\": \"\\u0000\"}")),
            Map.entry("deleteAddressPool", List.of("")),
            Map.entry("listAddressBlocks", List.of("")),
            Map.entry("addAddressBlock", List.of("{\"prefix\": \"::/0\"}", "{\"prefix\": \"10.0.0.1/8\"}")),
            Map.entry("removeAddressBlock", List.of("?prefix=::/0", "?prefix=%00", "?prefix=10.0.0.1/8")),
            Map.entry("listReservedAddresses", List.of("?cursor=AA", "?limit=0")),
            Map.entry(
                    "reserveAddresses",
                    List.of(
                            "{\"range\": \"-\"}",
                            "{\"range\": \"::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe\"}",
                            "{\"range\": \"10.0.0.9-10.0.0.1\"}",
                            "{\"range\": \"0.0.0.0/0\", \"note\": \"\\u0000\"}")),
            Map.entry("unreserveAddresses", List.of("?range=::/0", "?range=0.0.0.0-255.255.255.255")),
            Map.entry("getAddressPoolUsage", List.of("")),
            Map.entry("listAddressReservations", List.of("?pool=%00", "?cursor=AA", "?serviceId=-1")),
            Map.entry(
                    "createAddressReservation",
                    List.of(
                            "{\"pool\": \"\\u0000\"}",
                            "{\"pool\": \"odd\", \"until\": \"2026-12-31T23:59:60Z\", \"note\": \"x\"}")),
            Map.entry("getAddressReservation", List.of("")),
            Map.entry("deleteAddressReservation", List.of("")),
            Map.entry("listServiceAddresses", List.of("")),
            Map.entry(
                    "assignAddress",
                    List.of(
                            "{\"kind\": \"ipv4-address\"}",
                            "{\"kind\": \"ipv4-address\", \"prefix\": \"::\"}",
                            "{\"kind\": \"ipv6-route\", \"pool\": \"\\u0000\"}")),
            Map.entry("releaseAddresses", List.of("", "?prefix=::/0", "?kind=ipv4-route&prefix=1.2.3.4/0")),
            Map.entry("moveAddress", List.of("{\"to\": -1, \"kind\": \"ipv4-address\", \"prefix\": \"\"}")),
            Map.entry("swapAddresses", List.of("{\"with\": 9223372036854775807, \"kind\": \"ipv4-route\"}")),
            Map.entry(
                    "findAddresses",
                    List.of(
                            "?address=::/0",
                            "?address=1.2.3.4/0&limit=1",
                            "?pool=%00",
                            "?cursor=AA",
                            "?sVlan=4094&cVlan=1&kind=ipv4-route",
                            "?lineId=-1&subscriberId=-1&serviceId=-1")),
            Map.entry("exportAddresses", List.of("?address=::/0&format=jsonl", "?kind=ipv6-route")),
            Map.entry(
                    "findAddressHistory",
                    List.of(
                            "?address=::1/0",
                            "?address=1.2.3.4/33",
                            "?cursor=AA",
                            "?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59-18:00&address=0.0.0.0/0")),
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
            Map.entry(
                    "previewWorkflow",
                    List.of(
                            "{\"kind\": \"suspend\", \"serviceId\": -1}",
                            "{\"kind\": \"activate\", \"serviceId\": 1, \"wishes\": {\"mac\": \"\\u0000\"}}",
                            "{\"kind\": \"activate\", \"serviceId\": 1, \"wishes\": {\"plan\": \"\\u0000\"}}",
                            "{\"kind\": \"renumber\", \"serviceId\": 1, \"wishes\": {\"ipv4\": {\"address\": \"::/0\"}}}",
                            "{\"kind\": \"activate\", \"serviceId\": 1, \"wishes\": {\"vlan\": {\"cVlan\": 7}}}",
                            "{\"kind\": \"move-line\", \"serviceId\": 1, \"wishes\": {\"lineId\": 1,"
                                    + " \"line\": {\"accessNode\": \"x\"}}}",
                            "{\"kind\": \"move-line\", \"serviceId\": 1, \"wishes\": {\"line\": {\"accessNode\": \"default\","
                                    + " \"circuitId\": \"0x\"}}}")),
            Map.entry(
                    "applyWorkflow",
                    List.of(
                            "{\"kind\": \"terminate\", \"serviceId\": 9223372036854775807}",
                            "{\"kind\": \"resume\", \"serviceId\": 1, \"fingerprint\": \"\\u0000\"}",
                            "{\"kind\": \"activate\", \"serviceId\": 1, \"wishes\": {\"ipv4\": {\"address\": \"x\"}}}")),
            Map.entry("listWorkflows", List.of("?cursor=AA", "?serviceId=-9223372036854775808", "?state=odd")),
            Map.entry("getWorkflow", List.of("")),
            Map.entry("retryWorkflow", List.of("")),
            Map.entry("rollBackWorkflow", List.of("")),
            Map.entry("setServiceOrder", List.of("{}", "{\"mac\": \"::\"}", "{\"note\": \"\\u0000\"}")),
            Map.entry("deleteServiceOrder", List.of("")),
            Map.entry("listOrders", List.of("?cursor=%00", "?limit=1")),
            Map.entry(
                    "matchOrders",
                    List.of("{}", "{\"circuitId\": \"0x0\"}", "{\"onuSerial\": \"\\u0000\"}", "{\"mac\": \"\"}")),
            Map.entry("listUnknownLines", List.of("?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OToxOjI", "?limit=1000")),
            Map.entry("previewUnknownLine", List.of("{}")),
            Map.entry("bindUnknownLine", List.of("{\"serviceId\": -1}", "{\"accessNode\": \"\\u0000\"}")),
            Map.entry("listVlanDomains", List.of("?%00=%00")),
            Map.entry("createVlanDomain", List.of("{\"name\": \"odd\\u0000\"}", "{\"name\": \" \"}")),
            Map.entry("getVlanDomain", List.of("")),
            Map.entry("updateVlanDomain", List.of("{\"name\": \"default\"}")),
            Map.entry("deleteVlanDomain", List.of("")),
            Map.entry("listVlanExclusions", List.of("")),
            Map.entry(
                    "addVlanExclusion",
                    List.of("{\"sFirst\": 9, \"sLast\": 8}", "{\"sFirst\": 1, \"note\": \"\\u0000\"}")),
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
            Map.entry(
                    "addVlanRange",
                    List.of("{\"sFirst\": 4094, \"sLast\": 1}", "{\"sFirst\": 1, \"cFirst\": 0, \"cLast\": 9}")),
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
