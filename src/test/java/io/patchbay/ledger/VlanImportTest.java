package io.patchbay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.database.TestDatabase;
import io.patchbay.ledger.ImportResult.Rejection;
import org.junit.jupiter.api.Test;

/** Rows whose VLANs are somebody else's are refused by name; the others are stored, and are in the pools that they lie in. */
class VlanImportTest {
    private final LedgerFixture ledger = new LedgerFixture(TestDatabase.fresh());

    @Test
    void conflictsAreToldLineByLine() {
        ledger.load("external_id,circuit_id,s_vlan,c_vlan", "alice,a,100,1", "bob,b,200,");
        ledger.jdbc.execute("""
                insert into tenant (name) values ('other');
                insert into vlan_exclusion (vlan_domain_id, s_first, s_last, note) values (1, 300, 300, 'router');
                insert into access_node (name, shared_vlans) values ('voltha', false);
                insert into vlan_pool (name, vlan_domain_id, model, lines_a_vlan) values ('lines', 1, 'shared', 2);
                insert into vlan_pool (name, vlan_domain_id, model, tenant_id) values ('pairs', 1, 'dedicated', null);
                insert into vlan_pool (name, vlan_domain_id, model, tenant_id) values ('theirs', 1, 'dedicated', 2);
                insert into vlan_range (pool_id, vlan_domain_id, model, s_first, s_last) values (1, 1, 'shared', 500, 500);
                insert into vlan_range (pool_id, vlan_domain_id, model, s_first, s_last, c_first, c_last)
                    values (2, 1, 'dedicated', 600, 600, 1, 9), (3, 1, 'dedicated', 700, 700, 1, 9);
                """);
        ImportResult result = ledger.load(
                "external_id,circuit_id,access_node,s_vlan,c_vlan",
                "mixed-pair,c,default,200,1",
                "mixed-line,d,default,100,",
                "excluded,e,default,300,7",
                "apart,f,voltha,400,",
                "first,g,default,500,",
                "second,h,default,500,",
                "third,i,default,500,",
                "in-pool,j,default,600,3",
                "other-model,k,default,600,",
                "others,l,default,700,1",
                "new-pair,m,default,800,1",
                "new-line,n,default,800,");
        assertThat(result.accepted()).isEqualTo(4);
        assertThat(result.rejected())
                .containsExactly(
                        new Rejection(
                                2,
                                "s_vlan: S-VLAN 200 is shared by lines such as that of bob, so no pair in it is for one"
                                        + " line alone"),
                        new Rejection(
                                3,
                                "s_vlan: S-VLAN 100 has pairs of one line each, such as VLAN pair 100.1 of alice, so it"
                                        + " cannot be shared"),
                        new Rejection(4, "s_vlan: VLAN pair 300.7 is excluded: router"),
                        new Rejection(5, "s_vlan: the access node 'voltha' does not keep lines in one S-VLAN apart"),
                        new Rejection(8, "s_vlan: S-VLAN 500 of the pool lines is full: it takes no more than 2"),
                        new Rejection(10, "s_vlan: S-VLAN 600 is in the pool pairs, which is dedicated"),
                        new Rejection(11, "s_vlan: VLAN pair 700.1 is in the pool theirs of the tenant other"),
                        new Rejection(
                                13, "s_vlan: S-VLAN 800 has pairs of one line each from line 12 of this file on"));
        assertThat(ledger.jdbc.queryForList(
                        "select b.external_id || ' ' || coalesce(p.name, '-') from service_vlan v"
                                + " join service s on s.id = v.service_id join subscriber b on b.id = s.subscriber_id"
                                + " left join vlan_pool p on p.id = v.pool_id order by b.id",
                        String.class))
                .containsExactly("alice -", "bob -", "first lines", "second lines", "in-pool pairs", "new-pair -");
        assertThat(ledger.jdbc.queryForList(
                        "select c_first || '-' || c_last from vlan_free where s_vlan = 600 order by 1", String.class))
                .containsExactly("1-2", "4-9");
    }
}
