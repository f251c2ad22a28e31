package io.patchbay.session;

import io.patchbay.database.DatabaseAddress;
import io.patchbay.database.RowStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads any number of sessions or records in constant memory. */
public final class SessionExport {
    private final RowStream stream;

    public SessionExport(DatabaseAddress address) {
        this.stream = new RowStream(address);
    }

    /** Takes one row after the other; what it throws ends the export. */
    public interface Rows<T> {
        void add(T row) throws IOException;
    }

    /** In no particular order. @throws UncheckedIOException what {@code rows} threw */
    public void sessions(SessionFilter filter, Rows<SessionView> rows) {
        SessionQuery query = SessionQuery.of(filter);
        stream.read(SessionViews.SELECT + query.sql(), query.values(), row -> add(rows, SessionViews.view(row)));
    }

    /** In no particular order. @throws UncheckedIOException what {@code rows} threw */
    public void records(RecordFilter filter, Rows<ExportedRecord> rows) {
        SessionQuery query = filter.query();
        stream.read(ExportedRecord.SELECT + query.sql(), query.values(), row -> add(rows, ExportedRecord.of(row)));
    }

    private static <T> void add(Rows<T> rows, T row) {
        try {
            rows.add(row);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
