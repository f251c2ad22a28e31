package io.patchbay.console;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what operators watch. The names of the health beans are those on the health page. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {
    @Bean
    HubHealth hub(ObjectProvider<ReadinessGate> gates) {
        return new HubHealth(List.copyOf(gates.orderedStream().toList()));
    }

    @Bean
    DatabaseHealth postgresql(DataSource dataSource, MeterRegistry meters) {
        return new DatabaseHealth(dataSource, meters, Duration.ofSeconds(5));
    }

    @Bean
    JolokiaPolicy jolokiaPolicy() {
        return new JolokiaPolicy();
    }
}
