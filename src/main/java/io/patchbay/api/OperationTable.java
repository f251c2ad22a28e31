package io.patchbay.api;

import java.util.Map;

/** What stands behind each operationId of the contract. */
public record OperationTable(Map<String, ApiOperation> operations) {}
