package io.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.lab.Radclient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

/** The client that an operator would try first: a whole session by attribute names. */
@HubTest
class RadclientAccountingTest {
    private static final String SECRET = "testing123";

    @Value("${patchbay.radius.acct-port}")
    private int port;

    @Autowired
    private JdbcTemplate jdbc;

    private final String session = "rc-" + System.nanoTime();

    @BeforeAll
    static void installed() {
        Radclient.requireInstalled();
    }

    @Test
    void startInterimStop() {
        acknowledged(
                "Start",
                "User-Name = \"demo-alice\"",
                "Framed-IP-Address = 198.51.100.77",
                "Framed-IPv6-Prefix = 2001:db8:77:1::/64",
                "Delegated-IPv6-Prefix = 2001:db8:7700::/56",
                "Framed-IPv6-Address = 2001:db8:77:1::5");
        acknowledged(
                "Interim-Update",
                "Acct-Session-Time = 60",
                "Acct-Input-Octets = 17",
                "Acct-Output-Octets = 4294967295",
                "Acct-Output-Gigawords = 1279",
                "ERX-IPv6-Acct-Output-Octets = 99");
        acknowledged(
                "Stop",
                "Acct-Session-Time = 61",
                "Acct-Input-Octets = 18",
                "Acct-Output-Octets = 0",
                "Acct-Output-Gigawords = 1280",
                "Acct-Terminate-Cause = User-Request");

        assertThat(jdbc.queryForList(
                        "select session_seconds || ' ' || bytes_up || ' ' || bytes_down || ' ' || ipv6_bytes_down"
                                + " || ' ' || (ended_at is not null) || ' ' || presumed || ' ' || end_cause"
                                + " from session where acct_session_id = ?",
                        String.class,
                        ascii(session)))
                .containsExactly("61 18 " + 5 * (1L << 40) + " 99 true false user-request");
        assertThat(jdbc.queryForList(
                        "select kind || ' ' || prefix from session_address join session on id = session_id"
                                + " where acct_session_id = ? order by 1",
                        String.class,
                        ascii(session)))
                .containsExactly(
                        "ipv4-address 198.51.100.77/32",
                        "ipv6-address 2001:db8:77:1::5/128",
                        "ipv6-delegated-prefix 2001:db8:7700::/56",
                        "ipv6-prefix 2001:db8:77:1::/64");
    }

    @Test
    void aTunnelIsAcknowledgedAndNoSession() {
        acknowledged("Tunnel-Start");

        assertThat(jdbc.queryForObject(
                        "select count(*) from session where acct_session_id = ?", Integer.class, ascii(session)))
                .isZero();
    }

    @Test
    void proxyStatesComeBack() {
        Radclient.Answer answer = tell("Start", "Proxy-State = 0x01", "Proxy-State = 0x0203");

        assertThat(answer.attributes()).isEqualTo(List.of("Proxy-State = 0x01", "Proxy-State = 0x0203"));
    }

    @Test
    void aWrongSecretGetsNoAnswer() {
        Radclient.Answer answer = Radclient.account(
                port, "not-the-secret", "Acct-Status-Type = Start", "Acct-Session-Id = \"" + session + "\"");

        assertThat(answer.reply()).isEmpty();
    }

    private void acknowledged(String kind, String... attributes) {
        assertThat(tell(kind, attributes).reply()).as(kind).isEqualTo("Accounting-Response");
    }

    private Radclient.Answer tell(String kind, String... attributes) {
        String[] all = new String[attributes.length + 2];
        all[0] = "Acct-Status-Type = " + kind;
        all[1] = "Acct-Session-Id = \"" + session + "\"";
        System.arraycopy(attributes, 0, all, 2, attributes.length);
        return Radclient.account(port, SECRET, all);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
