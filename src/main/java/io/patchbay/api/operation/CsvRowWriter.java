package io.patchbay.api.operation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * CSV (RFC 4180) with a header: one column for each component of the row's record, empty where it is null. A list of addresses
 * is one column: {@code kind=prefix}, behind a CGNAT {@code kind=prefix:from-to}, with spaces between; what has a shape of its
 * own is JSON. A text that a spreadsheet would take for a formula has an apostrophe in front.
 */
final class CsvRowWriter<T> implements RowWriter<T> {
    private final List<String> columns;
    private final Writer out;
    private boolean hasHeader;

    CsvRowWriter(Class<T> rowType, OutputStream out) {
        this.columns = columns(rowType);
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    @Override
    public void add(T row) throws IOException {
        JsonNode json = RowJson.MAPPER.valueToTree(row);
        header();
        for (int i = 0; i < columns.size(); i++) {
            out.append(i == 0 ? "" : ",").append(quoted(text(json.get(columns.get(i)))));
        }
        out.append("\r\n");
    }

    @Override
    public void finish() throws IOException {
        header();
        out.flush();
    }

    private void header() throws IOException {
        if (!hasHeader) {
            out.append(String.join(",", columns)).append("\r\n");
            hasHeader = true;
        }
    }

    private static List<String> columns(Class<?> type) {
        List<String> columns = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean unwrapped = component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
            columns.addAll(unwrapped ? columns(component.getType()) : List.of(component.getName()));
        }
        return columns;
    }

    private static String text(JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        if (value.isTextual()) {
            return harmless(value.asText());
        }
        if (!value.isArray()) {
            return value.isObject() ? value.toString() : value.asText();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode address : value) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(address.get("kind").asText())
                    .append('=')
                    .append(address.get("prefix").asText());
            if (address.has("portFrom")) {
                text.append(':').append(address.get("portFrom")).append('-').append(address.get("portTo"));
            }
        }
        return text.toString();
    }

    /** Subscribers choose their user names, and NASes send what they like; operators open exports in spreadsheets. */
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
