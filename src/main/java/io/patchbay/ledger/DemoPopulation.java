package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A handful of subscribers and two NAS clients to try the hub with, from the folder config/demo. */
public final class DemoPopulation {
    private static final Logger LOG = LoggerFactory.getLogger(DemoPopulation.class);
    private static final Actor ACTOR = Actor.named("demo");
    private static final String TENANT = "default";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final NasClients nasClients;
    private final SubscriberImport subscriberImport;

    public DemoPopulation(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            EventLog events,
            NasClients nasClients,
            SubscriberImport subscriberImport) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.nasClients = nasClients;
        this.subscriberImport = subscriberImport;
    }

    /**
     * Stores the demo population, all of it or nothing, unless the ledger holds any NAS client or subscriber.
     *
     * @param folder holds network.yaml and subscribers.csv
     * @return whether it was stored
     * @throws IllegalStateException naming the file, when a row of it is refused
     */
    public boolean loadIfNew(Path folder) {
        return transaction.execute(status -> {
            boolean isNew = jdbc.queryForObject(
                    "select not exists (select from nas_client) and not exists (select from subscriber)",
                    Boolean.class);
            if (isNew) {
                try {
                    load(folder);
                } catch (IOException unreadable) {
                    throw new UncheckedIOException("The demo population in " + folder + " cannot be read", unreadable);
                }
                LOG.info("Stored the demo population of {}", folder);
            }
            return isNew;
        });
    }

    private void load(Path folder) throws IOException {
        DemoNetwork network = DemoNetwork.read(folder.resolve("network.yaml"));
        long tenantId = jdbc.queryForObject("select id from tenant where name = ?", Long.class, TENANT);
        for (DemoNetwork.DemoPlan plan : network.plans()) {
            long id = jdbc.queryForObject(
                    "insert into plan (tenant_id, name, rate_down_kbps, rate_up_kbps, session_timeout_s, interim_interval_s,"
                            + " session_limit) values (?, ?, ?, ?, ?, ?, ?) returning id",
                    Long.class,
                    tenantId,
                    plan.name(),
                    plan.rateDownKbps(),
                    plan.rateUpKbps(),
                    plan.sessionTimeoutSeconds(),
                    plan.interimIntervalSeconds(),
                    plan.sessionLimit());
            events.append(ACTOR, EventType.PLAN_CHANGED, id, Map.of(), Map.of("name", plan.name()));
        }
        for (DemoNetwork.DemoNode node : network.accessNodes()) {
            long id = jdbc.queryForObject(
                    "insert into access_node (name, template) values (?, ?) returning id",
                    Long.class,
                    node.name(),
                    node.template());
            events.append(ACTOR, EventType.ACCESS_NODE_CHANGED, id, Map.of(), Map.of("name", node.name()));
        }
        network.nasClients().forEach(nas -> nasClients.create(nas.toNasClient(tenantId), ACTOR));
        Path subscribers = folder.resolve("subscribers.csv");
        try (Reader csv = Files.newBufferedReader(subscribers)) {
            ImportResult result = subscriberImport.run(csv, ACTOR, TENANT);
            if (!result.rejected().isEmpty()) {
                ImportResult.Rejection first = result.rejected().getFirst();
                throw new IllegalStateException(subscribers + ":" + first.line() + " is refused: " + first.reason());
            }
        }
    }
}
