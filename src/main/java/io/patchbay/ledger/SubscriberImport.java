package io.patchbay.ledger;

import io.patchbay.event.Actor;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.wire.Octets;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Subscribers from a CSV file, in one transaction: a row makes a subscriber with one service on one line. A row that is wrong
 * in itself or claims what somebody holds is refused, all others are stored. The file is read as a stream.
 */
public final class SubscriberImport {
    private static final int ROWS_AT_ONCE = 5_000;
    private static final int ATTEMPTS = 3;
    private static final String STAGE = sql("import-stage.sql");
    private static final String CHECK = sql("import-check.sql");
    private static final String STORE = sql("import-store.sql");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final EventLog events;
    private final Credentials credentials;
    private final BiFunction<String, Octets, String> canonicalKeys;
    private final Set<String> templates;

    /**
     * @param canonicalKeys gives for an access node's template and a circuit-id the canonical key, or null
     * @param templates those that an access node may have
     */
    public SubscriberImport(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            EventLog events,
            Credentials credentials,
            BiFunction<String, Octets, String> canonicalKeys,
            Set<String> templates) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.credentials = credentials;
        this.canonicalKeys = canonicalKeys;
        this.templates = templates;
    }

    /**
     * @param csv a header and rows, see {@link ImportColumn}; read to its end, not closed
     * @param tenant name of the tenant of the rows that name none
     * @throws LedgerInvalid when the header is wrong: nothing is stored then
     * @throws LedgerNotFound when there is no such tenant
     */
    public ImportResult run(Reader csv, Actor actor, String tenant) {
        return store(csv, actor, tenant).result();
    }

    /** Likewise, for whoever takes the new services into memory before telling of them. */
    public Imported store(Reader csv, Actor actor, String tenant) {
        return transaction.execute(status -> {
            try {
                jdbc.execute(STAGE);
                ImportNames names = new ImportNames(jdbc, canonicalKeys, templates, tenant);
                List<ImportResult.Rejection> rejected = new ArrayList<>(stage(csv, names));
                names.makeNodes();
                checkAndStore(status, actor);
                names.settleNodes(events, actor);
                long[] services = services();
                jdbc.query("select line, reason from import_rejection", row -> {
                    rejected.add(new ImportResult.Rejection(row.getInt(1), row.getString(2)));
                });
                rejected.sort(Comparator.comparingInt(ImportResult.Rejection::line));
                return new Imported(new ImportResult(services.length, rejected), services);
            } catch (IOException unreadable) {
                throw new UncheckedIOException("The file could not be read to its end", unreadable);
            }
        });
    }

    private List<ImportResult.Rejection> stage(Reader csv, ImportNames names) throws IOException {
        CsvReader reader = new CsvReader(csv);
        List<String> header = reader.read();
        if (header == null) {
            throw new LedgerInvalid("The file is empty; its first line must be a header.");
        }
        ImportRowReader rows = new ImportRowReader(ImportColumn.positions(header), names, credentials);
        List<ImportResult.Rejection> rejected = new ArrayList<>();
        StringBuilder batch = new StringBuilder();
        int inBatch = 0;
        for (List<String> record = reader.read(); record != null; record = reader.read()) {
            try {
                rows.read(reader.line(), record).appendTo(batch);
                inBatch++;
            } catch (ImportRowReader.Refused refused) {
                rejected.add(new ImportResult.Rejection(reader.line(), refused.getMessage()));
            }
            if (inBatch == ROWS_AT_ONCE) {
                copy(batch);
                inBatch = 0;
            }
        }
        copy(batch);
        jdbc.execute("analyze import_row");
        return rejected;
    }

    private void copy(StringBuilder batch) {
        jdbc.execute((ConnectionCallback<Void>) connection -> {
            copy(connection, batch);
            return null;
        });
        batch.setLength(0);
    }

    private static void copy(Connection connection, StringBuilder batch) throws SQLException {
        try {
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            copies.copyIn(ImportRow.COPY, new StringReader(batch.toString()));
        } catch (IOException readingFromMemory) {
            throw new UncheckedIOException(readingFromMemory);
        }
    }

    /** What another transaction took between check and store is found by the constraints; the second check then names it. */
    private void checkAndStore(TransactionStatus status, Actor actor) {
        for (int attempt = 1; ; attempt++) {
            Object beforeChecks = status.createSavepoint();
            try {
                jdbc.execute(CHECK);
                jdbc.execute(STORE);
                events.appendEach(
                        actor, EventType.SERVICE_CREATED, "select service_id as id from import_row order by line");
                return;
            } catch (DataIntegrityViolationException takenMeanwhile) {
                if (attempt == ATTEMPTS) {
                    throw takenMeanwhile;
                }
                status.rollbackToSavepoint(beforeChecks);
            }
        }
    }

    private long[] services() {
        return jdbc.query("select service_id from import_row order by line", rows -> {
            LongStream.Builder services = LongStream.builder();
            while (rows.next()) {
                services.add(rows.getLong(1));
            }
            return services.build().toArray();
        });
    }

    private static String sql(String file) {
        try {
            return new ClassPathResource(file, SubscriberImport.class).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException notPackaged) {
            throw new UncheckedIOException(notPackaged);
        }
    }
}
