package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.ledger.AuditReader;
import io.patchbay.ledger.LedgerFilter;
import io.patchbay.ledger.LedgerReader;
import io.patchbay.ledger.Page;
import io.patchbay.ledger.ServiceFilter;
import io.patchbay.ledger.ServiceReader;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Exports of the ledger, page after page while the rows go out: no transaction is held open for a slow reader, and each row is
 * as it was when its page was read.
 */
final class LedgerExportOperations {
    private static final int PAGE = 1_000;

    private final LedgerReader ledger;
    private final ServiceReader services;
    private final AuditReader audit;
    private final Exports exports;

    LedgerExportOperations(LedgerReader ledger, ServiceReader services, AuditReader audit, Exports exports) {
        this.ledger = ledger;
        this.services = services;
        this.audit = audit;
        this.exports = exports;
    }

    ApiResponse subscribers(ApiRequest request) {
        LedgerFilter filter = Parameters.ledgerFilter(request);
        return exports.answer(
                request,
                "subscribers",
                LedgerRows.Subscriber.class,
                rows -> pages(after -> ledger.subscribers(filter, after, PAGE), LedgerRows.Subscriber::of, rows));
    }

    ApiResponse services(ApiRequest request) {
        ServiceFilter filter = Parameters.serviceFilter(request);
        return exports.answer(
                request,
                "services",
                LedgerRows.Service.class,
                rows -> pages(after -> services.find(filter, after, PAGE), LedgerRows.Service::of, rows));
    }

    ApiResponse lines(ApiRequest request) {
        LedgerFilter filter = Parameters.ledgerFilter(request);
        return exports.answer(
                request,
                "lines",
                LedgerRows.Line.class,
                rows -> pages(after -> ledger.lines(filter, after, PAGE), LedgerRows.Line::of, rows));
    }

    ApiResponse audit(ApiRequest request) {
        AuditReader.Filter filter = AuditOperations.filter(request);
        return exports.answer(request, "audit", AuditReader.Entry.class, rows -> {
            long before = Long.MAX_VALUE;
            List<AuditReader.Entry> found;
            do {
                found = audit.find(filter, before, PAGE);
                for (AuditReader.Entry entry : found) {
                    rows.add(entry);
                    before = entry.id();
                }
            } while (found.size() == PAGE);
        });
    }

    private static <V, R> void pages(LongFunction<Page<V>> read, Function<V, R> row, Exports.Rows<R> rows)
            throws IOException {
        Long after = 0L;
        while (after != null) {
            Page<V> page = read.apply(after);
            for (V item : page.items()) {
                rows.add(row.apply(item));
            }
            after = page.next();
        }
    }
}
