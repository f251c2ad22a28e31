package io.patchbay.api.operation;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;

/** One JSON object a line. */
final class JsonRowWriter<T> implements RowWriter<T> {
    private static final ObjectMapper JSON = RowJson.MAPPER;

    private final OutputStream out;

    JsonRowWriter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void add(T row) throws IOException {
        out.write(JSON.writeValueAsBytes(row));
        out.write('\n');
    }

    @Override
    public void finish() throws IOException {
        out.flush();
    }
}
