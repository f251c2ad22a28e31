package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.api.operation.LineReader.LineView;
import io.patchbay.wire.Octets;
import java.util.List;
import java.util.Optional;

/** Access lines, to read. */
final class LineOperations {
    private static final String NAMED =
            "line.id in (select line_id from line_identifier where kind = '%s' and value = ?)";

    private final LineReader lines;

    LineOperations(LineReader lines) {
        this.lines = lines;
    }

    ApiResponse list(ApiRequest request) {
        Conditions conditions = new Conditions()
                .and("line.id > ?", Optional.of(Page.read(request.parameter("cursor"), 0L, Long::parseLong)))
                .and("node.name = ?", request.parameter("accessNode"))
                .and(NAMED.formatted("circuit-id"), bytes(Identifiers.octets(request, "circuitId")))
                .and(NAMED.formatted("remote-id"), bytes(Identifiers.octets(request, "remoteId")))
                .and(NAMED.formatted("mac"), bytes(Identifiers.mac(request, "mac")));
        List<LineView> found = lines.find(conditions, request.limit() + 1);
        return ApiResponse.ok(Page.of(found, request.limit(), line -> Long.toString(line.id())));
    }

    ApiResponse get(ApiRequest request) {
        long id = request.pathId("id");
        return lines.byId(id)
                .map(ApiResponse::ok)
                .orElseThrow(() -> ProblemException.notFound("There is no line " + id + "."));
    }

    private static Optional<byte[]> bytes(Octets octets) {
        return Optional.ofNullable(octets).map(Octets::toByteArray);
    }
}
