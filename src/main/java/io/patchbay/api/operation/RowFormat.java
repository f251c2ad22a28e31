package io.patchbay.api.operation;

import io.patchbay.api.ApiRequest;
import io.patchbay.api.ProblemException;
import java.io.OutputStream;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** How rows are written. */
enum RowFormat {
    CSV("csv", "text/csv"),
    /** One JSON object a line (ndjson). */
    JSONL("jsonl", "application/x-ndjson");

    private final String ending;
    private final String type;

    RowFormat(String ending, String type) {
        this.ending = ending;
        this.type = type;
    }

    String ending() {
        return ending;
    }

    String mediaType() {
        return type + ";charset=utf-8";
    }

    <T> RowWriter<T> writer(Class<T> rowType, OutputStream out) {
        return switch (this) {
            case CSV -> new CsvRowWriter<>(rowType, out);
            case JSONL -> new JsonRowWriter<>(out);
        };
    }

    /** What {@code format} says, else the first in {@code Accept} that we write, else CSV. */
    static RowFormat of(ApiRequest request) {
        String wanted = request.parameter("format").orElse(null);
        for (RowFormat format : values()) {
            if (format.ending.equals(wanted)) {
                return format;
            }
        }
        return wanted == null && request.accept() != null ? accepted(request.accept()) : CSV;
    }

    private static RowFormat accepted(String accept) {
        try {
            for (MediaType range : MediaType.parseMediaTypes(accept)) {
                for (RowFormat format : values()) {
                    if (range.includes(MediaType.parseMediaType(format.type))) {
                        return format;
                    }
                }
            }
            return CSV;
        } catch (InvalidMediaTypeException unreadable) {
            throw ProblemException.badRequest("Accept: " + unreadable.getMessage());
        }
    }
}
