package io.patchbay.ledger.workflow;

import io.patchbay.event.Difference;
import io.patchbay.event.EventLog;
import io.patchbay.event.EventType;
import io.patchbay.ledger.LedgerConflict;
import io.patchbay.ledger.LineChanges;
import io.patchbay.ledger.ServiceChanges;
import io.patchbay.ledger.workflow.PlannedStep.Action;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The steps that make, name, bind and free a line, and swap the device on it. */
final class LineSteps {
    private final JdbcTemplate jdbc;
    private final EventLog events;
    private final ServiceChanges services;
    private final LineChanges lines;

    LineSteps(JdbcTemplate jdbc, EventLog events, ServiceChanges services, LineChanges lines) {
        this.jdbc = jdbc;
        this.events = events;
        this.services = services;
        this.lines = lines;
    }

    Map<Action, StepAction> actions() {
        return Map.of(
                Action.MAKE_LINE, StepAction.of(this::make, this::unmake),
                Action.BIND_LINE, StepAction.of(this::bind, this::bindBack),
                Action.FREE_LINE, StepAction.of(this::free, this::bindBack),
                Action.SET_CPE, StepAction.of(this::swap, this::swapBack));
    }

    private StepOutcome make(StepRun run) {
        Map<String, Object> result = new LinkedHashMap<>();
        Long known = run.number("lineId");
        long lineId = known == null ? insert(run) : known;
        result.put("lineId", lineId);
        if (known != null) {
            result.put("identifiers", identifiers(lineId));
        }
        lines.replaceIdentifiers(lineId, WishedNames.identifiers(run.map("identifiers")), run.actor());
        return new StepOutcome.Done(
                known == null ? "Line " + lineId + " is made." : "Line " + lineId + " has its names.", result);
    }

    private long insert(StepRun run) {
        try {
            return jdbc.queryForObject(
                    "insert into access_line (access_node_id, onu_serial, uni) values (?, ?, ?) returning id",
                    Long.class,
                    run.number("accessNodeId"),
                    run.text("onuSerial"),
                    run.number("uni"));
        } catch (DuplicateKeyException taken) {
            throw new LedgerConflict("The ONU " + run.text("onuSerial") + " was given a line at the same moment.");
        }
    }

    private StepOutcome unmake(StepRun run) {
        Long lineId = run.resultNumber("lineId");
        if (lineId == null) {
            return StepOutcome.done("No line was made.");
        }
        if (run.result("identifiers") instanceof Map<?, ?> former) {
            Map<String, Object> names = new TreeMap<>();
            former.forEach((kind, hex) -> names.put(kind.toString(), hex));
            lines.replaceIdentifiers(lineId, WishedNames.identifiers(names), run.actor());
            return StepOutcome.done("Line " + lineId + " has its former names.");
        }
        boolean removed = jdbc.update(
                        "delete from access_line l where id = ? and not exists (select from service where line_id = l.id)",
                        lineId)
                > 0;
        if (removed) {
            events.append(run.actor(), EventType.LINE_CHANGED, lineId, Map.of("lineId", lineId), Map.of());
        }
        return StepOutcome.done(
                removed ? "Line " + lineId + " is removed." : "Line " + lineId + " is used, and stays.");
    }

    StepOutcome.Done bind(StepRun run) {
        Long wanted =
                run.number("lineId") != null ? run.number("lineId") : run.earlierNumber(Action.MAKE_LINE, "lineId");
        Long was = lineOf(run);
        requireAlone(run, wanted);
        if (!wanted.equals(was)) {
            services.moveLine(run.serviceId(), wanted, run.actor());
        }
        return moved("The service lives on line " + wanted + ".", was, wanted);
    }

    /** Two services of one kind on one line could not be told apart. */
    private void requireAlone(StepRun run, long lineId) {
        jdbc.queryForList("select id from access_line where id = ? for update", lineId);
        jdbc.queryForList(
                        "select service_holder(o.id) from service o join service s on s.id = ? where o.line_id = ?"
                                + " and o.id <> s.id and o.kind = s.kind and o.state <> 'terminated'",
                        String.class,
                        run.serviceId(),
                        lineId)
                .forEach(other -> {
                    throw new LedgerConflict("Line " + lineId + " is where " + other + " lives.");
                });
    }

