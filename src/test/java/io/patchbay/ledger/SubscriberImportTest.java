package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.patchbay.database.TestDatabase;
import io.patchbay.ledger.ImportResult.Rejection;
import io.patchbay.wire.Octets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriberImportTest {
    /** For the tests that undo what they did. */
    private static final LedgerFixture SHARED = new LedgerFixture(TestDatabase.fresh());

    @Test
    void aRowMakesASubscriberWithOneServiceOnOneLine() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        ImportResult result = ledger.load(
                "password,USERNAME,circuit_id,remote_id,mac,s_vlan,c_vlan,access_node,onu_serial,uni,cpe_id,ipv4,"
                        + "ipv4_netmask,ipv4_routes,ipv6_wan_prefix,ipv6_wan_address,ipv6_delegated_prefix,mode,kind,state,"
                        + "expires_at,option82_policy,session_timeout_s,external_id,nas_port_id",
                "\"se,\"\"cret\",Alice,olt1 eth 1/1:key=7,0x52ff,02-00-00-00-00-01,501,1001,olt1,PBAY00000001,2,00A0BC-1,"
                        + "192.0.2.7,255.255.255.0,198.51.100.0/24; 203.0.113.0/25,3fff:1::/64,3fff:1::2,3fff:2:100::/56,"
                        + "dual_stack,voice,suspended,2030-01-31,log,3600,C-1,ge-0/0/1");

        assertThat(result).isEqualTo(new ImportResult(1, List.of()));
        Map<String, Object> row = ledger.jdbc.queryForMap("""
                select s.*, b.external_id, c.user_name, c.scheme, v.model, v.s_vlan, v.c_vlan, l.onu_serial, l.uni,
                       l.canonical_circuit_id, n.name node, n.template
                from service s join subscriber b on b.id = s.subscriber_id join credential c on c.service_id = s.id
                     join service_vlan v on v.service_id = s.id join access_line l on l.id = s.line_id
                     join access_node n on n.id = l.access_node_id""");
        assertThat(row)
                .containsEntry("user_name", "alice")
                .containsEntry("external_id", "C-1")
                .containsEntry("scheme", "cleartext")
                .containsEntry("model", "dedicated")
                .containsEntry("s_vlan", 501)
                .containsEntry("c_vlan", 1001)
                .containsEntry("onu_serial", "PBAY00000001")
                .containsEntry("uni", 2)
                .containsEntry("cpe_id", "00A0BC-1")
                .containsEntry("canonical_circuit_id", "tr-101 7")
                .containsEntry("node", "olt1")
                .containsEntry("kind", "voice")
                .containsEntry("state", "suspended")
                .containsEntry("ipv6_mode", "dual_stack")
                .containsEntry("option82_policy", "log")
                .containsEntry("session_timeout_s", 3600);
        assertThat(row.get("expires_at").toString()).startsWith("2030-01-3");
        assertThat(ledger.jdbc.queryForList(
                        "select kind || '=' || encode(value, 'hex') from line_identifier order by kind", String.class))
                .containsExactly(
                        "circuit-id=" + Octets.ofText("olt1 eth 1/1:key=7").hex(),
                        "mac=020000000001",
                        "nas-port-id=" + Octets.ofText("ge-0/0/1").hex(),
                        "remote-id=52ff");
        assertThat(ledger.jdbc.queryForList(
                        "select kind || '=' || text(prefix) || coalesce(' ' || netmask_length, '') from service_prefix order by 1",
                        String.class))
                .containsExactly(
                        "ipv4-address=192.0.2.7/32 24",
                        "ipv4-route=198.51.100.0/24",
                        "ipv4-route=203.0.113.0/25",
                        "ipv6-delegated-prefix=3fff:2:100::/56",
                        "ipv6-wan-address=3fff:1::2/128",
                        "ipv6-wan-prefix=3fff:1::/64");
        byte[] sealed = ledger.jdbc.queryForObject("select sealed from credential", byte[].class);
        assertThat(ledger.credentials.open(1, "alice", "cleartext", sealed).secret())
                .isEqualTo(Octets.ofText("se,\"cret"));
        assertThat(ledger.jdbc.queryForList(
                        "select type || ' ' || actor || ' ' || coalesce(service_id, subject_id) from event order by seq",
                        String.class))
                .containsExactly(
                        "service-created test " + row.get("id"),
                        "access-node-changed test " + ledger.only("access_node where name = 'olt1'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            username,password|bob,|password: the user 'bob' needs one
            username,password,circuit_id|,x,c|username: a password needs one
            username,password|bob,{nt}12|password: the hash
            username,password|bob,{bcrypt}x|password: the hash
            username,password|bob,{bcrypt}$2a$10$abcdefghijklmnopqrstuv|password: the hash
            username,password|bob,{bcrypt}$2a$30$abcdefghijklmnopqrstuuDe7PhR3VQrwwM6.pQvs7WB6sKrQmTAe|password: the hash
            username,password|bob,{pbkdf2-sha256}1:2|password: the hash
            username,password|bob,{pbkdf2-sha256}0:c2FsdA==:aGFzaA==|password: the hash
            username,password|bob,{pbkdf2-sha256}1000:c2F*:aGFzaA==|password: the hash
            circuit_id,nas|c,bng9|nas: 'bng9' is no NAS client
            circuit_id,template|c,vdsl|template: 'vdsl' is none of opaque, tr-101
            circuit_id,template|c,opaque|template: access node 'default' has 'tr-101', not 'opaque'
            username,s_vlan|,100|the row needs one of them
            circuit_id,s_vlan|c,4095|s_vlan: '4095' is not a number from 1 to 4094
            circuit_id,s_vlan|c,ten|s_vlan: 'ten'
            circuit_id,c_vlan|c,10|c_vlan: '10' needs an s_vlan
            circuit_id|0x123|circuit_id: '0x123'
            circuit_id|0x|circuit_id: '0x' has 0 bytes
            mac|02:00:00:00:00|mac: '02:00:00:00:00' is not a MAC
            mac|02:00:00:00:00:zz|mac: '02:00:00:00:00:zz'
            circuit_id,ipv4|c,10.0.0.256|ipv4: '10.0.0.256' is not an IPv4
            circuit_id,ipv4|c,3fff::1|ipv4: '3fff::1' is not an IPv4
            circuit_id,ipv4_netmask|c,24|ipv4_netmask: '24' needs an ipv4
            circuit_id,ipv4,ipv4_netmask|c,10.0.0.1,255.0.255.0|ipv4_netmask: '255.0.255.0' is not a netmask
            circuit_id,ipv4_routes|c,10.0.0.1/24|ipv4_routes: '10.0.0.1/24' has bits set
            circuit_id,ipv6_wan_prefix|c,3fff::1/64|ipv6_wan_prefix: '3fff::1/64' has bits set
            circuit_id,ipv6_wan_address|c,3fff::/64|ipv6_wan_address: '3fff::/64' is not a single
            circuit_id,ipv6_delegated_prefix|c,10.0.0.0/8|ipv6_delegated_prefix: '10.0.0.0/8' is not an IPv6
            circuit_id,mode|c,both|mode: 'both' is none of
            circuit_id,mode,ipv6_wan_prefix|c,none,3fff::/64|mode: 'none' contradicts
            circuit_id,plan|c,gold|plan: 'gold' is no plan of tenant 'default'
            circuit_id,tenant|c,nobody|tenant: 'nobody' is not known
            circuit_id,kind|c,pigeon|kind: 'pigeon' is none of
            circuit_id,state|c,gone|state: 'gone' is none of
            circuit_id,expires_at|c,soon|expires_at: 'soon'
            circuit_id,option82_policy|c,maybe|option82_policy: 'maybe' is none of
            circuit_id,session_timeout_s|c,-1|session_timeout_s: '-1'
            circuit_id,uni|c,0|uni: '0'
            circuit_id,remote_id|c|the row has 1 fields, the header 2
            """)
    void aRowThatIsWrongInItselfIsRefusedAloneWithColumnAndValue(String header, String row, String reason) {
        SHARED.undone(() -> {
            String good = "good" + ",".repeat(header.split(",").length - 1);
            ImportResult result =
                    header.startsWith("circuit_id") ? SHARED.load(header, row, good) : SHARED.load(header, row);

            assertThat(result.rejected()).singleElement().satisfies(rejection -> {
                assertThat(rejection.line()).isEqualTo(2);
                assertThat(rejection.reason()).contains(reason);
            });
            assertThat(result.accepted()).isEqualTo(header.startsWith("circuit_id") ? 1 : 0);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "username exists already, 'alice,x,c2,,,,,', username: 'alice' exists already",
        "case is folded, 'ALICE,x,c2,,,,,', username: 'alice' exists already",
        "circuit-id, 'bob,x,c1,,,,,', circuit_id: 'c1' is a name of the line of alice",
        "mac, 'bob,x,,02:00:00:00:00:01,,,,', mac: 02:00:00:00:00:01 is a name of the line of alice",
        "VLAN pair, 'bob,x,c2,,501,1001,,', c_vlan: VLANs 501.1001 belong to alice",
        "same address, 'bob,x,c2,,,,192.0.2.1,', ipv4-address: 192.0.2.1/32 overlaps 192.0.2.1/32 of alice",
        "inside a prefix, 'bob,x,c2,,,,,3fff:1:0:1::/64', overlaps 3fff:1::/48 of alice",
        "around a prefix, 'bob,x,c2,,,,,3fff::/20', overlaps 3fff:1::/48 of alice"
    })
    void whatSomebodyHoldsIsRefusedNamingTheHolder(String what, String row, String reason) {
        String header = "username,password,circuit_id,mac,s_vlan,c_vlan,ipv4,ipv6_delegated_prefix";
        String alice = "alice,x,c1,02:00:00:00:00:01,501,1001,192.0.2.1,3fff:1::/48";
        String carol = "carol,x,c3,02:00:00:00:00:03,501,1003,192.0.2.3,3fff:7003::/48";
        SHARED.undone(() -> {
            assertThat(SHARED.load(header, alice).accepted()).isOne();
            ImportResult againstLedger = SHARED.load(header, row, carol);
            assertThat(againstLedger.accepted()).isOne();
            assertThat(againstLedger.rejected()).singleElement().satisfies(rejection -> {
                assertThat(rejection.line()).isEqualTo(2);
                assertThat(rejection.reason()).contains(reason);
            });
        });
        SHARED.undone(() -> {
            ImportResult withinFile = SHARED.load(header, alice, row, carol);
            assertThat(withinFile.accepted()).isEqualTo(2);
            assertThat(withinFile.rejected()).singleElement().satisfies(rejection -> {
                assertThat(rejection.line()).isEqualTo(3);
                assertThat(rejection.reason()).contains("line 2 of this file");
            });
        });
    }

    @Test
    void identifiersAreUniqueInTheirAccessNodeOnly() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        assertThat(ledger.load("circuit_id,access_node,external_id", "1/1,olt1,a", "1/1,olt2,b", "1/1,olt1,c"))
                .extracting(ImportResult::accepted, ImportResult::rejected)
                .containsExactly(
                        2, List.of(new Rejection(4, "circuit_id: '1/1' stands in line 2 of this file already")));
    }

    @Test
    void aNewAccessNodeIsToldOfAndLiesBehindTheNasThatTheRowNames() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        for (String nas : List.of("bng1", "bng2")) {
            ledger.jdbc.update(
                    "insert into nas_client (name, tenant_id, address, vendor) values (?, 1, ?::cidr, 'generic')",
                    nas,
                    "192.0.2." + nas.charAt(3));
        }
        Imported imported = ledger.imported(
                "circuit_id,access_node,nas,template",
                "a,olt1,bng1,opaque",
                "b,olt1,,",
                "c,olt1,bng2,",
                "d,olt1,,tr-101",
                "e,olt2,,",
                "f,olt2,bng1,");

        assertThat(imported.result().rejected())
                .extracting(Rejection::line, Rejection::reason)
                .containsExactly(
                        tuple(4, "nas: access node 'olt1' is behind 'bng1', not behind 'bng2'"),
                        tuple(5, "template: access node 'olt1' has 'opaque', not 'tr-101'"),
                        tuple(7, "nas: access node 'olt2' is open to any NAS, not behind 'bng1'"));
        assertThat(ledger.jdbc.queryForList(
                        "select a.name || ' ' || a.template || ' ' || coalesce(n.name, '-') from access_node a"
                                + " left join nas_client n on n.id = a.nas_client_id where a.name like 'olt%' order by 1",
                        String.class))
                .containsExactly("olt1 opaque bng1", "olt2 tr-101 -");
        assertThat(ledger.jdbc.queryForList(
                        "select detail -> 'after' ->> 'name' from event where type = 'access-node-changed' and subject_id in"
                                + " (select id from access_node)",
                        String.class))
                .containsExactlyInAnyOrder("olt1", "olt2");
        assertThat(imported.serviceIds())
                .hasSize(3)
                .containsExactly(ledger.jdbc.queryForList("select id from service order by id", Long.class).stream()
                        .mapToLong(Long::longValue)
                        .toArray());
    }

    @Test
    void aRefusedRowLeavesNoAccessNodeBehind() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        ledger.load("username,password,circuit_id,access_node", "alice,x,a,olt1");
        assertThat(ledger.load("username,password,circuit_id,access_node", "alice,x,b,olt11")
                        .accepted())
                .isZero();
        assertThat(ledger.count("access_node where name = 'olt11'")).isZero();
        assertThat(ledger.count("event where type = 'access-node-changed'")).isOne();
    }

    @Test
    void twoImportsAtOnceMayNameOneNewAccessNode() throws Exception {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        CompletableFuture<Imported> second = new CompletableFuture<>();
        ledger.transaction.executeWithoutResult(status -> {
            assertThat(ledger.load("circuit_id,access_node", "a,olt1").accepted())
                    .isOne();
            // It does not see the first one's node yet, and waits for the first to commit.
            Thread.ofPlatform()
                    .start(() -> second.completeAsync(
                            () -> ledger.imported("circuit_id,access_node,external_id", "a,olt1,x", "b,olt1,y"),
                            Runnable::run));
            await().until(() -> {
                ledger.jdbc.queryForRowSet("select pg_stat_clear_snapshot()");
                return ledger.count("pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                        == 1;
            });
        });

        assertThat(second.get(10, TimeUnit.SECONDS).result())
                .isEqualTo(new ImportResult(
                        1, List.of(new Rejection(2, "circuit_id: 'a' is a name of the line of a already"))));
        assertThat(ledger.count("access_node where name = 'olt1'")).isOne();
        assertThat(ledger.count("access_line l join access_node n on n.id = l.access_node_id where n.name = 'olt1'"))
                .isEqualTo(2);
    }

    @Test
    void aUserNameLongerThanRadiusCarriesIsRefusedAlone() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        ImportResult result = ledger.load("username,password", "é".repeat(127) + ",x", "é".repeat(126) + ",x");
        assertThat(result.accepted()).isOne();
        assertThat(result.rejected())
                .containsExactly(new Rejection(2, "username: has 254 bytes, and RADIUS carries no more than 253"));
    }

    @Test
    void sharedVlansAreShared() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        assertThat(ledger.load("circuit_id,s_vlan", "a,100", "b,100").accepted())
                .isEqualTo(2);
        assertThat(ledger.jdbc.queryForList("select distinct model from service_vlan", String.class))
                .containsExactly("shared");
    }

    @Test
    void aWanAddressMayLieInItsOwnWanPrefixAndInNobodyElses() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        ImportResult result = ledger.load(
                "circuit_id,ipv6_wan_prefix,ipv6_wan_address",
                "a,3fff:1::/64,3fff:1::5",
                "b,3fff:2::/64,3fff:1::6",
                "c,3fff:3::/64,3fff:3::7");
        assertThat(result.accepted()).isEqualTo(2);
        assertThat(result.rejected())
                .extracting(Rejection::line, Rejection::reason)
                .containsExactly(
                        tuple(3, "ipv6-wan-address: 3fff:1::6/128 overlaps 3fff:1::/64 in line 2 of this file"));
    }

    @Test
    void aWideLaterPrefixIsRefusedNotTheOnesBeforeIt() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        ImportResult result = ledger.load(
                "circuit_id,ipv4_routes",
                "a,198.51.100.0/25",
                "b,198.51.100.128/25",
                "c,198.51.100.0/24",
                "d,203.0.113.0/24");
        assertThat(result.accepted()).isEqualTo(3);
        assertThat(result.rejected()).extracting(Rejection::line).containsExactly(4);
    }

    @Test
    void aHeaderThatIsWrongStoresNothingAndNamesTheColumn() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        assertThatThrownBy(() -> ledger.load("username,pasword", "a,b"))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("'pasword' is no column")
                .hasMessageContaining("circuit_id");
        assertThatThrownBy(() -> ledger.load("mac,mac", "a,b"))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> ledger.load(""))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("empty");
        assertThat(ledger.count("subscriber")).isZero();
    }

    @Test
    void quotedLineBreaksCarriageReturnsAndCommentsKeepTheLineNumbersRight() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        ImportResult result = ledger.load(
                "# a comment, with a comma",
                "external_id,circuit_id,s_vlan\r",
                "\"two\nlines\",a,100\r",
                "\r",
                "x,b,none\r");
        assertThat(result.accepted()).isOne();
        assertThat(result.rejected()).extracting(Rejection::line).containsExactly(6);
    }

    @Test
    void anUnclosedQuoteDoesNotSwallowTheMemory() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        assertThatThrownBy(() -> ledger.load("circuit_id", "\"" + "x\n".repeat(40_000)))
                .isInstanceOf(LedgerInvalid.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void twoThousandRowsComeBackAndASecondImportChangesNothing() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        StringBuilder csv = new StringBuilder("username,password,circuit_id,s_vlan,ipv4,ipv6_wan_prefix\n");
        for (int i = 1; i <= 2_000; i++) {
            csv.append("user%05d,pw-%d,eth 1/%d,%d,10.9.%d.%d,3fff:0:%x::/64%n"
                    .formatted(i, i, i, 100 + i % 50, i / 256, i % 256, i));
        }
        assertThat(ledger.load(csv.toString())).isEqualTo(new ImportResult(2_000, List.of()));
        assertThat(ledger.count("service_prefix")).isEqualTo(4_000);
        assertThat(ledger.count("event where type = 'service-created'")).isEqualTo(2_000);
        ledger.jdbc.query("select user_name, scheme, sealed from credential", row -> {
            String name = row.getString(1);
            String password = ledger.credentials
                    .open(1, name, row.getString(2), row.getBytes(3))
                    .secret()
                    .text();
            assertThat(password).isEqualTo("pw-" + Integer.parseInt(name.substring(4)));
        });

        ImportResult again = ledger.load(csv.toString());
        assertThat(again.accepted()).isZero();
        assertThat(again.rejected()).hasSize(2_000);
        assertThat(ledger.count("event")).isEqualTo(2_000);
    }

    @Test
    void passwordHashesKeepTheirScheme() {
        LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());
        assertThat(ledger.load(
                                "username,password",
                                "a,{bcrypt}$2a$10$abcdefghijklmnopqrstuuDe7PhR3VQrwwM6.pQvs7WB6sKrQmTAe",
                                "b,{nt}8846F7EAEE8FB117AD06BDD830B7586C",
                                "c,{pbkdf2-sha256}1000:c2FsdA==:aGFzaA==",
                                "d,{braces} are no scheme")
                        .accepted())
                .isEqualTo(4);
        assertThat(ledger.jdbc.queryForList("select scheme from credential order by user_name", String.class))
                .containsExactly("bcrypt", "nt-hash", "pbkdf2-sha256", "cleartext");
    }
}
