package io.patchbay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.HubTest;
import io.patchbay.binding.ChangeFeed;
import io.patchbay.event.Actor;
import io.patchbay.lab.Radclient;
import io.patchbay.lab.Radclient.Answer;
import io.patchbay.ledger.SubscriberImport;
import java.io.StringReader;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

/** The real client, the real socket, the real database: exactly the attributes of the profile, and a reason for a denial. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RadclientTest {
    private static final String SECRET = "testing123";
    private static final String CIRCUIT = "ADSL-Agent-Circuit-Id = \"rc-olt eth 0/1:7\"";
    private static final String SIGNED = "Message-Authenticator = 0x00";

    @Value("${patchbay.radius.auth-port}")
    private int port;

    @Autowired
    private SubscriberImport subscriberImport;

    @Autowired
    private ChangeFeed feed;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeAll
    void population() {
        Radclient.requireInstalled();
        String csv = """
                username,password,circuit_id,remote_id,s_vlan,c_vlan,ipv4,ipv6_wan_prefix,ipv6_delegated_prefix,session_timeout_s
                rc-pat,pat-secret,rc-olt eth 0/1:7,RC7,207,,198.18.0.7,3fff:700:0:7::/64,3fff:701:700::/56,3600
                rc-qinq,qinq-secret,rc-olt eth 0/1:8,RC8,208,1008,198.18.0.8,3fff:700:0:8::/64,3fff:701:800::/56,7200
                """;
        assertThat(subscriberImport
                        .run(new StringReader(csv), Actor.named("test"), "default")
                        .rejected())
                .isEmpty();
        feed.catchUp();
    }

    private static final List<String> PATS_ATTRIBUTES = List.of(
            "Delegated-IPv6-Prefix = 3fff:701:700::/56",
            "Framed-IP-Address = 198.18.0.7",
            "Framed-IPv6-Prefix = 3fff:700:0:7::/64",
            "Session-Timeout = 3600",
            "Tunnel-Medium-Type:0 = IEEE-802",
            "Tunnel-Private-Group-Id:0 = \"207\"",
            "Tunnel-Type:0 = VLAN");

    @Test
    void papByUserGetsExactlyTheAttributesOfTheProfile() {
        Answer answer = ask("User-Name = \"rc-pat\"", "User-Password = \"pat-secret\"", CIRCUIT, SIGNED);

        assertThat(answer.reply()).isEqualTo("Access-Accept");
        assertThat(withoutClass(answer)).isEqualTo(PATS_ATTRIBUTES);
        assertThat(answer.attributes()).anyMatch(attribute -> attribute.startsWith("Class = 0x"));
    }

    @Test
    void chapByUser() {
        Answer answer = ask("User-Name = \"rc-pat\"", "CHAP-Password = \"pat-secret\"", CIRCUIT, SIGNED);

        assertThat(answer.reply()).isEqualTo("Access-Accept");
        assertThat(withoutClass(answer)).isEqualTo(PATS_ATTRIBUTES);
    }

    @Test
    void msChapByUser() {
        Answer answer = ask("User-Name = \"rc-pat\"", "MS-CHAP-Password = \"pat-secret\"", CIRCUIT, SIGNED);

        assertThat(answer.reply()).isEqualTo("Access-Accept");
        assertThat(withoutClass(answer)).isEqualTo(PATS_ATTRIBUTES);
    }

    @Test
    void aWrongPasswordIsRejectedWhateverCarriesIt() {
        for (String kind : List.of("User-Password", "CHAP-Password", "MS-CHAP-Password")) {
            Answer answer = ask("User-Name = \"rc-pat\"", kind + " = \"guess\"", CIRCUIT, SIGNED);
            assertThat(answer.reply()).as(kind).isEqualTo("Access-Reject");
        }
    }

    @Test
    void byLineWithoutAnyPassword() {
        Answer answer = ask("User-Name = \"02:00:00:00:70:07\"", CIRCUIT, SIGNED);

        assertThat(answer.reply()).isEqualTo("Access-Accept");
        assertThat(withoutClass(answer)).isEqualTo(PATS_ATTRIBUTES);
    }

    @Test
    void byLineInAnotherSpelling() {
        Answer answer =
                ask("User-Name = \"02:00:00:00:70:07\"", "ADSL-Agent-Circuit-Id = \"rc-olt eth 00/01:0007\"", SIGNED);

        assertThat(answer.reply()).isEqualTo("Access-Accept");
        assertThat(withoutClass(answer)).isEqualTo(PATS_ATTRIBUTES);
    }

    @Test
    void qInQOnJuniper() {
        Answer answer = ask(
                "Packet-Src-IP-Address = 127.0.0.2",
                "User-Name = \"rc-qinq\"",
                "User-Password = \"qinq-secret\"",
                "ADSL-Agent-Circuit-Id = \"rc-olt eth 0/1:8\"",
                "NAS-Port-Id = \"ge-0/0/0:208.1008\"",
                SIGNED);

        assertThat(answer.reply()).isEqualTo("Access-Accept");
        assertThat(withoutClass(answer))
                .containsExactly(
                        "Delegated-IPv6-Prefix = 3fff:701:800::/56",
                        "ERX-Inner-Vlan-Map-Id = 1008",
                        "ERX-Vlan-Map-Id = 208",
                        "Framed-IP-Address = 198.18.0.8",
                        "Framed-IPv6-Prefix = 3fff:700:0:8::/64",
                        "Session-Timeout = 7200");
    }

    @Test
    void vlansOfAnotherLineAreRejectedLikeOption82() {
        Answer answer = ask(
                "Packet-Src-IP-Address = 127.0.0.2",
                "User-Name = \"rc-qinq\"",
                "User-Password = \"qinq-secret\"",
                "ADSL-Agent-Circuit-Id = \"rc-olt eth 0/1:8\"",
                "NAS-Port-Id = \"ge-0/0/0:208.1009\"",
                SIGNED);

        assertThat(answer.reply()).isEqualTo("Access-Reject");
        awaitSighting("rc-qinq", "VLAN_MISMATCH");
    }

    @Test
    void aWrongLineIsRejectedAndLeavesARow() {
        Answer answer = ask(
                "User-Name = \"rc-pat\"",
                "User-Password = \"pat-secret\"",
                "ADSL-Agent-Circuit-Id = \"rc-olt eth 0/1:99\"",
                SIGNED);

        assertThat(answer.reply()).isEqualTo("Access-Reject");
        assertThat(answer.attributes()).containsExactly("Reply-Message = \"Access denied\"");
        awaitSighting("rc-pat", "LINE_MISMATCH");
    }

    @Test
    void severalProxyStatesComeBackInOrder() {
        Answer answer = ask(
                "User-Name = \"rc-pat\"",
                "User-Password = \"pat-secret\"",
                CIRCUIT,
                "Proxy-State = 0x01",
                "Proxy-State = 0x0203",
                SIGNED);

        assertThat(answer.attributes()).contains("Proxy-State = 0x01", "Proxy-State = 0x0203");
    }

    private Answer ask(String... attributes) {
        return Radclient.ask(port, SECRET, attributes);
    }

    private static List<String> withoutClass(Answer answer) {
        return answer.attributes().stream()
                .filter(attribute -> !attribute.startsWith("Class"))
                .toList();
    }

    private void awaitSighting(String userName, String reason) {
        Awaitility.await().untilAsserted(() -> assertThat(jdbc.queryForList(
                        "select upper(replace(reason, '-', '_')) from sighting where user_name = ?",
                        String.class,
                        userName))
                .contains(reason));
    }
}
