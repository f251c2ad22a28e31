package io.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.event.Actor;
import io.patchbay.lab.FreeRadius;
import io.patchbay.lab.Radclient;
import io.patchbay.lab.Radclient.Answer;
import io.patchbay.ledger.SubscriberImport;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

/** A FreeRADIUS before the hub: what the hub answers comes through it whole, and what it passes on is stored once. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreeRadiusProxyTest {
    private static final String HUB_SECRET = "testing123";

    @Value("${patchbay.radius.auth-port}")
    private int authPort;

    @Value("${patchbay.radius.acct-port}")
    private int acctPort;

    @Autowired
    private SubscriberImport subscriberImport;

    @Autowired
    private ChangeFeed feed;

    @Autowired
    private JdbcTemplate jdbc;

    private FreeRadius proxy;

    @BeforeAll
    void startProxy() {
        Radclient.requireInstalled();
        FreeRadius.requireInstalled();
        String csv = """
                username,password,circuit_id,s_vlan,ipv4,ipv6_wan_prefix,ipv6_delegated_prefix,session_timeout_s
                fp-pat,pat-secret,fp-olt eth 0/1:7,307,198.18.3.7,3fff:730:0:7::/64,3fff:731:700::/56,3600
                """;
        assertThat(subscriberImport
                        .run(new StringReader(csv), Actor.named("test"), "default")
                        .rejected())
                .isEmpty();
        feed.catchUp();
        proxy = FreeRadius.proxyingTo(authPort, acctPort, HUB_SECRET);
    }

    @AfterAll
    void stopProxy() {
        if (proxy != null) {
            proxy.close();
        }
    }

    @Test
    void theAcceptComesThroughWhole() {
        String[] question = {
            "User-Name = \"fp-pat\"",
            "User-Password = \"pat-secret\"",
            "ADSL-Agent-Circuit-Id = \"fp-olt eth 0/1:7\"",
            "Message-Authenticator = 0x00"
        };

        Answer through = Radclient.ask(proxy.authPort(), FreeRadius.SECRET, question);

        assertThat(through.reply()).isEqualTo("Access-Accept");
        assertThat(through.attributes())
                .contains("Framed-IP-Address = 198.18.3.7", "Session-Timeout = 3600")
                .isEqualTo(Radclient.ask(authPort, HUB_SECRET, question).attributes());
    }

    @Test
    void aRejectComesThrough() {
        Answer through = Radclient.ask(
                proxy.authPort(),
                FreeRadius.SECRET,
                "User-Name = \"fp-pat\"",
                "User-Password = \"guess\"",
                "Message-Authenticator = 0x00");

        assertThat(through.reply()).isEqualTo("Access-Reject");
    }

    @Test
    void accountingIsStoredOnce() {
        String session = "fp-" + System.nanoTime();
        for (String kind : List.of("Start", "Interim-Update", "Stop")) {
            Answer answer = Radclient.account(
                    proxy.acctPort(),
                    FreeRadius.SECRET,
                    "Acct-Status-Type = " + kind,
                    "Acct-Session-Id = \"" + session + "\"",
                    "User-Name = \"fp-pat\"",
                    "NAS-Identifier = \"bng-behind-the-proxy\"",
                    "Framed-IP-Address = 198.18.3.7",
                    "Acct-Session-Time = " + (kind.equals("Start") ? 0 : kind.equals("Stop") ? 20 : 10),
                    "Acct-Output-Octets = 1234");
            assertThat(answer.reply()).as(kind).isEqualTo("Accounting-Response");
        }

        assertThat(jdbc.queryForList(
                        "select r.kind from accounting_record r join session s on s.id = r.session_id"
                                + " where s.acct_session_id = ? order by r.received_at",
                        String.class,
                        session.getBytes(StandardCharsets.US_ASCII)))
                .containsExactly("start", "interim", "stop");
        assertThat(jdbc.queryForList(
                        "select user_name || ' ' || nas_identity || ' ' || bytes_down || ' ' || (service_id is not null)"
                                + " from session where acct_session_id = ?",
                        String.class,
                        session.getBytes(StandardCharsets.US_ASCII)))
                .containsExactly("fp-pat bng-behind-the-proxy 1234 true");
    }
}
