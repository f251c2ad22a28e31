package io.patchbay;

import io.patchbay.database.TestDatabase;
import io.patchbay.lab.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole hub on free ports over a real PostgreSQL. Every test class that bears this shares one hub: it is started once
 * in the test run, so no test may count on being alone in the database.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "patchbay.admin-token=" + HubTest.ADMIN_TOKEN,
            "patchbay.demo=true",
            "patchbay.radius.bind=127.0.0.1",
            "patchbay.api.import-limit=1MB",
            "patchbay.api.body-limit=64KB",
            "patchbay.sighting.flush-interval=50ms",
            "patchbay.authentication-log.flush-interval=50ms",
            "patchbay.radsec.handshake-timeout=3s",
            "patchbay.radsec.packet-timeout=2s",
            "patchbay.radsec.max-connections=24",
            "patchbay.radsec.max-connections-per-nas=4",
            "patchbay.coa.waits=1s,1s",
            "patchbay.converge.attempts=2",
            "patchbay.converge.retry-after=300ms",
            "patchbay.converge.look-again-after=300ms",
            "spring.jmx.enabled=true"
        })
@AutoConfigureObservability(tracing = false)
@ContextConfiguration(initializers = HubTest.OnTestDatabase.class)
public @interface HubTest {
    String ADMIN_TOKEN = "the-admin-token-of-the-tests";

    class OnTestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            try (Connection connection = TestDatabase.fresh().getConnection();
                    DatagramSocket free = new DatagramSocket();
                    DatagramSocket accounting = new DatagramSocket();
                    ServerSocket radSec = new ServerSocket(0)) {
                Path certificates = Files.createTempDirectory("patchbay-test-certificates");
                TestCertificates.Issued own = TestCertificates.HUBS.issue("hub", "hub.patchbay.test");
                TestPropertyValues.of(
                                "spring.datasource.url="
                                        + connection.getMetaData().getURL(),
                                "spring.datasource.username=postgres",
                                "patchbay.radius.auth-port=" + free.getLocalPort(),
                                "patchbay.radius.acct-port=" + accounting.getLocalPort(),
                                "patchbay.radsec.port=" + radSec.getLocalPort(),
                                "patchbay.radsec.certificate=" + own.writeCertificate(certificates.resolve("hub.pem")),
                                "patchbay.radsec.key=" + own.writeKey(certificates.resolve("hub.key")),
                                "patchbay.radsec.trusted="
                                        + TestCertificates.HUBS.writeAuthority(certificates.resolve("trusted.pem")),
                                "patchbay.data-dir=" + Files.createTempDirectory("patchbay-test"))
                        .applyTo(context);
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
