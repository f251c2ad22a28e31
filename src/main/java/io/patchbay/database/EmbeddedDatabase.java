package io.patchbay.database;

import io.patchbay.vault.OwnerOnlyFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server of the hub's own, for machines that have none: its data in {@code <data folder>/postgres}, durable
 * (nothing acknowledged is lost in a power cut), on the loopback interface and a free port, with a generated password in
 * {@code <data folder>/postgres.password}. Its log is in {@code <data folder>/postgres/log}.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
    private static final String USER = "postgres";

    /** The library starts the server with -F, that is without fsync; these stand behind it on the command line and win. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "localhost"),
            Map.entry("unix_socket_directories", "''"),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("work_mem", "16MB"),
            Map.entry("maintenance_work_mem", "128MB"),
            Map.entry("max_wal_size", "2GB"),
            // These binaries compress with pglz only, which took a third of the time that storing accounting takes.
            Map.entry("wal_compression", "off"),
            // The first change of a page after a checkpoint logs all of it.
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("logging_collector", "on"),
            Map.entry("log_directory", "log"),
            Map.entry("log_filename", "postgresql-%a.log"),
            Map.entry("log_truncate_on_rotation", "on"));

    private final Path dataFolder;
    private final String password;
    private final FileChannel lockFile;
    private final EmbeddedPostgres server;

    private EmbeddedDatabase(Path dataFolder, String password, FileChannel lockFile, EmbeddedPostgres server) {
        this.dataFolder = dataFolder;
        this.password = password;
        this.lockFile = lockFile;
        this.server = server;
    }

    /**
     * Starts the server, making its data folder at the first start and stopping a server that a killed hub left behind.
     *
     * @param hubDataFolder the hub's data folder, {@code patchbay.data-dir}
     * @throws IllegalStateException with a sentence, when another hub uses the folder or the server does not start
     */
    public static EmbeddedDatabase start(Path hubDataFolder) {
        try {
            Path folder = OwnerOnlyFolder.make(hubDataFolder.toAbsolutePath().normalize());
            FileChannel lockFile = lock(folder);
            try {
                return startLocked(folder, lockFile);
            } catch (IOException | RuntimeException failed) {
                lockFile.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            throw new IllegalStateException(
                    "The embedded PostgreSQL in " + hubDataFolder + " did not start: " + failed.getMessage()
                            + " Its own log is in the folder postgres/log there. Set spring.datasource.url to use another.",
                    failed);
        }
    }

    private static EmbeddedDatabase startLocked(Path folder, FileChannel lockFile) throws IOException {
        Path passwordFile = folder.resolve("postgres.password");
        String password = OwnerOnlyFile.readOrGenerate(passwordFile);
        Path data = folder.resolve("postgres");
        if (!Files.exists(data)) {
            initialise(folder, passwordFile, password, data);
        }
        Optional<Postmaster> leftBehind = Postmaster.of(data);
        if (leftBehind.isPresent()) {
            LOG.info("Stopping the PostgreSQL server {} that an earlier hub left behind", leftBehind.get());
            leftBehind.get().stop(STOP_PATIENCE);
        }
        EmbeddedPostgres server = builder(folder, data, password).start();
        LOG.info("Embedded PostgreSQL runs on port {} with its data in {}", server.getPort(), data);
        return new EmbeddedDatabase(data, password, lockFile, server);
    }

    /** In a folder beside, moved into place when it is whole: a kill amid the first start leaves nothing half made. */
    private static void initialise(Path folder, Path passwordFile, String password, Path data) throws IOException {
        Path draft = folder.resolve("postgres.new");
        FileSystemUtils.deleteRecursively(draft);
        builder(folder, draft, password)
                // Options of initdb; the library offers its locale options only, and they come after its "-A trust".
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .start()
                .close();
        Optional<Postmaster> stillStopping = Postmaster.of(draft);
        if (stillStopping.isPresent()) {
            stillStopping.get().stop(STOP_PATIENCE);
        }
        Files.move(draft, data);
    }

    private static EmbeddedPostgres.Builder builder(Path folder, Path data, String password) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.resolve("postgres-binaries").toFile())
                .setRegisterShutdownHook(false)
                .setConnectConfig("password", password)
                .setPGStartupWait(START_PATIENCE);
        SETTINGS.forEach(builder::setServerConfig);
        return builder;
    }

    /** Held while the hub lives and released by the kernel when it dies, so a living hub's server is never taken. */
    private static FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve("postgres.lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldInThisProcess) {
            LOG.debug("Locked by this process", heldInThisProcess);
        }
        channel.close();
        throw new IOException(
                "Another hub is running on this data folder. Stop it, or give this one its own patchbay.data-dir.");
    }

    public DatabaseAddress address() {
        return new DatabaseAddress("jdbc:postgresql://localhost:" + server.getPort() + "/" + USER, USER, password);
    }

    /** Stops the server and waits until it has written everything. */
    @Override
    public void close() throws IOException {
        Optional<Postmaster> running = Postmaster.of(dataFolder);
        server.close();
        if (running.isPresent() && !running.get().endsWithin(STOP_PATIENCE)) {
            LOG.warn("PostgreSQL {} is still stopping; the next start waits for it", running.get());
        }
        lockFile.close();
    }
}
