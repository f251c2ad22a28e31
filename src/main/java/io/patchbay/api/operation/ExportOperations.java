package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.Problem;
import io.patchbay.api.ProblemException;
import io.patchbay.api.StreamedBody;
import io.patchbay.session.ExportedRecord;
import io.patchbay.session.RecordFilter;
import io.patchbay.session.SessionExport;
import io.patchbay.session.SessionFilter;
import io.patchbay.session.SessionView;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/** Exports of any length: CSV or one JSON object a line, as the request says by {@code format} or {@code Accept}. */
final class ExportOperations {
    private final SessionExport export;
    private final int atOnce;
    private final Semaphore free;

    /** @param atOnce how many at once; each holds a connection to the database and a thread of the API */
    ExportOperations(SessionExport export, int atOnce) {
        this.export = export;
        this.atOnce = atOnce;
        this.free = new Semaphore(atOnce);
    }

    /** What runs once everything is asked for. */
    interface Source<T> {
        void readInto(SessionExport.Rows<T> rows);
    }

    ApiResponse sessions(ApiRequest request) {
        SessionFilter filter = SessionOperations.filter(request, null);
        return answer(request, "sessions", SessionView.class, rows -> export.sessions(filter, rows));
    }

    ApiResponse records(ApiRequest request) {
        RecordFilter filter = new RecordFilter(
                request.parameter("nas").orElse(null),
                request.number("serviceId"),
                Parameters.instant(request, "from"),
                Parameters.instant(request, "to"));
        return answer(request, "accounting", ExportedRecord.class, rows -> export.records(filter, rows));
    }

    <T> ApiResponse answer(ApiRequest request, String name, Class<T> type, Source<T> source) {
        RowFormat format = RowFormat.of(request);
        return ApiResponse.ok(new StreamedBody() {
            @Override
            public String mediaType() {
                return format.mediaType();
            }

            @Override
            public String fileName() {
                return name + "." + format.ending();
            }

            @Override
            public void writeTo(OutputStream out) throws Exception {
                if (!free.tryAcquire()) {
                    throw new ProblemException(
                            Problem.of(503, atOnce + " exports are under way already; try again when one has ended."));
                }
                try (RowWriter<T> rows = format.writer(type, out)) {
                    source.readInto(rows::add);
                    rows.finish();
                } finally {
                    free.release();
                }
            }
        });
    }
}
