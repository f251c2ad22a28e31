package io.patchbay.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The running PostgreSQL server process of one data folder, found through the folder's {@code postmaster.pid}. After kill -9
 * of the hub its server lives on and keeps the folder; after a power cut or in a new container the file may name a stranger.
 */
record Postmaster(ProcessHandle process) {
    private static final String PID_FILE = "postmaster.pid";

    /**
     * The server that runs on {@code dataFolder}, if one does. When the file names a process that is no PostgreSQL on this
     * folder the file is removed: PostgreSQL itself would only see that the number is alive, and refuse to start.
     */
    static Optional<Postmaster> of(Path dataFolder) throws IOException {
        Path pidFile = dataFolder.resolve(PID_FILE);
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
        Optional<ProcessHandle> process =
                pid == 0 ? Optional.empty() : ProcessHandle.of(pid).filter(candidate -> serves(candidate, dataFolder));
        if (process.isEmpty()) {
            Files.deleteIfExists(pidFile);
        }
        return process.map(Postmaster::new);
    }

    /**
     * Stops it as `pg_ctl stop -m fast` does: sessions are ended, a checkpoint is written. After {@code patience} it
     * {@link #quit quits}.
     */
    void stop(Duration patience) throws IOException {
        signal("INT");
        if (!endsWithin(patience)) {
            quit();
        }
    }

    /** Stops it without a checkpoint; the next start recovers from the log. */
    void quit() throws IOException {
        signal("QUIT");
        if (!endsWithin(Duration.ofSeconds(5))) {
            throw new IOException("The PostgreSQL server " + process.pid() + " that an earlier hub left behind does not"
                    + " stop. End it (kill -9 " + process.pid() + ") and start again.");
        }
    }

    boolean endsWithin(Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException stillThere) {
            return !process.isAlive();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** ProcessHandle knows TERM (which would wait for sessions to end) and KILL only. */
    private void signal(String name) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A PostgreSQL server works inside its data folder; where /proc does not say so, its command line names the folder. */
    private static boolean serves(ProcessHandle process, Path dataFolder) {
        try {
            Path working = Path.of("/proc", Long.toString(process.pid()), "cwd");
            if (Files.exists(working)) {
                return working.toRealPath().equals(dataFolder.toRealPath()) && commandIsPostgres(process);
            }
        } catch (IOException notOurs) {
            return false;
        }
        return commandIsPostgres(process)
                && process.info().commandLine().orElse("").contains(dataFolder.toString());
    }

    private static boolean commandIsPostgres(ProcessHandle process) {
        return process.info().command().map(Path::of).map(Path::getFileName).stream()
                .anyMatch(name -> name.toString().startsWith("postgres"));
    }
}
