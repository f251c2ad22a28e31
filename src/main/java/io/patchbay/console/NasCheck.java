package io.patchbay.console;

import io.patchbay.database.DatabaseReadiness;
import io.patchbay.ledger.NasClient;
import io.patchbay.ledger.NasClients;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Tells at the start which NASes lost what they were set up with, since a file was removed: without a reply profile nothing is
 * answered, without its port template no VLAN is read.
 */
final class NasCheck implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(NasCheck.class);

    private final NasClients nasClients;
    private final Set<String> vendors;
    private final Set<String> portTemplates;
    private final DatabaseReadiness database;

    /** @param vendors those that have a reply profile */
    NasCheck(NasClients nasClients, Set<String> vendors, Set<String> portTemplates, DatabaseReadiness database) {
        this.nasClients = nasClients;
        this.vendors = vendors;
        this.portTemplates = portTemplates;
        this.database = database;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        database.whenMigrated().thenRun(this::check).exceptionally(failed -> {
            LOG.warn("The NAS clients could not be compared with profiles and templates: {}", failed.getMessage());
            return null;
        });
    }

    void check() {
        nasClients.all().forEach(this::check);
    }

    private void check(NasClient nas) {
        if (!vendors.contains(nas.vendor())) {
            LOG.warn(
                    "NAS {} is answered nothing: its vendor {} has no reply profile; those that have are {}",
                    nas.name(),
                    nas.vendor(),
                    vendors);
        }
        if (nas.portTemplate() != null && !portTemplates.contains(nas.portTemplate())) {
            LOG.warn(
                    "NAS {} reports VLANs that nobody reads: there is no port template {}; there are {}",
                    nas.name(),
                    nas.portTemplate(),
                    portTemplates);
        }
    }
}
