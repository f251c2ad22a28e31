package io.patchbay.radsec;

import io.patchbay.radius.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param port where connections are taken; 0 takes none
 * @param certificate PEM file of the hub's certificate, with those between it and the authority; likewise the other two
 * @param handshakeTimeout how long a peer may take until TLS stands; at least 100 ms
 * @param packetTimeout how long a packet may take from its first byte to its last, and a peer to read its replies; at least
 *     100 ms
 * @param idleTimeout after how long a connection is closed on which nothing comes; at least 1 s
 * @param maxConnections in all; at least 1
 * @param maxConnectionsPerNas of one NAS; at least 1
 */
@ConfigurationProperties("patchbay.radsec")
public record RadSecSettings(
        @DefaultValue("0") int port,
        Path certificate,
        Path key,
        Path trusted,
        @DefaultValue("10s") Duration handshakeTimeout,
        @DefaultValue("10s") Duration packetTimeout,
        @DefaultValue("10m") Duration idleTimeout,
        @DefaultValue("1000") int maxConnections,
        @DefaultValue("16") int maxConnectionsPerNas) {
    public RadSecSettings {
        require(port >= 0 && port <= 65535, "port is " + port + "; it must be 0 (off) to 65535");
        atLeast("handshake-timeout (ms)", handshakeTimeout.toMillis(), 100);
        atLeast("packet-timeout (ms)", packetTimeout.toMillis(), 100);
        atLeast("idle-timeout (s)", idleTimeout.toSeconds(), 1);
        atLeast("max-connections", maxConnections, 1);
        atLeast("max-connections-per-nas", maxConnectionsPerNas, 1);
        boolean files = certificate != null && key != null && trusted != null;
        require(
                files || port == 0,
                "port is " + port
                        + ", so certificate, key and trusted must each name a PEM file, or let the port be 0");
        require(
                files || certificate == null && key == null && trusted == null,
                "certificate, key and trusted go together; give all three or none");
    }

    /** Whether there is a certificate, be it for connections that come in or only for those that go out. */
    public boolean hasCertificate() {
        return certificate != null;
    }

    public TlsFiles files() {
        return new TlsFiles(certificate, key, trusted);
    }

    private static void atLeast(String name, long value, long minimum) {
        require(value >= minimum, name + " is " + value + "; it must be at least " + minimum);
    }

    private static void require(boolean right, String sentence) {
        if (!right) {
            throw new IllegalArgumentException("patchbay.radsec." + sentence);
        }
    }
}
