package io.patchbay.converge.nas;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** As {@link io.patchbay.radius.coa.CoaClientSettings} has them. @param bind address that the requests are sent from */
@ConfigurationProperties("patchbay.coa")
record CoaSettings(
        @DefaultValue("0.0.0.0") String bind,
        @DefaultValue("8") int sockets,
        @DefaultValue("1000") int waitingPerNas,
        @DefaultValue({"2s", "4s", "8s"}) List<Duration> waits,
        @DefaultValue("0.1") double jitter) {}
