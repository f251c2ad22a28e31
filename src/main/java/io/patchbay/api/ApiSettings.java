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
 */
@ConfigurationProperties("patchbay.api")
public record ApiSettings(
        @DefaultValue("1MB") DataSize bodyLimit,
        @DefaultValue("100MB") DataSize importLimit,
        @DefaultValue("24h") Duration idempotencyKeep,
        @DefaultValue("16") int threads) {}
