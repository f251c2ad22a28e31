package io.patchbay.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param bodyLimit the longest JSON body
 * @param importLimit the longest CSV body
 * @param idempotencyKeep how long an answer is kept under its Idempotency-Key
 * @param threads how many requests are worked on at once; further ones wait
 * @param exports how many exports run at once, at least 1; further ones are told to come again
 * @param imports how many imports are taken at once, at least 1; further ones are told to come again
 */
@ConfigurationProperties("patchbay.api")
public record ApiSettings(
        @DefaultValue("1MB") DataSize bodyLimit,
        @DefaultValue("100MB") DataSize importLimit,
        @DefaultValue("24h") Duration idempotencyKeep,
        @DefaultValue("16") int threads,
        @DefaultValue("2") int imports,
        @DefaultValue("2") int exports) {
    public ApiSettings {
        if (imports < 1) {
            throw new IllegalArgumentException("patchbay.api.imports is " + imports + "; it must be at least 1");
        }
        if (exports < 1) {
            throw new IllegalArgumentException("patchbay.api.exports is " + exports + "; it must be at least 1");
        }
    }
}
