package io.patchbay.radius.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys from PEM files (RFC 7468), whatever text stands between the blocks. */
final class PemReader {
    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA");

    private PemReader() {}

    static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] block : blocks(file, "CERTIFICATE")) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
            }
        } catch (CertificateException damaged) {
            throw new TlsFileException(
                    file + ": a certificate in it cannot be read (" + damaged.getMessage() + "); copy it again.",
                    damaged);
        }
        if (certificates.isEmpty()) {
            throw new TlsFileException(
                    file
                            + ": there is no certificate in it; it must be PEM, beginning with -----BEGIN CERTIFICATE-----.",
                    null);
        }
        return certificates;
    }

    static PrivateKey key(Path file) {
        List<byte[]> blocks = blocks(file, "PRIVATE KEY");
        if (blocks.isEmpty()) {
            throw new TlsFileException(
                    file + ": there is no private key in PKCS#8 without a pass phrase in it; make one with"
                            + " openssl pkcs8 -topk8 -nocrypt -in " + file.getFileName() + " -out new-key.pem.",
                    null);
        }
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(blocks.getFirst());
        for (String kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(encoded);
            } catch (InvalidKeySpecException another) {
                continue;
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException(missing);
            }
        }
        throw new TlsFileException(
                file + ": its private key cannot be read; it must be one of " + String.join(", ", KEY_KINDS) + ".",
                null);
    }

    private static List<byte[]> blocks(Path file, String label) {
        Pattern block = Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----");
        List<byte[]> blocks = new ArrayList<>();
        try {
            Matcher matcher = block.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
                blocks.add(Base64.getMimeDecoder().decode(matcher.group(1)));
            }
        } catch (IOException unreadable) {
            throw new TlsFileException(
                    file + ": it cannot be read (" + unreadable + "); put it there, readable by the hub's user.",
                    unreadable);
        } catch (IllegalArgumentException notBase64) {
            throw new TlsFileException(
                    file + ": its " + label.toLowerCase(java.util.Locale.ROOT) + " is no base64; copy it again.",
                    notBase64);
        }
        return blocks;
    }
}
