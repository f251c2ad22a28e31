package io.patchbay.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * FreeRADIUS as a NAS: its own CoA listener, with a configuration folder of its own. It acknowledges what is about the session
 * {@value #KNOWN_SESSION}, and knows no other.
 */
public final class FreeRadiusCoa implements AutoCloseable {
    public static final String KNOWN_SESSION = "00000A1B";
    private static final List<Path> LIBRARIES =
            List.of(Path.of("/usr/lib/freeradius"), Path.of("/usr/lib/x86_64-linux-gnu/freeradius"));

    private final Process process;
    private final int port;

    private FreeRadiusCoa(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Without FreeRADIUS the test is skipped and says so; with PATCHBAY_INTEROP=required it fails. */
    public static void requireInstalled() {
        boolean installed = Files.isExecutable(Path.of("/usr/sbin/freeradius")) && libraries() != null;
        if (!installed && "required".equals(System.getenv("PATCHBAY_INTEROP"))) {
            throw new AssertionError("freeradius is required here: install Debian's freeradius");
        }
        Assumptions.assumeTrue(installed, "freeradius is not installed (Debian: freeradius)");
    }

    /** Returns when it listens. @param folder for its configuration */
    public static FreeRadiusCoa start(Path folder, String secret) {
        try {
            int port = freePort();
            Files.writeString(folder.resolve("radiusd.conf"), configuration(folder, secret, port));
            Process process = new ProcessBuilder(
                            "/usr/sbin/freeradius", "-X", "-d", folder.toString(), "-D", "/usr/share/freeradius")
                    .redirectErrorStream(true)
                    .start();
            awaitReady(process);
            return new FreeRadiusCoa(process, port);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int port() {
        return port;
    }

    private static void awaitReady(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains("Ready to process requests")) {
                // What it says later must be read, or it stops at a full pipe.
                Thread.ofPlatform().daemon().start(() -> output.lines().forEach(ignored -> {}));
                return;
            }
        }
        throw new AssertionError("FreeRADIUS did not start:\n" + said);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Path libraries() {
        return LIBRARIES.stream().filter(Files::isDirectory).findFirst().orElse(null);
    }

    private static String configuration(Path folder, String secret, int port) {
        return """
                prefix = /usr
                localstatedir = %1$s
                logdir = %1$s
                raddbdir = %1$s
                confdir = %1$s
                run_dir = %1$s
                libdir = %2$s
                pidfile = %1$s/pid
                log {
                    destination = stdout
                }
                thread pool {
                    start_servers = 1
                    max_servers = 2
                }
                client hub {
                    ipaddr = 127.0.0.1
                    secret = "%3$s"
                    require_message_authenticator = yes
                }
                modules {
                    always ok {
                        rcode = ok
                    }
                    always reject {
                        rcode = reject
                    }
                }
                server coa {
                    listen {
                        type = coa
                        ipaddr = 127.0.0.1
                        port = %4$d
                    }
                    recv-coa {
                        if (&Acct-Session-Id == "%5$s" && &Event-Timestamp) {
                            ok
                        }
                        else {
                            update reply {
                                Error-Cause := Session-Context-Not-Found
                            }
                            reject
                        }
                    }
                    send-coa {
                        ok
                    }
                }
                """.formatted(folder, libraries(), secret, port, KNOWN_SESSION);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
