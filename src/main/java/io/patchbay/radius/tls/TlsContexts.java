package io.patchbay.radius.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.2 and 1.3 for both directions from one set of files; the peer always shows a certificate. Files that change are read
 * again for the connections made from then on; when that fails the former ones are kept and the log says why.
 */
public final class TlsContexts {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private record Contexts(SslContext server, SslContext client, Instant validUntil) {}

    private final TlsFiles files;
    private final long lookEveryNanos;
    private List<FileTime> changed;
    private long lookedNanos;
    private Contexts current;

    /**
     * @param lookEvery how often at most the files are looked at
     * @throws TlsFileException when they cannot be used
     */
    public TlsContexts(TlsFiles files, Duration lookEvery) {
        this.files = files;
        this.lookEveryNanos = lookEvery.toNanos();
        this.changed = changed();
        this.current = read();
        this.lookedNanos = System.nanoTime();
    }

    /** For connections that come in. */
    public synchronized SslContext server() {
        lookAgain();
        return current.server();
    }

    /** For connections that go out. */
    public synchronized SslContext client() {
        lookAgain();
        return current.client();
    }

    /** When our own certificate expires. */
    public synchronized Instant validUntil() {
        return current.validUntil();
    }

    private void lookAgain() {
        long now = System.nanoTime();
        if (now - lookedNanos < lookEveryNanos) {
            return;
        }
        lookedNanos = now;
        List<FileTime> found = changed();
        if (found.equals(changed)) {
            return;
        }
        changed = found;
        try {
            current = read();
            LOG.info("RadSec: certificate and key were read again; the certificate is valid until {}.", validUntil());
        } catch (TlsFileException unusable) {
            LOG.error("RadSec: the former certificate stays in use. {}", unusable.getMessage());
        }
    }

    private List<FileTime> changed() {
        List<FileTime> times = new ArrayList<>();
        for (Path file : files.all()) {
            try {
                times.add(Files.getLastModifiedTime(file));
            } catch (IOException absent) {
                times.add(FileTime.fromMillis(0));
            }
        }
        return times;
    }

    private Contexts read() {
        List<X509Certificate> chain = PemReader.certificates(files.certificate());
        PrivateKey key = PemReader.key(files.key());
        List<X509Certificate> trusted = PemReader.certificates(files.trusted());
        X509Certificate own = chain.getFirst();
        requireKeyOf(own, key);
        Instant validUntil = own.getNotAfter().toInstant();
        if (validUntil.isBefore(Instant.now())) {
            LOG.error(
                    "{}: the certificate expired on {}; every peer will refuse it. Renew it.",
                    files.certificate(),
                    validUntil);
        }
        X509Certificate[] chainArray = chain.toArray(X509Certificate[]::new);
        X509Certificate[] trustedArray = trusted.toArray(X509Certificate[]::new);
        try {
            return new Contexts(
                    SslContextBuilder.forServer(key, chainArray)
                            .sslProvider(SslProvider.JDK)
                            .trustManager(trustedArray)
                            .clientAuth(ClientAuth.REQUIRE)
                            .protocols(PROTOCOLS)
                            .build(),
                    SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .keyManager(key, chainArray)
                            .trustManager(trustedArray)
                            .protocols(PROTOCOLS)
                            .build(),
                    validUntil);
        } catch (IOException refused) {
            throw new TlsFileException(
                    files.certificate() + ": Java makes no TLS of it and its key (" + refused.getMessage() + ").",
                    refused);
        }
    }

    private void requireKeyOf(X509Certificate certificate, PrivateKey key) {
        byte[] anything = {1, 2, 3};
        boolean fits;
        try {
            Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(anything);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(anything);
            fits = signature.verify(signed);
        } catch (GeneralSecurityException anotherKind) {
            fits = false;
        }
        if (!fits) {
            throw new TlsFileException(
                    files.key() + ": this is not the key of the first certificate in " + files.certificate()
                            + "; put the two together that were made together.",
                    null);
        }
    }
}
