package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.api.security.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract is what the gate and the routes follow. */
class ContractTest {
    private final Contract contract = Contract.load();

    @Test
    void aPathWithAVariableIsFoundWithIt() {
        var match = (Contract.Match.Found) contract.match("GET", "/api/v1/subscribers/12");
        assertThat(match.operation().id()).isEqualTo("getSubscriber");
        assertThat(match.operation().role()).isEqualTo(Role.VIEWER);
        assertThat(match.pathVariables()).containsEntry("id", "12");
    }

    @Test
    void aWordIsPreferredToAVariable() {
        var match = (Contract.Match.Found) contract.match("POST", "/api/v1/subscribers/import");
        assertThat(match.operation().id()).isEqualTo("importSubscribers");
        assertThat(match.operation().consumes()).isEqualTo("text/csv");
    }

    @Test
    void aPathOfOtherMethodsTellsThem() {
        assertThat(contract.match("DELETE", "/api/v1/nas-clients/1"))
                .isEqualTo(new Contract.Match.WrongMethod(java.util.Set.of("GET", "PATCH")));
        assertThat(contract.match("GET", "/api/v1/nothing")).isInstanceOf(Contract.Match.NoSuchPath.class);
    }

    @Test
    void nothingThatChangesIsOpenToViewers() {
        assertThat(contract.operations())
                .filteredOn(operation -> !operation.method().equals("GET"))
                // NetBox has no token: it signs.
                .filteredOn(operation -> !operation.headers().contains("X-Hook-Signature"))
                .isNotEmpty()
                .noneMatch(operation -> operation.role() == Role.VIEWER);
    }

    @Test
    void aTableThatDiffersFromTheContractStopsTheStart() {
        Map<String, ApiOperation> table = new HashMap<>(contract.operations().stream()
                .collect(Collectors.toMap(Contract.Operation::id, operation -> request -> ApiResponse.noContent())));
        table.remove("explain");
        table.put("explode", request -> ApiResponse.noContent());
        assertThatThrownBy(() -> new ApiOperations(contract, table, null))
                .hasMessageContaining("only in the contract [explain], only in the table [explode]");
    }
}
