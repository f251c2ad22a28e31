package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.HubTest;
import io.patchbay.api.Api;
import io.patchbay.lab.TestNas;
import io.patchbay.radius.PacketCode;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Health and metrics for machines, Hawtio for people, and Jolokia for nobody who has not logged in. */
@HubTest
class ConsoleTest {
    private static final String CONTEXT = "org.apache.camel:context=patchbay,type=context,name=\\\"patchbay\\\"";

    @LocalServerPort
    int port;

    @Value("${patchbay.radius.auth-port}")
    int radiusPort;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private String base;

    @BeforeEach
    void base() {
        base = "http://localhost:" + port;
    }

    @Test
    void healthIsOpenButItsDetailsAreNot() {
        Api.Answer open = Api.send(
                HttpRequest.newBuilder(URI.create(base + "/actuator/health")).build());
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.json().get("status").asText()).isEqualTo("UP");
        assertThat(open.json().has("components")).isFalse();
        Api.Answer known = Api.asAdmin(port).get("/actuator/health");
        assertThat(known.json()
                        .get("components")
                        .get("postgresql")
                        .get("details")
                        .has("reachable"))
                .isTrue();
        assertThat(known.json().get("components").get("hub").get("details").has("index"))
                .isTrue();
    }

    @Test
    void metricsNeedATokenAsBearerOrAsPassword() {
        Api.Answer nobody = Api.send(HttpRequest.newBuilder(URI.create(base + "/actuator/prometheus"))
                .build());
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(Api.asAdmin(port).get("/actuator/prometheus").http().body())
                .contains("patchbay_sightings_dropped_total", "patchbay_database_reachable");
        String login =
                Base64.getEncoder().encodeToString(("admin:" + HubTest.ADMIN_TOKEN).getBytes(StandardCharsets.UTF_8));
        Api.Answer basic = Api.send(HttpRequest.newBuilder(URI.create(base + "/actuator/prometheus"))
                .header("Authorization", "Basic " + login)
                .build());
        assertThat(basic.status()).isEqualTo(200);
    }

    @Test
    void whoHasNotLoggedInMeetsTheLoginPage() throws Exception {
        HttpResponse<String> answer = get("/actuator/hawtio/");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");
        assertThat(get("/login").body()).contains("password");
        assertThat(get("/actuator/hawtio/jolokia/version").statusCode()).isEqualTo(302);
        assertThat(get("/actuator/jolokia/version").statusCode()).isEqualTo(302);
        assertThat(get("/actuator").statusCode()).isEqualTo(302);
    }

    @Test
    void aWrongPasswordStaysOutside() throws Exception {
        get("/login");
        assertThat(login("admin", "wrong").headers().firstValue("Location").orElse(""))
                .endsWith("/login?error");
        assertThat(get("/actuator/hawtio/").statusCode()).isEqualTo(302);
    }

    @Test
    void anAdminSeesRoutesAndMayStopOne() throws Exception {
        enter("admin", HubTest.ADMIN_TOKEN);
        assertThat(get("/actuator/hawtio/").body()).contains("hawtio");
        assertThat(read(CONTEXT, "State")).contains("Started");
        String route = "org.apache.camel:context=patchbay,type=routes,name=\\\"api-getContract\\\"";
        assertThat(exec(route, "stop()")).contains("\"status\":200");
        assertThat(exec(route, "start()")).contains("\"status\":200");
        assertThat(Api.asAdmin(port).get("/api/v1/openapi.json").status()).isEqualTo(200);
    }

    @Test
    void aViewerSeesRoutesButStopsNone() throws Exception {
        Api.Answer issued = Api.asAdmin(port)
                .post("/api/v1/tokens", "application/json", "{\"name\": \"onlooker\", \"role\": \"viewer\"}");
        enter("onlooker", issued.json().get("secret").asText());
        assertThat(exec(CONTEXT, "dumpRoutesAsXml()")).contains("api-getContract");
        assertThat(exec("org.apache.camel:context=patchbay,type=routes,name=\\\"api-getContract\\\"", "stop()"))
                .contains("\"status\":403");
    }

    @Test
    void aRevokedTokenEndsItsSession() throws Exception {
        Api.Answer issued = Api.asAdmin(port)
                .post("/api/v1/tokens", "application/json", "{\"name\": \"leaver\", \"role\": \"viewer\"}");
        enter("leaver", issued.json().get("secret").asText());
        assertThat(get("/actuator/hawtio/").statusCode()).isEqualTo(200);
        String token = issued.http().headers().firstValue("Location").orElseThrow();
        assertThat(Api.asAdmin(port).send("DELETE", token, null, null).status()).isEqualTo(204);
        HttpResponse<String> afterwards = get("/actuator/hawtio/");
        assertThat(afterwards.statusCode()).isEqualTo(302);
        assertThat(afterwards.headers().firstValue("Location").orElse("")).endsWith("/login");
        assertThat(get("/actuator/hawtio/jolokia/version").statusCode()).isEqualTo(302);
    }

    @Test
    void theStepsOfTheAccessRouteShowLiveCounts() throws Exception {
        enter("admin", HubTest.ADMIN_TOKEN);
        List<String> steps = List.of("authenticate", "resolve-line", "decide", "compose-reply");
        Map<String, Long> before = new HashMap<>();
        for (String step : steps) {
            assertThat(read(processor(step), "RouteId")).contains("\"value\":\"radius-access\"");
            before.put(step, count(step));
        }
        try (TestNas nas = new TestNas("127.0.0.1", radiusPort, "testing123")) {
            assertThat(nas.ask(nas.pap("demo-alice", "wonderland", "demo-olt eth 1/1/1:10")))
                    .hasValueSatisfying(reply -> assertThat(reply.code()).isEqualTo(PacketCode.ACCESS_ACCEPT));
        }
        for (String step : steps) {
            assertThat(count(step)).as(step).isGreaterThan(before.get(step));
        }
    }

    @Test
    void nobodyReadsSecretsOrRunsCodeThroughJolokia() throws Exception {
        enter("admin", HubTest.ADMIN_TOKEN);
        assertThat(read("java.lang:type=Runtime", "SystemProperties")).contains("\"status\":403");
        assertThat(read("java.lang:type=Runtime", "InputArguments")).contains("\"status\":403");
        assertThat(read("java.lang:type=Runtime", "Uptime")).contains("\"status\":200");
        assertThat(get("/actuator/hawtio/proxy/localhost/8080/").statusCode()).isEqualTo(403);
        assertThat(exec("com.sun.management:type=DiagnosticCommand", "vmCommandLine"))
                .contains("\"status\":403");
        assertThat(exec(CONTEXT, "sendStringBody(java.lang.String,java.lang.String)"))
                .contains("\"status\":403");
        assertThat(jolokia(
                        "{\"type\":\"write\",\"mbean\":\"" + CONTEXT + "\",\"attribute\":\"Tracing\",\"value\":true}"))
                .contains("\"status\":403");
    }

    @Test
    void aPostWithoutTheCsrfTokenIsRefused() throws Exception {
        enter("admin", HubTest.ADMIN_TOKEN);
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base + "/actuator/hawtio/jolokia/"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"version\"}")));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    private void enter(String name, String password) throws Exception {
        get("/login");
        assertThat(login(name, password).headers().firstValue("Location").orElse(""))
                .endsWith("/actuator/hawtio/");
        get("/actuator/hawtio/");
    }

    private HttpResponse<String> login(String name, String password) throws Exception {
        String form = "username=" + name + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8)
                + "&_csrf=" + csrf();
        return send(HttpRequest.newBuilder(URI.create(base + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static String processor(String id) {
        return "org.apache.camel:context=patchbay,type=processors,name=\\\"" + id + "\\\"";
    }

    private long count(String step) throws Exception {
        return new ObjectMapper()
                .readTree(read(processor(step), "ExchangesTotal"))
                .get("value")
                .asLong();
    }

    private String read(String bean, String attribute) throws Exception {
        return jolokia("{\"type\":\"read\",\"mbean\":\"" + bean + "\",\"attribute\":\"" + attribute + "\"}");
    }

    private String exec(String bean, String operation) throws Exception {
        return jolokia("{\"type\":\"exec\",\"mbean\":\"" + bean + "\",\"operation\":\"" + operation + "\"}");
    }

    private String jolokia(String request) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + "/actuator/hawtio/jolokia/"))
                        .header("X-XSRF-TOKEN", csrf())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request)))
                .body();
    }

    private String csrf() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
