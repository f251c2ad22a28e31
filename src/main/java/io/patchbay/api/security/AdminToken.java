package io.patchbay.api.security;

import io.patchbay.database.DatabaseReadiness;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * The first token: the one that {@code patchbay.admin-token} names, or one made at the first start and told once, on the
 * console only.
 */
final class AdminToken implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    private static final int SHORTEST = 16;

    private final Tokens tokens;
    private final DatabaseReadiness database;
    private final String configured;
    private final PrintStream console;

    /**
     * @param configured empty when none is configured
     * @throws IllegalArgumentException when the configured one is too short
     */
    AdminToken(Tokens tokens, DatabaseReadiness database, String configured, PrintStream console) {
        if (!configured.isEmpty() && configured.length() < SHORTEST) {
            throw new IllegalArgumentException("patchbay.admin-token has " + configured.length()
                    + " characters; it must have at least " + SHORTEST + " (try: openssl rand -hex 32)");
        }
        this.tokens = tokens;
        this.database = database;
        this.configured = configured;
        this.console = console;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        database.whenMigrated().thenRun(this::establish).exceptionally(failed -> {
            LOG.error("The admin token could not be established; restart the hub once the database is well.", failed);
            return null;
        });
    }

    void establish() {
        if (configured.isEmpty()) {
            tokens.createAdminIfAbsent().ifPresent(this::tell);
        } else {
            tokens.setAdmin(configured);
        }
    }

    private void tell(String secret) {
        console.println();
        console.println(
                "Patchbay admin token (shown this once; use it as Bearer token, or as password of user admin):");
        console.println("  " + secret);
        console.println();
        console.flush();
    }
}