    private StepOutcome free(StepRun run) {
        Long was = lineOf(run);
        setLine(run, was, null);
        return moved("Line " + was + " is free.", was, null);
    }

    StepOutcome.Done bindBack(StepRun run) {
        if (!run.step().result().containsKey("was")) {
            return done("The line was not changed.");
        }
        Long now = lineOf(run);
        Long was = run.resultNumber("was");
        if (!Objects.equals(now, run.resultNumber("is"))) {
            return done("The service has been given line " + now + " since, and stays there.");
        }
        if (was == null) {
            setLine(run, now, null);
            return done("The service has no line again.");
        }
        requireAlone(run, was);
        services.moveLine(run.serviceId(), was, run.actor());
        return done("The service lives on line " + was + " again.");
    }

    private static StepOutcome.Done done(String detail) {
        return new StepOutcome.Done(detail, Map.of());
    }

    private void setLine(StepRun run, Long was, Long wanted) {
        if (!Objects.equals(was, wanted)) {
            jdbc.update("update service set line_id = ? where id = ?", wanted, run.serviceId());
            events.append(
                    run.actor(), EventType.SERVICE_CHANGED, run.serviceId(), Difference.of("lineId", was, wanted));
        }
    }

    private static StepOutcome.Done moved(String detail, Long was, Long is) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("was", was);
        result.put("is", is);
        return new StepOutcome.Done(detail, result);
    }

    private Long lineOf(StepRun run) {
        return jdbc.query(
                        "select line_id from service where id = ? for update",
                        (row, number) -> row.getObject(1, Long.class),
                        run.serviceId())
                .getFirst();
    }

    private StepOutcome swap(StepRun run) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (run.text("cpeId") != null) {
            result.put("cpeWas", setCpe(run, run.text("cpeId")));
        }
        if (run.text("mac") != null) {
            long lineId = lineOf(run);
            result.put("lineId", lineId);
            result.put("macWas", setMac(run, lineId, run.text("mac")));
        }
        return new StepOutcome.Done("The device is swapped.", result);
    }

    private StepOutcome swapBack(StepRun run) {
        Map<String, Object> done = run.step().result();
        if (done.containsKey("cpeWas")) {
            setCpe(run, (String) done.get("cpeWas"));
        }
        if (done.containsKey("macWas")) {
            setMac(run, run.resultNumber("lineId"), (String) done.get("macWas"));
        }
        return StepOutcome.done("The former device is back.");
    }

    /** @return what it was */
    private String setCpe(StepRun run, String wanted) {
        String was = jdbc.query(
                        "select cpe_id from service where id = ? for update",
                        (row, number) -> row.getString(1),
                        run.serviceId())
                .getFirst();
        if (!Objects.equals(was, wanted)) {
            jdbc.update("update service set cpe_id = ? where id = ?", wanted, run.serviceId());
            events.append(run.actor(), EventType.SERVICE_CHANGED, run.serviceId(), Difference.of("cpeId", was, wanted));
        }
        return was;
    }

    /** @return what it was */
    private String setMac(StepRun run, long lineId, String wanted) {
        Map<String, Object> names = identifiers(lineId);
        Object was = wanted == null ? names.remove("mac") : names.put("mac", wanted);
        if (!Objects.equals(was, wanted)) {
            lines.replaceIdentifiers(lineId, WishedNames.identifiers(names), run.actor());
        }
        return (String) was;
    }

    private Map<String, Object> identifiers(long lineId) {
        Map<String, Object> names = new TreeMap<>();
        jdbc.query(
                "select kind, encode(value, 'hex') from line_identifier where line_id = ?",
                row -> {
                    names.put(row.getString(1), row.getString(2));
                },
                lineId);
        return names;
    }
}
