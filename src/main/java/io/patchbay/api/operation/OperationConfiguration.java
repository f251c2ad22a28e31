package io.patchbay.api.operation;

import static java.util.Map.entry;

import io.patchbay.api.ApiResponse;
import io.patchbay.api.Contract;
import io.patchbay.api.OperationTable;
import io.patchbay.api.security.Tokens;
import io.patchbay.sighting.SightingReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of operations: what the contract names on the left, what does it on the right. */
@Configuration(proxyBeanMethods = false)
class OperationConfiguration {
    @Bean
    OperationTable operationTable(Contract contract, JdbcTemplate jdbc, Tokens tokens, SightingReader sightingReader) {
        LineReader lineReader = new LineReader(jdbc);
        var subscribers = new SubscriberOperations(jdbc, new ServiceReader(jdbc));
        var lines = new LineOperations(lineReader);
        var sightings = new SightingOperations(sightingReader);
        var tokenOperations = new TokenOperations(tokens);
        byte[] contractJson = contract.json().getBytes(StandardCharsets.UTF_8);
        return new OperationTable(Map.ofEntries(
                entry("getContract", request -> ApiResponse.ok(contractJson)),
                entry("importSubscribers", request -> ApiResponse.noContent()),
                entry("explain", request -> ApiResponse.noContent()),
                entry("listNasClients", request -> ApiResponse.noContent()),
                entry("createNasClient", request -> ApiResponse.noContent()),
                entry("getNasClient", request -> ApiResponse.noContent()),
                entry("listSubscribers", subscribers::list),
                entry("getSubscriber", subscribers::get),
                entry("listLines", lines::list),
                entry("getLine", lines::get),
                entry("listSightings", sightings::list),
                entry("listTokens", tokenOperations::list),
                entry("createToken", tokenOperations::create),
                entry("revokeToken", tokenOperations::revoke)));
    }
}
