package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ApiResponse;
import io.patchbay.api.ProblemException;
import io.patchbay.ledger.Words;
import io.patchbay.session.AccountingCount;
import io.patchbay.session.RecordReader;
import io.patchbay.session.RecordView;
import io.patchbay.session.SessionFilter;
import io.patchbay.session.SessionReader;
import io.patchbay.session.SessionView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Sessions and the accounting records that told them. */
final class SessionOperations {
    private final SessionReader sessions;
    private final RecordReader records;
    private final AccountingCount count;

    SessionOperations(SessionReader sessions, RecordReader records, AccountingCount count) {
        this.count = count;
        this.sessions = sessions;
        this.records = records;
    }

    ApiResponse list(ApiRequest request) {
        SessionFilter filter = filter(request, Cursors.position(request, null, SessionOperations::position));
        List<SessionView> found = sessions.find(filter, request.limit());
        return ApiResponse.ok(Cursors.page(found, found.size() < request.limit() ? null : cursor(found.getLast())));
    }

    ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(stored(request));
    }

    ApiResponse listRecords(ApiRequest request) {
        SessionView session = stored(request);
        RecordReader.Position from =
                Cursors.position(request, RecordReader.Position.FIRST, SessionOperations::recordPosition);
        List<RecordView> found = records.ofSession(session.id(), from, request.limit());
        return ApiResponse.ok(Cursors.page(found, found.size() < request.limit() ? null : cursor(from.after(found))));
    }

    ApiResponse countRecords(ApiRequest request) {
        return ApiResponse.ok(Map.of("count", count.count()));
    }

    static SessionFilter filter(ApiRequest request, SessionFilter.Position before) {
        return new SessionFilter(
                request.number("subscriberId"),
                request.number("serviceId"),
                request.number("lineId"),
                request.parameter("nas").orElse(null),
                request.parameter("userName").orElse(null),
                Parameters.octets(request, "circuitId"),
                Parameters.mac(request, "mac"),
                Parameters.prefix(request, "address"),
                Words.parse(
                        SessionFilter.State.class, request.parameter("state").orElse(null)),
                Parameters.instant(request, "from"),
                Parameters.instant(request, "to"),
                before);
    }

    private SessionView stored(ApiRequest request) {
        long id = request.pathId("id");
        return sessions.session(id).orElseThrow(() -> ProblemException.notFound("There is no session " + id + "."));
    }

    private static String cursor(SessionView session) {
        return micros(session.startedAt()) + ":" + session.id();
    }

    private static SessionFilter.Position position(String cursor) {
        String[] parts = cursor.split(":", 2);
        return new SessionFilter.Position(instant(parts[0]), Long.parseLong(parts[1]));
    }

    private static String cursor(RecordReader.Position position) {
        return micros(position.receivedAt()) + ":" + position.skip();
    }

    private static RecordReader.Position recordPosition(String cursor) {
        String[] parts = cursor.split(":", 2);
        return new RecordReader.Position(instant(parts[0]), Integer.parseInt(parts[1]));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }
}
