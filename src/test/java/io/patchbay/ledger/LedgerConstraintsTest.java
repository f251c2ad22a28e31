package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.database.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What must never be true twice, tried in plain SQL: whoever writes to the ledger is held to it. */
class LedgerConstraintsTest {
    private static final LedgerFixture LEDGER = new LedgerFixture(TestDatabase.fresh());

    private final JdbcTemplate sql = LEDGER.jdbc;

    /** Tenants 1 and 2, services 1 and 2 of tenant 1 on lines 1 and 2 of the default access node, and a second VRF. */
    @BeforeAll
    static void twoServices() {
        LEDGER.jdbc.execute("""
                insert into tenant (name) values ('other');
                insert into plan (tenant_id, name) values (2, 'default');
                insert into access_node (name) values ('olt2');
                insert into vrf (name) values ('blue');
                insert into vlan_domain (name) values ('east');
                insert into access_line (access_node_id) values (1), (1), (2);
                insert into subscriber (tenant_id, external_id) values (1, 'a'), (1, 'b');
                insert into service (subscriber_id, tenant_id, line_id, plan_id) values (1, 1, 1, 1), (2, 1, 2, 1);
                insert into credential values (1, 1, 'alice', 'cleartext', '\\x00');
                insert into line_identifier values (1, 1, 'circuit-id', '\\x01');
                insert into service_vlan values (1, 1, 'dedicated', 100, 200);
                insert into service_prefix (service_id, vrf_id, kind, prefix) values
                    (1, 1, 'ipv4-address', '192.0.2.1'), (1, 1, 'ipv4-route', '198.51.100.0/24'),
                    (1, 1, 'ipv6-delegated-prefix', '3fff:100::/40'), (1, 1, 'ipv6-wan-prefix', '3fff:1::/64');
                insert into nas_client (name, tenant_id, address, vendor) values ('nas', 1, '192.0.2.0/28', 'generic');
                insert into nas_secret (nas_client_id, position, sealed) values (1, 1, '\\x00');
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tenant_name_key                | insert into tenant (name) values ('other')
            plan_tenant_id_name_key        | insert into plan (tenant_id, name) values (1, 'default')
            plan_rate_down_kbps_check      | insert into plan (tenant_id, name, rate_down_kbps) values (1, 'x', -1)
            plan_interim_interval_s_check  | insert into plan (tenant_id, name, interim_interval_s) values (1, 'x', 59)
            plan_option82_policy_check     | insert into plan (tenant_id, name, option82_policy) values (1, 'x', 'no')
            nas_client_name_key            | insert into nas_client (name, tenant_id, address, vendor) values ('nas', 1, '10.0.0.1', 'x')
            nas_client_address_key         | insert into nas_client (name, tenant_id, address, vendor) values ('n', 1, '192.0.2.0/28', 'x')
            nas_client_reject_delay_ms_check | update nas_client set reject_delay_ms = 5001
            nas_client_message_authenticator_check | update nas_client set message_authenticator = 'maybe'
            nas_client_line_authentication_check | update nas_client set line_authentication = 'maybe'
            nas_client_unknown_policy_check | update nas_client set unknown_policy = 'enforce'
            nas_secret_nas_client_id_position_key | insert into nas_secret (nas_client_id, position, sealed) values (1, 1, '')
            nas_secret_position_check      | insert into nas_secret (nas_client_id, position, sealed) values (1, 3, '')
            access_node_name_key           | insert into access_node (name) values ('olt2')
            access_line_uni_check          | update access_line set uni = 0
            access_line_onu                | update access_line set onu_serial = 'X'
            line_identifier_pkey           | insert into line_identifier values (2, 1, 'circuit-id', '\\x01')
            line_identifier_line_id_access_node_id_fkey | insert into line_identifier values (1, 2, 'circuit-id', '\\x02')
            line_identifier_kind_check     | insert into line_identifier values (1, 1, 'colour', '\\x02')
            line_identifier_value_check    | insert into line_identifier values (1, 1, 'mac', '')
            subscriber_tenant_id_external_id_key | insert into subscriber (tenant_id, external_id) values (1, 'a')
            service_kind_check             | update service set kind = 'pigeon'
            service_state_check            | update service set state = 'gone'
            service_ipv6_mode_check        | update service set ipv6_mode = 'both'
            service_plan_id_tenant_id_fkey | update service set plan_id = 2
            service_subscriber_id_tenant_id_fkey | insert into service (subscriber_id, tenant_id, plan_id) values (1, 2, 2)
            credential_pkey                | insert into credential values (1, 1, 'eve', 'cleartext', '')
            credential_tenant_id_user_name_key | insert into credential values (2, 1, 'alice', 'cleartext', '')
            credential_service_id_tenant_id_fkey | insert into credential values (2, 2, 'eve', 'cleartext', '')
            credential_scheme_check        | insert into credential values (2, 1, 'eve', 'rot13', '')
            service_vlan_dedicated         | insert into service_vlan values (2, 1, 'dedicated', 100, 200)
            VLAN pair 100.200 of alice     | insert into service_vlan values (2, 1, 'shared', 100, null)
            service_vlan_model_check       | insert into service_vlan values (2, 1, 'loose', 100, 201)
            service_vlan_s_vlan_check      | insert into service_vlan values (2, 1, 'shared', 4095, null)
            service_vlan_c_vlan_check      | insert into service_vlan values (2, 1, 'dedicated', 100, 0)
            service_prefix_no_overlap      | insert into service_prefix (service_id, vrf_id, kind, prefix) values (2, 1, 'ipv4-address', '192.0.2.1')
            service_prefix_no_overlap      | insert into service_prefix (service_id, vrf_id, kind, prefix) values (2, 1, 'ipv4-address', '198.51.100.7')
            service_prefix_no_overlap      | insert into service_prefix (service_id, vrf_id, kind, prefix) values (2, 1, 'ipv4-route', '198.51.0.0/16')
            service_prefix_no_overlap      | insert into service_prefix (service_id, vrf_id, kind, prefix) values (2, 1, 'ipv6-wan-prefix', '3fff:100:7::/64')
            service_prefix_no_overlap      | insert into service_prefix (service_id, vrf_id, kind, prefix) values (2, 1, 'ipv6-route', '3fff::/20')
            service_prefix_single          | insert into service_prefix (service_id, vrf_id, kind, prefix) values (1, 1, 'ipv4-address', '192.0.2.2')
            service_prefix_check           | insert into service_prefix (service_id, vrf_id, kind, prefix) values (2, 1, 'ipv6-route', '10.0.0.0/8')
            service_prefix_check           | insert into service_prefix (service_id, vrf_id, kind, prefix) values (2, 1, 'ipv4-address', '10.0.0.0/8')
            service_prefix_check           | insert into service_prefix (service_id, vrf_id, kind, prefix) values (2, 1, 'ipv6-wan-address', '3fff:5::/64')
            service_prefix_check           | insert into service_prefix (service_id, vrf_id, kind, prefix, netmask_length) values (2, 1, 'ipv4-route', '10.0.0.0/8', 8)
            events are append-only         | update event set actor = 'nobody'
            events are append-only         | delete from event
            events are append-only         | truncate event
            """)
    void neverTwice(String constraint, String statement) {
        assertThatThrownBy(() -> LEDGER.undone(() -> sql.execute(statement))).hasMessageContaining(constraint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            another tenant's user of that name  | insert into subscriber (id, tenant_id, external_id) overriding system value values (90, 2, 'a'); insert into service (id, subscriber_id, tenant_id, plan_id) overriding system value values (90, 90, 2, 2); insert into credential values (90, 2, 'alice', 'cleartext', '')
            the same name in another access node | insert into line_identifier values (3, 2, 'circuit-id', '\\x01')
            the same bytes as another kind      | insert into line_identifier values (2, 1, 'remote-id', '\\x01')
            the pair in another VLAN domain     | insert into service_vlan values (2, 2, 'dedicated', 100, 200)
            another S-VLAN shared               | insert into service_vlan values (2, 1, 'shared', 101, null)
            the address in another VRF          | insert into service_prefix (service_id, vrf_id, kind, prefix) values (2, 2, 'ipv4-address', '192.0.2.1')
            a WAN address in its own prefix     | insert into service_prefix (service_id, vrf_id, kind, prefix) values (1, 1, 'ipv6-wan-address', '3fff:1::2')
            a second route                      | insert into service_prefix (service_id, vrf_id, kind, prefix) values (1, 1, 'ipv4-route', '203.0.113.0/24')
            a second service on the line        | update service set line_id = 1
            a second UNI of the ONU             | update access_line set onu_serial = 'X', uni = id
            """)
    void whatOnlyLooksTheSameIsAllowed(String what, String statement) {
        assertThatCode(() -> LEDGER.undone(() -> sql.execute(statement)))
                .as(what)
                .doesNotThrowAnyException();
    }

    @Test
    void aServiceTakesItsAssignmentsWithIt() {
        LEDGER.undone(() -> {
            sql.update("delete from service where id = 1");
            assertThat(sql.queryForObject(
                            "select (select count(*) from credential) + (select count(*) from service_prefix)"
                                    + " + (select count(*) from service_vlan)",
                            Long.class))
                    .isZero();
        });
    }

    @Test
    void theHolderIsNamedByUserNameOrElseByTheSubscribersNumber() {
        assertThat(sql.queryForObject("select service_holder(1)", String.class)).isEqualTo("alice");
        assertThat(sql.queryForObject("select service_holder(2)", String.class)).isEqualTo("b");
        assertThat(sql.queryForObject("select line_holder(3)", String.class)).isEqualTo("line 3");
    }
}
