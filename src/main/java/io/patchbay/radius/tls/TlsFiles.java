package io.patchbay.radius.tls;

import java.nio.file.Path;
import java.util.List;

/**
 * @param certificate PEM: our certificate first, then those between it and the authority
 * @param key PEM: its private key in PKCS#8, not encrypted
 * @param trusted PEM: the certificates of the authorities that may vouch for peers
 */
public record TlsFiles(Path certificate, Path key, Path trusted) {
    List<Path> all() {
        return List.of(certificate, key, trusted);
    }
}
