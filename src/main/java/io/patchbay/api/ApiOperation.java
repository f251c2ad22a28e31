package io.patchbay.api;

/** What stands behind one operationId of the contract. */
@FunctionalInterface
public interface ApiOperation {
    /** @throws Exception answered as a problem: {@link ProblemException} as it says, anything else as a 500 */
    ApiResponse handle(ApiRequest request) throws Exception;
}
