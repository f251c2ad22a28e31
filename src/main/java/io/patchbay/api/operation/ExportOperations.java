package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.session.ExportedRecord;
import io.patchbay.session.RecordFilter;
import io.patchbay.session.SessionExport;
import io.patchbay.session.SessionFilter;
import io.patchbay.session.SessionView;

/** Exports of sessions and accounting records. */
final class ExportOperations {
    private final SessionExport export;
    private final Exports exports;

    ExportOperations(SessionExport export, Exports exports) {
        this.export = export;
        this.exports = exports;
    }

    ApiResponse sessions(ApiRequest request) {
        SessionFilter filter = SessionOperations.filter(request, null);
        return exports.answer(request, "sessions", SessionView.class, rows -> export.sessions(filter, rows::add));
    }

    ApiResponse records(ApiRequest request) {
        RecordFilter filter = new RecordFilter(
                request.parameter("nas").orElse(null),
                request.number("serviceId"),
                Parameters.instant(request, "from"),
                Parameters.instant(request, "to"));
        return exports.answer(request, "accounting", ExportedRecord.class, rows -> export.records(filter, rows::add));
    }
}
