package io.patchbay.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL for tests: one server a JVM, started at first use and gone with the JVM, migrated once; every
 * {@link #fresh()} is a copy of the migrated database, made in some 50 ms. Not durable, unlike the hub's.
 */
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TEMPLATE = "migrated";

    private TestDatabase() {}

    /** A new database with the ledger's tables and nothing but their first rows in them. */
    public static DataSource fresh() {
        return create("template " + TEMPLATE);
    }

    /** A new database without tables. */
    public static DataSource empty() {
        return create("");
    }

    private static synchronized DataSource create(String options) {
        String name = "test_" + COUNT.incrementAndGet();
        new JdbcTemplate(Server.POSTGRES.getPostgresDatabase()).execute("create database " + name + " " + options);
        return Server.POSTGRES.getDatabase("postgres", name);
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        /** Without a last checkpoint: writing out a hundred databases before deleting them takes half a minute. */
        private static void throwAway(Path data) {
            try {
                Postmaster.of(data).orElseThrow().quit();
                FileSystemUtils.deleteRecursively(data);
            } catch (IOException leftBehind) {
                throw new UncheckedIOException(leftBehind);
            }
        }

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                new JdbcTemplate(postgres.getPostgresDatabase()).execute("create database " + TEMPLATE);
                Flyway.configure()
                        .dataSource(postgres.getDatabase("postgres", TEMPLATE))
                        .load()
                        .migrate();
                return postgres;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
