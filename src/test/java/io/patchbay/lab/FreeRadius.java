package io.patchbay.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A FreeRADIUS as a child process that proxies all authentication and accounting to the hub: what stands before it at an
 * operator who moves over step by step. Its configuration is its own, in a folder that goes with it.
 */
public final class FreeRadius implements AutoCloseable {
    /** What its clients sign with. */
    public static final String SECRET = "secret-of-the-proxy";

    /** Debian installs it under the first name, others under the second. */
    private static final List<String> NAMES = List.of("freeradius", "radiusd");

    private static final String CONFIGURATION = """
            name = patchbay-lab
            raddbdir = @folder@
            logdir = @folder@
            db_dir = @folder@
            run_dir = @folder@
            max_request_time = 10
            cleanup_delay = 0
            hostname_lookups = no
            proxy_requests = yes
            security {
                reject_delay = 0
                status_server = no
                allow_vulnerable_openssl = yes
            }
            thread pool {
                start_servers = 2
                max_servers = 2
                min_spare_servers = 1
                max_spare_servers = 2
            }
            client everybody {
                ipaddr = 127.0.0.0/8
                secret = @secret@
            }
            @homes@
            realm hub {
                auth_pool = hub_auth
                acct_pool = hub_acct
                nostrip
            }
            modules {
                always ok {
                    rcode = ok
                }
            }
            server default {
                listen {
                    type = auth
                    ipaddr = 127.0.0.1
                    port = @auth@
                }
                listen {
                    type = acct
                    ipaddr = 127.0.0.1
                    port = @acct@
                }
                authorize {
                    update control {
                        Proxy-To-Realm := "hub"
                    }
                }
                preacct {
                    update control {
                        Proxy-To-Realm := "hub"
                    }
                }
                accounting {
                    ok
                }
            }
            """;

    private static final String HOMES_OVER_UDP = """
            home_server hub_auth {
                type = auth
                ipaddr = 127.0.0.1
                port = @hub_auth@
                secret = @hub_secret@
                response_window = 6
            }
            home_server hub_acct {
                type = acct
                ipaddr = 127.0.0.1
                port = @hub_acct@
                secret = @hub_secret@
                response_window = 6
            }
            home_server_pool hub_auth {
                home_server = hub_auth
            }
            home_server_pool hub_acct {
                home_server = hub_acct
            }
            """;

    private static final String HOMES_OVER_TLS = """
            home_server hub {
                type = auth+acct
                ipaddr = 127.0.0.1
                port = @hub_tls@
                proto = tcp
                secret = radsec
                status_check = none
                response_window = 6
                tls {
                    certificate_file = @folder@/own.pem
                    private_key_file = @folder@/own.key
                    ca_file = @folder@/trusted.pem
                    fragment_size = 8192
                    check_crl = no
                    tls_min_version = "1.2"
                    tls_max_version = "1.3"
                }
            }
            home_server_pool hub_auth {
                home_server = hub
            }
            home_server_pool hub_acct {
                home_server = hub
            }
            """;

    private final Path folder;
    private final Process process;
    private final int authPort;
    private final int acctPort;

    private FreeRadius(Path folder, Process process, int authPort, int acctPort) {
        this.folder = folder;
        this.process = process;
        this.authPort = authPort;
        this.acctPort = acctPort;
    }

    /** Without FreeRADIUS the test is skipped and says so; with PATCHBAY_INTEROP=required it fails. */
    public static void requireInstalled() {
        boolean installed = program() != null;
        if (!installed && "required".equals(System.getenv("PATCHBAY_INTEROP"))) {
            throw new AssertionError("FreeRADIUS is required here: install Debian's freeradius");
        }
        Assumptions.assumeTrue(installed, "FreeRADIUS is not installed (Debian: freeradius)");
    }

    /** Starts one on free ports and waits until it takes requests. */
    public static FreeRadius proxyingTo(int hubAuthPort, int hubAcctPort, String hubSecret) {
        return start(
                HOMES_OVER_UDP
                        .replace("@hub_auth@", String.valueOf(hubAuthPort))
                        .replace("@hub_acct@", String.valueOf(hubAcctPort))
                        .replace("@hub_secret@", hubSecret),
                folder -> {});
    }

    /** The same over one TLS connection (RFC 6614), with this certificate, to a hub that is trusted as the tests do. */
    public static FreeRadius proxyingOverTls(int hubPort, TestCertificates.Issued own) {
        return start(HOMES_OVER_TLS.replace("@hub_tls@", String.valueOf(hubPort)), folder -> {
            own.writeCertificate(folder.resolve("own.pem"));
            own.writeKey(folder.resolve("own.key"));
            TestCertificates.HUBS.writeAuthority(folder.resolve("trusted.pem"));
        });
    }

    private static FreeRadius start(String homes, Consumer<Path> files) {
        try (DatagramSocket auth = new DatagramSocket();
                DatagramSocket acct = new DatagramSocket()) {
            Path folder = Files.createTempDirectory("patchbay-freeradius");
            Files.writeString(
                    folder.resolve("radiusd.conf"),
                    CONFIGURATION
                            .replace("@homes@", homes)
                            .replace("@folder@", folder.toString())
                            .replace("@secret@", SECRET)
                            .replace("@auth@", String.valueOf(auth.getLocalPort()))
                            .replace("@acct@", String.valueOf(acct.getLocalPort())));
            Files.createFile(folder.resolve("dictionary"));
            files.accept(folder);
            int authPort = auth.getLocalPort();
            int acctPort = acct.getLocalPort();
            auth.close();
            acct.close();
            Process process = new ProcessBuilder(
                            program(), "-f", "-l", "stdout", "-n", "radiusd", "-d", folder.toString())
                    .redirectErrorStream(true)
                    .start();
            FreeRadius started = new FreeRadius(folder, process, authPort, acctPort);
            started.awaitReady();
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int authPort() {
        return authPort;
    }

    public int acctPort() {
        return acctPort;
    }

    private void awaitReady() {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread.ofVirtual().name("freeradius-output").start(() -> {
            StringBuilder output = new StringBuilder();
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    output.append(line).append('\n');
                    if (line.contains("Ready to process requests")) {
                        ready.complete(null);
                    }
                }
            } catch (IOException ended) {
                output.append(ended);
            }
            ready.completeExceptionally(new AssertionError("FreeRADIUS ended:\n" + output));
        });
        try {
            ready.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            close();
            throw new AssertionError("FreeRADIUS does not start", failed);
        } catch (InterruptedException interrupted) {
            close();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static String program() {
        for (String name : NAMES) {
            try {
                if (new ProcessBuilder(name, "-v")
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0) {
                    return name;
                }
            } catch (IOException absent) {
                continue;
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
        return null;
    }
}
