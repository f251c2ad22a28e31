package io.patchbay.radius.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.patchbay.lab.TestCertificates;
import io.patchbay.lab.TestCertificates.Issued;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates come and go while the hub runs; what cannot be used is told with its file and the mend. */
class TlsContextsTest {
    private final TestCertificates authority = new TestCertificates("authority");

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;
    private TlsFiles files;
    private Issued issued;

    @BeforeEach
    void files() {
        issued = authority.issue("hub", "hub.test");
        certificate = issued.writeCertificate(folder.resolve("hub.pem"));
        key = issued.writeKey(folder.resolve("hub.key"));
        files = new TlsFiles(certificate, key, authority.writeAuthority(folder.resolve("trusted.pem")));
    }

    @Test
    void whatFitsTogetherIsTaken() {
        TlsContexts tls = new TlsContexts(files, Duration.ZERO);
        assertThat(tls.server().isServer()).isTrue();
        assertThat(tls.client().isClient()).isTrue();
        assertThat(tls.validUntil())
                .isCloseTo(
                        Instant.now().plus(Duration.ofDays(1)),
                        org.assertj.core.api.Assertions.within(1, ChronoUnit.HOURS));
    }

    @Test
    void textAroundTheBlocksDoesNotMatter() throws Exception {
        Files.writeString(certificate, "Certificate:\n    Data: a dump\n" + Files.readString(certificate) + "behind\n");
        assertThat(new TlsContexts(files, Duration.ZERO).server()).isNotNull();
    }

    @Test
    void anAbsentFileIsNamed() throws Exception {
        Files.delete(key);
        assertRefused(key + ": it cannot be read");
    }

    @Test
    void aFileWithoutCertificateIsNamed() throws Exception {
        Files.writeString(certificate, "nothing of the kind");
        assertRefused(certificate + ": there is no certificate in it");
    }

    @Test
    void aDamagedCertificateIsNamed() throws Exception {
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertRefused(certificate + ": a certificate in it cannot be read");
    }

    @Test
    void aKeyThatNeedsAPassPhraseIsNamedWithTheMend() throws Exception {
        Files.writeString(key, Files.readString(key).replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
        assertRefused("openssl pkcs8 -topk8 -nocrypt -in hub.key");
    }

    @Test
    void theKeyOfAnotherCertificateIsNamed() {
        authority.issue("other").writeKey(key);
        assertRefused(key + ": this is not the key of the first certificate in " + certificate);
    }

    @Test
    void filesThatChangeAreReadAgain() throws Exception {
        TlsContexts tls = new TlsContexts(files, Duration.ZERO);
        SslContext before = tls.server();
        Instant until = Instant.now().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS);
        Issued renewed = authority.issue("hub", until, "hub.test");
        renewed.writeKey(key);
        renewed.writeCertificate(certificate);
        touch(certificate);
        assertThat(tls.server()).isNotSameAs(before);
        assertThat(tls.validUntil()).isEqualTo(until);
    }

    @Test
    void theFormerOnesStayWhenTheNewCannotBeUsed() throws Exception {
        TlsContexts tls = new TlsContexts(files, Duration.ZERO);
        SslContext before = tls.server();
        Files.writeString(key, "half written");
        touch(key);
        assertThat(tls.server()).isSameAs(before);
        issued.writeKey(key);
        Files.setLastModifiedTime(key, FileTime.from(Instant.now().plusSeconds(120)));
        assertThat(tls.server()).isNotSameAs(before);
    }

    /** Two writes within one tick of the file system's clock would look like one. */
    private static void touch(Path file) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> new TlsContexts(files, Duration.ZERO))
                .isInstanceOf(TlsFileException.class)
                .hasMessageContaining(sentence);
    }
}
