package io.patchbay.api;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A request whose body was read already. Those behind it see a small body again; a large one is empty to them, so that
 * nobody copies it into memory, and is read from its {@link StoredBody} by the operation that wants it.
 */
public final class BufferedRequest extends HttpServletRequestWrapper {
    private final StoredBody body;

    public BufferedRequest(HttpServletRequest request, StoredBody body) {
        super(request);
        this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        InputStream in = body.isInMemory() ? body.open() : InputStream.nullInputStream();
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return in.read(target, offset, length);
            }

            @Override
            public boolean isFinished() {
                throw new UnsupportedOperationException("The body is there: read it");
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException("The body is there: read it");
            }
        };
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    /** Gives the body's file back when the answer is out, which may be long after the servlet has returned. */
    void closeBodyAfterwards() throws IOException {
        if (isAsyncStarted()) {
            getAsyncContext().addListener(new CloseBody(body));
        } else {
            body.close();
        }
    }

    private record CloseBody(StoredBody body) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            body.close();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
