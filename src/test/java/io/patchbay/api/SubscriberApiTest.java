package io.patchbay.api;

import static io.patchbay.api.ProblemTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.HubTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Subscribers come in as CSV, are read page by page, and are explained. */
@HubTest
class SubscriberApiTest {
    private static final String IMPORT = "/api/v1/subscribers/import";
    private static final String HEADER =
            "username,password,circuit_id,remote_id,mac,s_vlan,ipv4,ipv6_wan_prefix,ipv6_delegated_prefix,session_timeout_s\n";

    @LocalServerPort
    int port;

    @Test
    void rowsThatAreRightAreStoredAndTheOthersToldByLine() {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int number = 0; number < 300; number++) {
            csv.append(row("bulk", number, 41));
        }
        csv.append("bulk-bad,pw,circuit,remote,02:00:00:00:00:99,5000,,,,0\n");
        csv.append(row("bulk", 7, 41));
        Api.Answer answer = Api.asAdmin(port).post(IMPORT, "text/csv; charset=utf-8", csv.toString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("accepted").asInt()).isEqualTo(300);
        JsonNode rejected = answer.json().get("rejected");
        assertThat(rejected).hasSize(2);
        assertThat(rejected.get(0).get("line").asInt()).isEqualTo(302);
        assertThat(rejected.get(0).get("reason").asText()).contains("s_vlan");
        assertThat(rejected.get(1).get("line").asInt()).isEqualTo(303);
    }

    @Test
    void aFileWithAnUnknownColumnIsRefusedWhole() {
        assertThat(problem(Api.asAdmin(port).post(IMPORT, "text/csv", "username,pasword\na,b\n"), 422))
                .contains("pasword");
    }

    @Test
    void anImportThatIsTooLargeIs413() {
        assertThat(problem(Api.asAdmin(port).post(IMPORT, "text/csv", "x".repeat(1024 * 1024 + 1)), 413))
                .contains("1048576");
    }

    @Test
    void pagesCoverEverySubscriberOnce() {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int number = 0; number < 25; number++) {
            csv.append(row("paged", number, 42));
        }
        Api.asAdmin(port).post(IMPORT, "text/csv", csv.toString());
        Set<String> names = new HashSet<>();
        String cursor = "";
        do {
            Api.Answer page = Api.asAdmin(port).get("/api/v1/subscribers?limit=10" + cursor);
            assertThat(page.status()).isEqualTo(200);
            page.json().get("items").forEach(item -> assertThat(names.add(
                            item.get("id").asText() + item.get("externalId").asText()))
                    .isTrue());
            JsonNode next = page.json().get("next");
            cursor = next == null ? null : "&cursor=" + next.asText();
        } while (cursor != null);
        assertThat(names).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void aSubscriberIsFoundByUserNameAndByAddressAndShowsNoPassword() {
        Api.asAdmin(port).post(IMPORT, "text/csv", HEADER + row("found", 1, 43));
        Api.Answer byName = Api.asAdmin(port).get("/api/v1/subscribers?userName=found00000001");
        assertThat(byName.json().get("items")).hasSize(1);
        JsonNode service = byName.json().get("items").get(0).get("services").get(0);
        assertThat(service.get("userName").asText()).isEqualTo("found00000001");
        assertThat(service.get("vlanModel").asText()).isEqualTo("shared");
        assertThat(service.get("sVlan").asInt()).isEqualTo(100);
        assertThat(service.get("prefixes").toString()).contains("10.43.0.1/32", "ipv6-delegated-prefix");
        assertThat(byName.http().body()).doesNotContain("pw-found");
        Api.Answer byAddress = Api.asAdmin(port).get("/api/v1/subscribers?address=10.43.0.1");
        assertThat(byAddress.json()).isEqualTo(byName.json());
        Api.Answer line =
                Api.asAdmin(port).get("/api/v1/lines/" + service.get("lineId").asText());
        assertThat(line.json().get("identifiers").toString()).contains("found eth 0/00/00:0001", "0200002b0001");
        assertThat(line.json().get("serviceIds").get(0).asLong())
                .isEqualTo(service.get("id").asLong());
    }

    @Test
    void explainTellsWhatAServiceWouldGetAndWhy() {
        Api.asAdmin(port).post(IMPORT, "text/csv", HEADER + row("explained", 1, 44));
        String nas = nas("explaining", "192.0.2.44");
        Api.Answer granted = Api.asAdmin(port)
                .get("/api/v1/explain?nas=" + nas + "&user=explained00000001&circuitId="
                        + encoded(circuit("explained", 1)));
        assertThat(granted.http().body()).contains("\"decision\":\"grant\"");
        assertThat(granted.json().get("foundBy").asText()).isEqualTo("user");
        assertThat(granted.json().get("policy").get("option82").asText()).isEqualTo("enforce");
        assertThat(granted.json().get("policy").get("from").asText()).isEqualTo("nas");
        assertThat(granted.json().get("reply").toString()).contains("Framed-IP-Address", "10.44.0.1");

        Api.Answer refused = Api.asAdmin(port)
                .get("/api/v1/explain?nas=192.0.2.44&user=explained00000001&circuitId=" + encoded("another line"));
        assertThat(refused.json().get("decision").asText()).isEqualTo("reject");
        assertThat(refused.json().get("reason").asText()).isEqualTo("line-mismatch");
        assertThat(refused.json().get("mismatches").toString()).contains("another line", circuit("explained", 1));

        Api.Answer byAddress = Api.asAdmin(port).get("/api/v1/explain?nas=" + nas + "&address=10.44.0.1");
        assertThat(byAddress.json().get("decision").asText()).isEqualTo("grant");

        Api.Answer unknown = Api.asAdmin(port).get("/api/v1/explain?nas=" + nas + "&user=nobody-we-know");
        assertThat(unknown.json().get("reason").asText()).isEqualTo("unknown-user");
        assertThat(problem(Api.asAdmin(port).get("/api/v1/explain?nas=" + nas), 400))
                .contains("Say who or where");
        assertThat(problem(Api.asAdmin(port).get("/api/v1/explain?nas=nowhere&user=x"), 404))
                .contains("nowhere");
    }

    @Test
    void explainOfAUserAloneIsAPppoeSessionFromTheOwnLine() {
        Api.Answer alice = Api.asAdmin(port).get("/api/v1/explain?user=demo-alice&nas=127.0.0.1");
        assertThat(alice.json().get("decision").asText()).isEqualTo("grant");
        assertThat(alice.json().get("reply").toString()).contains("Framed-IP-Address", "192.0.2.10");
        Api.Answer elsewhere = Api.asAdmin(port)
                .get("/api/v1/explain?user=demo-alice&nas=127.0.0.1&circuitId=" + encoded("demo-olt eth 1/1/1:11"));
        assertThat(elsewhere.json().get("reason").asText()).isEqualTo("line-mismatch");
        Api.Answer otherVlan = Api.asAdmin(port).get("/api/v1/explain?user=demo-alice&nas=demo-juniper&sVlan=111");
        assertThat(otherVlan.json().get("reason").asText()).isEqualTo("vlan-mismatch");
    }

    @Test
    void explainTellsThatAnUnknownPppoeUserIsNotAnsweredByTheLine() {
        String asked = "/api/v1/explain?user=nobody-at-all&nas=127.0.0.1&circuitId=" + encoded("demo-olt eth 1/1/1:10");
        Api.Answer ipoe = Api.asAdmin(port).get(asked + "&session=ipoe");
        assertThat(ipoe.json().get("decision").asText()).isEqualTo("grant");
        assertThat(ipoe.json().get("foundBy").asText()).isEqualTo("line");
        Api.Answer pppoe = Api.asAdmin(port).get(asked + "&session=pppoe");
        assertThat(pppoe.json().get("decision").asText()).isEqualTo("reject");
        assertThat(pppoe.json().get("reason").asText()).isEqualTo("unknown-user");
        problem(Api.asAdmin(port).get(asked + "&session=pptp"), 400);
    }

    @Test
    void aSuspensionHoldsWhenItIsAnswered() {
        Api.asAdmin(port).post(IMPORT, "text/csv", HEADER + row("suspended", 1, 45));
        String nas = nas("suspending", "192.0.2.45");
        String explain = "/api/v1/explain?nas=" + nas + "&address=10.45.0.1";
        String id =
                Api.asAdmin(port).get(explain).json().get("service").get("id").asText();
        String state = "/api/v1/services/" + id + "/state";
        Api.Answer suspended = Api.asAdmin(port).post(state, "application/json", "{\"state\": \"suspended\"}");
        assertThat(suspended.status()).isEqualTo(204);
        assertThat(Api.asAdmin(port).get(explain).json().get("reason").asText()).isEqualTo("suspended");
        Api.asAdmin(port).post(state, "application/json", "{\"state\": \"active\"}");
        assertThat(Api.asAdmin(port).get(explain).json().get("decision").asText())
                .isEqualTo("grant");
        problem(
                Api.asAdmin(port)
                        .post("/api/v1/services/987654321/state", "application/json", "{\"state\": \"active\"}"),
                404);
    }

    @Test
    void theContractIsServedAsJson() {
        Api.Answer answer = Api.asAdmin(port).get("/api/v1/openapi.json");
        assertThat(answer.json().get("openapi").asText()).startsWith("3.");
        assertThat(answer.json().get("paths").has("/subscribers/import")).isTrue();
    }

    private String nas(String name, String address) {
        Api.Answer made = Api.asAdmin(port)
                .post(
                        "/api/v1/nas-clients",
                        "application/json",
                        "{\"name\": \"" + name + "\", \"address\": \"" + address
                                + "\", \"secret\": \"s\", \"option82Trusted\": true}");
        assertThat(made.http().body()).contains("\"id\"");
        return name;
    }

    private static String row(String name, int number, int net) {
        int upper = number / 256;
        int lower = number % 256;
        return "%s%08d,pw-%s-%d,%s,R-%s-%08d,02:00:00:%02x:%02x:%02x,100,"
                        .formatted(name, number, name, number, circuit(name, number), name, number, net, upper, lower)
                + "10.%d.%d.%d,2001:db8:f%03x:%x::/64,2001:db8:%x%02x:%x::/56,86400\n"
                        .formatted(net, upper, lower, net, number, net, upper, lower * 256);
    }

    private static String circuit(String name, int number) {
        return "%s eth 0/00/00:%04d".formatted(name, number);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
