package io.patchbay.session;

import io.patchbay.database.DatabaseAddress;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The beans that read sessions. */
@Configuration(proxyBeanMethods = false)
class SessionReading {
    @Bean
    SessionReader sessionReader(JdbcTemplate jdbc) {
        return new SessionReader(jdbc);
    }

    @Bean
    RecordReader recordReader(JdbcTemplate jdbc) {
        return new RecordReader(jdbc);
    }

    @Bean
    SessionExport sessionExport(DatabaseAddress address) {
        return new SessionExport(address);
    }
}
