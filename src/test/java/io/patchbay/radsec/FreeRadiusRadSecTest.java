package io.patchbay.radsec;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.event.Actor;
import io.patchbay.lab.FreeRadius;
import io.patchbay.lab.GivenNas;
import io.patchbay.lab.Radclient;
import io.patchbay.lab.Radclient.Answer;
import io.patchbay.lab.TestCertificates;
import io.patchbay.ledger.NasClients;
import io.patchbay.ledger.SubscriberImport;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

/** A FreeRADIUS that comes over TLS, with its own certificate, and passes on what radclient asks. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreeRadiusRadSecTest {
    @Value("${patchbay.radsec.port}")
    private int port;

    @Autowired
    private RadSecConnections connections;

    @Autowired
    private SubscriberImport subscriberImport;

    @Autowired
    private NasClients nasClients;

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
                username,password,circuit_id,s_vlan,ipv4
                ft-pat,pat-secret,ft-olt eth 0/1:7,307,198.18.61.7
                """;
        assertThat(subscriberImport
                        .run(new StringReader(csv), Actor.named("test"), "default")
                        .rejected())
                .isEmpty();
        long tenant = jdbc.queryForObject("select id from tenant where name = 'default'", Long.class);
        nasClients.create(
                new GivenNas("127.6.1.1").radsecName("freeradius.radsec.test").of(tenant), Actor.named("test"));
        feed.catchUp();
        feed.refreshDirectoryNow();
        proxy = FreeRadius.proxyingOverTls(port, TestCertificates.HUBS.issue("a FreeRADIUS", "freeradius.radsec.test"));
    }

    @AfterAll
    void stopProxy() {
        if (proxy != null) {
            proxy.close();
        }
    }

    @Test
    void accessAndAccountingGoThroughTheTunnel() {
        assertThat(ask("pat-secret").attributes()).contains("Framed-IP-Address = 198.18.61.7");
        assertThat(ask("guess").reply()).isEqualTo("Access-Reject");
        assertThat(connections.open()).isPositive();

        String session = "ft-" + System.nanoTime();
        Answer acknowledged = Radclient.account(
                proxy.acctPort(),
                FreeRadius.SECRET,
                "Acct-Status-Type = Start",
                "Acct-Session-Id = \"" + session + "\"",
                "User-Name = \"ft-pat\"",
                "Framed-IP-Address = 198.18.61.7");
        assertThat(acknowledged.reply()).isEqualTo("Accounting-Response");
        assertThat(jdbc.queryForList(
                        "select nas_name from session where acct_session_id = ?",
                        String.class,
                        session.getBytes(StandardCharsets.US_ASCII)))
                .containsExactly("nas-127.6.1.1");
    }

    private Answer ask(String password) {
        return Radclient.ask(
                proxy.authPort(),
                FreeRadius.SECRET,
                "User-Name = \"ft-pat\"",
                "User-Password = \"" + password + "\"",
                "ADSL-Agent-Circuit-Id = \"ft-olt eth 0/1:7\"",
                "Message-Authenticator = 0x00");
    }
}
