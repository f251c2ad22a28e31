package io.patchbay.console;

import io.patchbay.database.DatabaseReadiness;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells at the start where the database may forget what the hub acknowledges: what a NAS was told is stored, it never says
 * again.
 */
final class DurabilityCheck implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(DurabilityCheck.class);

    private final JdbcTemplate jdbc;
    private final DatabaseReadiness database;

    DurabilityCheck(JdbcTemplate jdbc, DatabaseReadiness database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        database.whenMigrated().thenRun(() -> doubts().forEach(LOG::warn)).exceptionally(failed -> {
            LOG.warn("Whether the database is durable could not be told: {}", failed.getMessage());
            return null;
        });
    }

    /** Sentences, each with its mend. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        for (String setting : List.of("fsync", "full_page_writes")) {
            if (!isOn(setting)) {
                doubts.add("PostgreSQL runs with " + setting
                        + " = off: a power cut may lose or damage what was acknowledged." + " Set it to on.");
            }
        }
        boolean replicated = jdbc.queryForObject("select exists (select from pg_stat_replication)", Boolean.class);
        if (replicated && show("synchronous_standby_names").isEmpty()) {
            doubts.add(
                    "PostgreSQL has a standby, but none that is synchronous: a failover may lose what was acknowledged."
                            + " Name one in synchronous_standby_names.");
        }
        return doubts;
    }

    private boolean isOn(String setting) {
        return show(setting).equals("on");
    }

    private String show(String setting) {
        return jdbc.queryForObject("select current_setting(?)", String.class, setting);
    }
}
