package io.patchbay.sighting;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.ledger.workflow.UnknownLines;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Wires the sightings' room. */
@Configuration
@EnableConfigurationProperties({SightingSettings.class, AuthenticationLogSettings.class})
class SightingConfiguration {
    @Bean
    SightingWriter sightingWriter(
            JdbcTemplate jdbc,
            TransactionOperations transaction,
            ObjectMapper json,
            SightingSettings settings,
            MeterRegistry meters) {
        return new SightingWriter(new SightingStore(jdbc, transaction, json), settings, meters);
    }

    @Bean
    SightingReader sightingReader(JdbcTemplate jdbc, ObjectMapper json) {
        return new SightingReader(jdbc, json);
    }

    @Bean
    UnknownLines unknownLines(JdbcTemplate jdbc) {
        return new SightedUnknownLines(jdbc);
    }

    @Bean
    AuthenticationLog authenticationLog(
            JdbcTemplate jdbc,
            TransactionOperations transaction,
            AuthenticationLogSettings settings,
            MeterRegistry meters) {
        return new AuthenticationLog(new AuthenticationStore(jdbc, transaction, Clock.systemUTC()), settings, meters);
    }

    @Bean
    AuthenticationReader authenticationReader(JdbcTemplate jdbc) {
        return new AuthenticationReader(jdbc);
    }
}
