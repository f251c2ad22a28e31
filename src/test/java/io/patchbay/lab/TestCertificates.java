package io.patchbay.lab;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of the tests: issues certificates (RFC 5280 section 4.1) with keys on the curve P-256 within a
 * millisecond, written out in DER here, since the JDK makes them only by a program of its own.
 */
public final class TestCertificates {
    public record Issued(PrivateKey key, X509Certificate certificate) {
        public Path writeKey(Path file) {
            return write(file, "PRIVATE KEY", key.getEncoded());
        }

        public Path writeCertificate(Path file) {
            try {
                return write(file, "CERTIFICATE", certificate.getEncoded());
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static final AtomicLong SERIAL = new AtomicLong(System.currentTimeMillis());
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

    /** The one that the hub under test trusts, and that issued its own certificate. */
    public static final TestCertificates HUBS = new TestCertificates("Patchbay test authority");

    private final String name;
    private final Issued authority;

    public TestCertificates(String name) {
        this.name = name;
        KeyPair keys = keys();
        byte[] basicConstraints =
                extension(true, new byte[] {0x55, 0x1d, 0x13}, sequence(tlv(0x01, new byte[] {(byte) 0xff})));
        this.authority = new Issued(
                keys.getPrivate(),
                certificate(name, keys.getPublic(), keys.getPrivate(), inOneDay(), basicConstraints));
    }

    /** @param dnsNames the subject alternative names; none leaves the common name alone */
    public Issued issue(String commonName, String... dnsNames) {
        return issue(commonName, inOneDay(), dnsNames);
    }

    public Issued issue(String commonName, Instant until, String... dnsNames) {
        byte[] extensions = {};
        if (dnsNames.length > 0) {
            byte[] names = {};
            for (String dnsName : dnsNames) {
                names = join(names, tlv(0x82, dnsName.getBytes(StandardCharsets.US_ASCII)));
            }
            extensions = extension(false, new byte[] {0x55, 0x1d, 0x11}, sequence(names));
        }
        KeyPair keys = keys();
        return new Issued(
                keys.getPrivate(), certificate(commonName, keys.getPublic(), authority.key(), until, extensions));
    }

    public Path writeAuthority(Path file) {
        return authority.writeCertificate(file);
    }

    /** A client that trusts this authority. @param own null for one that shows no certificate */
    public SSLContext client(Issued own) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            KeyStore owned = KeyStore.getInstance("PKCS12");
            owned.load(null, null);
            if (own != null) {
                owned.setKeyEntry("own", own.key(), new char[0], new Certificate[] {own.certificate()});
            }
            keys.init(owned, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private X509Certificate certificate(
            String subject, PublicKey key, PrivateKey signer, Instant until, byte[] extensions) {
        byte[] body = sequence(
                tlv(0xa0, tlv(0x02, new byte[] {2})),
                tlv(0x02, BigInteger.valueOf(SERIAL.incrementAndGet()).toByteArray()),
                ECDSA_WITH_SHA256,
                commonName(name),
                sequence(time(until.minus(Duration.ofDays(2))), time(until)),
                commonName(subject),
                key.getEncoded(),
                extensions.length == 0 ? extensions : tlv(0xa3, sequence(extensions)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer);
            signature.update(body);
            byte[] der = sequence(body, ECDSA_WITH_SHA256, bits(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Instant inOneDay() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    private static byte[] commonName(String text) {
        byte[] value = tlv(0x0c, text.getBytes(StandardCharsets.UTF_8));
        return sequence(tlv(0x31, sequence(oid(0x55, 0x04, 0x03), value)));
    }

    private static byte[] time(Instant at) {
        return tlv(0x17, UTC_TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] extension(boolean critical, byte[] oid, byte[] value) {
        byte[] flag = critical ? tlv(0x01, new byte[] {(byte) 0xff}) : new byte[0];
        return sequence(tlv(0x06, oid), flag, tlv(0x04, value));
    }

    private static byte[] bits(byte[] value) {
        return tlv(0x03, join(new byte[1], value));
    }

    private static byte[] oid(int... encoded) {
        byte[] bytes = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bytes[i] = (byte) encoded[i];
        }
        return tlv(0x06, bytes);
    }

    private static byte[] sequence(byte[]... parts) {
        return tlv(0x30, join(parts));
    }

    private static byte[] tlv(int tag, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (value.length < 0x80) {
            out.write(value.length);
        } else {
            byte[] length = BigInteger.valueOf(value.length).toByteArray();
            int skipped = length[0] == 0 ? 1 : 0;
            out.write(0x80 | length.length - skipped);
            out.write(length, skipped, length.length - skipped);
        }
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static Path write(Path file, String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        try {
            return Files.writeString(
                    file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
