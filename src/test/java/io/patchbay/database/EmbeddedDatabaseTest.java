package io.patchbay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EmbeddedDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void itIsDurableAsksForThePasswordAndKeepsItsData() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            JdbcTemplate jdbc = jdbc(database);
            assertThat(show(jdbc, "fsync")).isEqualTo("on");
            assertThat(show(jdbc, "synchronous_commit")).isEqualTo("on");
            assertThat(show(jdbc, "full_page_writes")).isEqualTo("on");
            assertThat(show(jdbc, "listen_addresses")).isEqualTo("localhost");
            assertThat(jdbc.queryForList("select distinct auth_method from pg_hba_file_rules", String.class))
                    .containsExactly("scram-sha-256");
            assertThatThrownBy(
                            () -> DriverManager.getConnection(database.address().jdbcUrl(), "postgres", "guessed"))
                    .isInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("28P01");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("postgres.password"))))
                    .isEqualTo("rw-------");
            assertThatIllegalStateException()
                    .isThrownBy(() -> EmbeddedDatabase.start(folder))
                    .withMessageContaining("Another hub is running");
            jdbc.execute("create table kept (word text)");
            jdbc.update("insert into kept values ('yes')");
        }
        try (EmbeddedDatabase again = EmbeddedDatabase.start(folder)) {
            assertThat(jdbc(again).queryForObject("select word from kept", String.class))
                    .isEqualTo("yes");
        }
    }

    /** The hub of this test is a JVM of its own that is killed, as `kill -9` does, amid its work. */
    @Test
    void aServerThatAKilledHubLeftBehindIsTakenOver() throws Exception {
        Process hub = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HubToBeKilled.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("hub.log").toFile())
                .start();
        ProcessHandle orphan;
        try {
            Path committed = folder.resolve("committed");
            while (!Files.exists(committed)) {
                assertThat(hub.isAlive())
                        .as(() -> read(folder.resolve("hub.log")))
                        .isTrue();
                hub.waitFor(50, TimeUnit.MILLISECONDS);
            }
            orphan = Postmaster.of(folder.resolve("postgres")).orElseThrow().process();
        } finally {
            hub.destroyForcibly().waitFor();
        }
        assertThat(orphan.isAlive()).isTrue();

        try (EmbeddedDatabase taken = EmbeddedDatabase.start(folder)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(jdbc(taken).queryForObject("select word from kept", String.class))
                    .isEqualTo("committed");
        }
    }

    @Test
    void aPidFileThatNamesAStrangerIsSetAside() throws Exception {
        EmbeddedDatabase.start(folder).close();
        Path pidFile = folder.resolve("postgres").resolve("postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + folder.resolve("postgres") + "\n");

        assertThat(Postmaster.of(folder.resolve("postgres"))).isEmpty();
        assertThat(pidFile).doesNotExist();
    }

    @Test
    void aFirstStartThatWasCutOffIsBegunAnew() throws Exception {
        Path half = Files.createDirectories(folder.resolve("postgres.new"));
        Files.writeString(half.resolve("postgresql.conf"), "# half made");

        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThat(show(jdbc(database), "fsync")).isEqualTo("on");
        }
    }

    static final class HubToBeKilled {
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            EmbeddedDatabase database = EmbeddedDatabase.start(folder);
            JdbcTemplate jdbc = jdbc(database);
            jdbc.execute("create table kept (word text)");
            jdbc.update("insert into kept values ('committed')");
            Files.createFile(folder.resolve("committed"));
            Thread.currentThread().join();
        }
    }

    private static JdbcTemplate jdbc(EmbeddedDatabase database) {
        DatabaseAddress address = database.address();
        return new JdbcTemplate(new DriverManagerDataSource(address.jdbcUrl(), address.user(), address.password()));
    }

    private static String show(JdbcTemplate jdbc, String setting) {
        return jdbc.queryForObject("show " + setting, String.class);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
