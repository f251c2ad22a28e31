package io.patchbay.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** FreeRADIUS's radclient, the client that an operator would try first. */
public final class Radclient {
    /** @param reply {@code Access-Accept}, {@code Access-Reject}, or empty when nothing came. @param attributes sorted */
    public record Answer(String reply, List<String> attributes) {}

    private Radclient() {}

    /** Without radclient the test is skipped and says so; with PATCHBAY_INTEROP=required it fails. */
    public static void requireInstalled() {
        boolean installed = isInstalled();
        if (!installed && "required".equals(System.getenv("PATCHBAY_INTEROP"))) {
            throw new AssertionError("radclient is required here: install Debian's freeradius-utils");
        }
        Assumptions.assumeTrue(installed, "radclient is not installed (Debian: freeradius-utils)");
    }

    /** Sends one Access-Request with these {@code Name = value} lines, once, and waits 5 s for the answer. */
    public static Answer ask(int port, String secret, String... attributes) {
        return ask("auth", port, secret, attributes);
    }

    /** The same with an Accounting-Request; {@code Accounting-Response}, or empty when nothing came. */
    public static Answer account(int port, String secret, String... attributes) {
        return ask("acct", port, secret, attributes);
    }

    private static Answer ask(String kind, int port, String secret, String... attributes) {
        List<String> output = run(kind, port, secret, String.join("\n", attributes) + "\n");
        String reply = "";
        List<String> received = new ArrayList<>();
        for (String line : output) {
            if (line.startsWith("Received ")) {
                reply = line.split(" ")[1];
            } else if (!reply.isEmpty() && line.startsWith("\t") && !line.contains("Message-Authenticator")) {
                received.add(line.trim());
            }
        }
        return new Answer(reply, received.stream().sorted().toList());
    }

    private static List<String> run(String kind, int port, String secret, String request) {
        try {
            Process radclient = new ProcessBuilder(
                            "radclient", "-x", "-r", "1", "-t", "5", "127.0.0.1:" + port, kind, secret)
                    .redirectErrorStream(true)
                    .start();
            radclient.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            radclient.getOutputStream().close();
            List<String> output = new String(radclient.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            radclient.waitFor(1, TimeUnit.SECONDS);
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("radclient", "-v").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
