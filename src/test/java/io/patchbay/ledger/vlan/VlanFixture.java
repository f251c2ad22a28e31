package io.patchbay.ledger.vlan;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The room of VLANs on one test database; domain 1 and tenant 1 are there. */
final class VlanFixture {
    static final Actor ACTOR = new Actor("test", "because");
    static final long DOMAIN = 1;

    final JdbcTemplate jdbc;
    final TransactionTemplate transaction;
    final VlanDomains domains;
    final VlanPools pools;
    final VlanBindings bindings;
    final VlanPoolUses uses;

    VlanFixture(DataSource database) {
        jdbc = new JdbcTemplate(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        EventLog events = new EventLog(jdbc);
        domains = new VlanDomains(jdbc, transaction, events);
        pools = new VlanPools(jdbc, transaction, events);
        bindings = new VlanBindings(jdbc, transaction, events);
        uses = new VlanPoolUses(jdbc);
    }

    long dedicated(String name, VlanSpan... spans) {
        return pool(name, VlanModel.DEDICATED, null, spans);
    }

    long shared(String name, int linesPerVlan, VlanSpan... spans) {
        return pool(name, VlanModel.SHARED, linesPerVlan, spans);
    }

    private long pool(String name, VlanModel model, Integer linesPerVlan, VlanSpan... spans) {
        VlanPool wanted = new VlanPool(0, name, null, DOMAIN, model, linesPerVlan, VlanAuthority.LOCAL, null);
        long id = pools.create(wanted, ACTOR).id();
        for (VlanSpan span : spans) {
            pools.addRange(id, span, ACTOR);
        }
        return id;
    }

    /** Of tenant 1 and its default plan, on no line. */
    long service(String name) {
        return jdbc.queryForObject(
                "with s as (insert into subscriber (tenant_id, external_id) values (1, ?) returning id)"
                        + " insert into service (subscriber_id, tenant_id, plan_id) select id, 1, 1 from s returning id",
                Long.class,
                name);
    }

    VlanBinding choose(long service, int s, int c) {
        return bindings.bind(service, new VlanWish.Chosen(DOMAIN, VlanModel.DEDICATED, s, c == 0 ? null : c), ACTOR);
    }

    VlanBinding share(long service, int s) {
        return bindings.bind(service, new VlanWish.Chosen(DOMAIN, VlanModel.SHARED, s, null), ACTOR);
    }
}
