package io.patchbay.session;

import io.patchbay.database.DatabaseAddress;
import io.patchbay.ledger.AddressHolderSource;
import java.time.InstantSource;
import java.util.List;
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
    AddressHolderSource sessionAddresses(JdbcTemplate jdbc, SessionStoreSettings settings) {
        return new SessionAddresses(jdbc, settings.keepSessions(), InstantSource.system());
    }

    @Bean
    AddressHolders addressHolders(List<AddressHolderSource> sources) {
        return new AddressHolders(sources);
    }

    @Bean
    LivePrefixes livePrefixes(JdbcTemplate jdbc) {
        return new LivePrefixes(jdbc);
    }

    @Bean
    SessionExport sessionExport(DatabaseAddress address) {
        return new SessionExport(address);
    }
}
