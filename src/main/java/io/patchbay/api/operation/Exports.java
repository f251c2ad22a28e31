package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.Problem;
import io.patchbay.api.ProblemException;
import io.patchbay.api.StreamedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/**
 * Answers with any number of rows, as CSV or one JSON object a line, as the request says by {@code format} or {@code Accept};
 * only so many at once.
 */
final class Exports {
    private final int atOnce;
    private final Semaphore free;

    /** @param atOnce how many at once; each holds a connection to the database and a thread of the API */
    Exports(int atOnce) {
        this.atOnce = atOnce;
        this.free = new Semaphore(atOnce);
    }

    /** What runs once everything is asked for. */
    interface Source<T> {
        void readInto(Rows<T> rows) throws IOException;
    }

    interface Rows<T> {
        void add(T row) throws IOException;
    }

    /** @param name of the file, without its ending */
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
