package io.patchbay.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.ledger.Credential;
import io.patchbay.ledger.DenialPolicy;
import io.patchbay.ledger.LineAuthentication;
import io.patchbay.ledger.Option82Policy;
import io.patchbay.ledger.ServiceState;
import io.patchbay.line.IdentifierKind;
import io.patchbay.line.LineIdentifier;
import io.patchbay.line.VlanTags;
import io.patchbay.wire.IpPrefix;
import io.patchbay.wire.Octets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindingLoaderTest {
    @TempDir
    Path folder;

    private LedgerFixture ledger;

    @BeforeEach
    void openLedger() {
        ledger = new LedgerFixture(folder);
    }

    @Test
    void anEmptyLedgerMakesACompleteIndex() {
        ledger.feed.loadAll();
        assertThat(ledger.index.isComplete()).isTrue();
        assertThat(ledger.index.size()).isZero();
        assertThat(ledger.index.directory().plans()).hasSize(1);
        assertThat(ledger.index.directory().accessNodes()).hasSize(1);
    }

    @Test
    void everythingThatAReplyNeedsIsThere() {
        long service = ledger.service("alice", "olt eth 0/1:7");
        long line = LedgerFixture.id(ledger.jdbc, "select line_id from service where id = ?", service);
        long node = ledger.only("access_node");
        ledger.jdbc.update("update access_line set canonical_circuit_id = 'olt eth 0/1:7' where id = ?", line);
        ledger.jdbc.update(
                "insert into line_identifier (line_id, access_node_id, kind, value) values (?, ?, 'mac', ?)",
                line,
                node,
                new byte[] {2, 0, 0, 0, 0, 1});
        ledger.jdbc.update(
                "update service set state = 'suspended', kind = 'voice', expires_at = to_timestamp(1800000000.9),"
                        + " option82_policy = 'quarantine', session_timeout_s = 3600 where id = ?",
                service);
        ledger.jdbc.update(
                "insert into service_vlan (service_id, vlan_domain_id, model, s_vlan, c_vlan)"
                        + " values (?, ?, 'dedicated', 501, 1001)",
                service,
                ledger.only("vlan_domain"));
        prefix(service, "ipv4-address", "192.0.2.9/32", 24);
        prefix(service, "ipv4-route", "198.51.100.0/28", null);
        prefix(service, "ipv4-route", "198.51.100.64/28", null);
        prefix(service, "ipv6-wan-prefix", "2001:db8:1::/64", null);
        prefix(service, "ipv6-wan-address", "2001:db8:2::1/128", null);
        prefix(service, "ipv6-delegated-prefix", "2001:db8:3::/56", null);
        prefix(service, "ipv6-route", "2001:db8:4::/48", null);

        ledger.feed.loadAll();

        Binding binding = ledger.index.byService(service);
        assertThat(binding)
                .isEqualTo(new Binding(
                        service,
                        LedgerFixture.id(ledger.jdbc, "select subscriber_id from service where id = ?", service),
                        ledger.only("tenant"),
                        "alice",
                        new Credential(Credential.Scheme.CLEARTEXT, Octets.ofText("pw")),
                        "voice",
                        ServiceState.SUSPENDED,
                        1_800_000_000L,
                        Option82Policy.QUARANTINE,
                        ledger.index.directory().plan(ledger.only("plan")),
                        line,
                        node,
                        binding.identifiers(),
                        "olt eth 0/1:7",
                        new VlanTags(501, 1001),
                        true,
                        IpPrefix.parse("192.0.2.9/24"),
                        binding.ipv4Routes(),
                        IpPrefix.parse("2001:db8:1::/64"),
                        IpPrefix.parse("2001:db8:2::1/128"),
                        IpPrefix.parse("2001:db8:3::/56"),
                        List.of(IpPrefix.parse("2001:db8:4::/48")),
                        3600,
                        true,
                        true));
        assertThat(binding.identifiers())
                .containsExactlyInAnyOrder(
                        new LineIdentifier(node, IdentifierKind.CIRCUIT_ID, Octets.ofText("olt eth 0/1:7")),
                        new LineIdentifier(node, IdentifierKind.MAC, Octets.ofHex("020000000001")));
        assertThat(binding.ipv4Routes())
                .containsExactlyInAnyOrder(IpPrefix.parse("198.51.100.0/28"), IpPrefix.parse("198.51.100.64/28"));

        BindingIndex byService = new BindingIndex();
        byService.replaceDirectory(ledger.index.directory());
        ledger.loader.reload(byService, List.of(service));
        assertThat(byService.byService(service)).as("read alone").isEqualTo(binding);
    }

    @Test
    void aServiceWithNothingIsABindingToo() {
        long subscriber = LedgerFixture.id(
                ledger.jdbc,
                "insert into subscriber (tenant_id, external_id) values (?, 'x') returning id",
                ledger.only("tenant"));
        long service = LedgerFixture.id(
                ledger.jdbc,
                "insert into service (subscriber_id, tenant_id, plan_id, expires_at) values (?, ?, ?, 'infinity')"
                        + " returning id",
                subscriber,
                ledger.only("tenant"),
                ledger.only("plan"));
        ledger.feed.loadAll();
        Binding binding = ledger.index.byService(service);
        assertThat(binding.userName()).isNull();
        assertThat(binding.credential()).isNull();
        assertThat(binding.lineId()).isZero();
        assertThat(binding.identifiers()).isEmpty();
        assertThat(binding.vlans()).isEqualTo(VlanTags.NONE);
        assertThat(binding.dedicatedVlan()).isFalse();
        assertThat(binding.ipv4Address()).isNull();
        assertThat(binding.ipv4Routes()).isEmpty();
        assertThat(binding.expiresAtEpochSecond()).isZero();
    }

    @Test
    void nasClientsComeWithTheirSecretsOpened() {
        long nas = LedgerFixture.id(
                ledger.jdbc,
                "insert into nas_client (name, tenant_id, address, vendor, option82_trusted, line_authentication,"
                        + " expired_policy) values ('bng1', ?, '192.0.2.0/24', 'generic', true,"
                        + " 'check-common-password', 'quarantine') returning id",
                ledger.only("tenant"));
        ledger.jdbc.update(
                "update nas_client set common_password_sealed = ? where id = ?",
                ledger.vault.seal("common".getBytes(), "nas-common-password/" + nas),
                nas);
        for (int position = 2; position >= 1; position--) {
            ledger.jdbc.update(
                    "insert into nas_secret (nas_client_id, position, sealed) values (?, ?, ?)",
                    nas,
                    position,
                    ledger.vault.seal(("secret" + position).getBytes(), "nas-secret/" + nas));
        }
        ledger.feed.loadAll();
        assertThat(ledger.index.directory().nas(IpPrefix.parse("192.0.2.77"))).satisfies(client -> {
            assertThat(client.name()).isEqualTo("bng1");
            assertThat(client.secrets())
                    .extracting(secret -> secret.value().text())
                    .containsExactly("secret1", "secret2");
            assertThat(client.commonPassword()).isEqualTo(Octets.ofText("common"));
            assertThat(client.option82Trusted()).isTrue();
            assertThat(client.lineAuthentication()).isEqualTo(LineAuthentication.CHECK_COMMON_PASSWORD);
            assertThat(client.expiredPolicy()).isEqualTo(DenialPolicy.QUARANTINE);
            assertThat(client.rejectDelayMillis()).isEqualTo(1000);
        });
    }

    @Test
    void whatDoesNotOpenHurtsNobodyElse() {
        long broken = ledger.service("broken", "c1");
        long whole = ledger.service("whole", "c2");
        ledger.jdbc.update("update credential set sealed = ? where service_id = ?", new byte[40], broken);
        for (String name : List.of("unreadable", "readable")) {
            long nas = LedgerFixture.id(
                    ledger.jdbc,
                    "insert into nas_client (name, tenant_id, address, vendor) values (?, ?, ?::cidr, 'generic') returning id",
                    name,
                    ledger.only("tenant"),
                    name.equals("readable") ? "192.0.2.1" : "192.0.2.2");
            ledger.jdbc.update(
                    "insert into nas_secret (nas_client_id, position, sealed) values (?, 1, ?)",
                    nas,
                    ledger.vault.seal(
                            "secret".getBytes(), name.equals("readable") ? "nas-secret/" + nas : "another's"));
        }
        ledger.feed.loadAll();

        assertThat(ledger.index.byService(whole).credential()).isNotNull();
        assertThat(ledger.index.byService(broken).userName()).isEqualTo("broken");
        assertThat(ledger.index.byService(broken).credential()).isNull();
        assertThat(ledger.index.directory().nas("readable")).isNotNull();
        assertThat(ledger.index.directory().nas("unreadable")).isNull();
        assertThat(ledger.unreadable.count())
                .as("a credential, a secret and its NAS")
                .isEqualTo(3);

        ledger.jdbc.update("delete from nas_client where name = 'unreadable'");
        ledger.jdbc.update("delete from service where id = ?", broken);
        ledger.feed.refreshDirectoryNow();
        ledger.feed.refreshNow(broken, whole);
        assertThat(ledger.unreadable.count()).isZero();
    }

    private void prefix(long service, String kind, String prefix, Integer netmask) {
        ledger.jdbc.update(
                "insert into service_prefix (service_id, vrf_id, kind, prefix, netmask_length)"
                        + " values (?, ?, ?, ?::cidr, ?)",
                service,
                ledger.only("vrf"),
                kind,
                prefix,
                netmask);
    }
}
