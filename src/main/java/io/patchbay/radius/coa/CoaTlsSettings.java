package io.patchbay.radius.coa;

import java.time.Duration;

/**
 * @param connectTime how long it may take until the connection stands, TLS included
 * @param answerTime how long an answer is waited for
 * @param idleTime after how long a connection is closed over which nothing goes
 * @param waitingPerNas how many requests wait for a connection or an identifier, at least 1; more are unsendable
 */
public record CoaTlsSettings(Duration connectTime, Duration answerTime, Duration idleTime, int waitingPerNas) {}
