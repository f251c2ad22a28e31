package io.patchbay.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.ledger.RowLocks;
import io.patchbay.vault.Vault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.security.task.DelegatingSecurityContextAsyncTaskExecutor;

/** Wires the API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiSettings.class)
class ApiConfiguration {
    @Bean
    Contract contract() {
        return Contract.load();
    }

    @Bean
    ContractValidator contractValidator(Contract contract) {
        return new ContractValidator(contract);
    }

    @Bean
    Idempotency idempotency(
            JdbcTemplate jdbc,
            Vault vault,
            ApiSettings settings,
            @Value("${spring.mvc.async.request-timeout}") Duration longestAnswer) {
        // Nobody waits longer than that for an answer, and the work that nobody waits for any more ends soon after.
        return new Idempotency(jdbc, vault, settings.idempotencyKeep(), longestAnswer.multipliedBy(2));
    }

    @Bean
    ApiOperations apiOperations(
            Contract contract,
            ContractValidator validator,
            OperationTable table,
            Idempotency idempotency,
            ObjectMapper json,
            RowLocks locks) {
        Map<String, ApiOperation> operations = new HashMap<>(table.operations());
        Answers answers = new Answers(contract, operation -> operations.get(operation.id()), idempotency, json, locks);
        Bulk bulk = new Bulk(contract, validator, operation -> operations.get(operation.id()), answers);
        operations.put("runBulk", bulk::run);
        return new ApiOperations(contract, operations, answers);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> abortableAnswers() {
        return factory -> factory.addContextValves(new AbortableAnswers());
    }

    @Bean
    ThreadPoolTaskExecutor apiThreads(ApiSettings settings) {
        ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
        threads.setThreadNamePrefix("api-");
        threads.setCorePoolSize(settings.threads());
        threads.setAllowCoreThreadTimeOut(true);
        threads.setQueueCapacity(1024);
        return threads;
    }

    /** Camel's HTTP consumer prefers an executor of this class, and with it the caller arrives on the working thread. */
    @Bean
    DelegatingSecurityContextAsyncTaskExecutor apiExecutor(ThreadPoolTaskExecutor apiThreads) {
        return new DelegatingSecurityContextAsyncTaskExecutor(apiThreads);
    }
}
