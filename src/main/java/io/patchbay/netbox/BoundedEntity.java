package io.patchbay.netbox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A body that fails at its limit, and gives up its connection rather than reading what is left. */
final class BoundedEntity extends HttpEntityWrapper {
    private final long limit;
    private final Runnable abandon;
    private InputStream content;

    BoundedEntity(HttpEntity body, long limit, Runnable abandon) {
        super(body);
        this.limit = limit;
        this.abandon = abandon;
    }

    @Override
    public InputStream getContent() throws IOException {
        if (content == null) {
            content = new Bounded(super.getContent());
        }
        return content;
    }

    private final class Bounded extends FilterInputStream {
        private long read;
        private boolean over;

        Bounded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (over) {
                throw tooLong();
            }
            int count = super.read(into, offset, length);
            read += Math.max(0, count);
            if (read > limit) {
                over = true;
                abandon.run();
                throw tooLong();
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            if (!over) {
                super.close();
            }
        }

        private NetBoxFailure tooLong() {
            return new NetBoxFailure("NetBox's answer is longer than patchbay.netbox.body-limit, " + limit
                    + " bytes; a smaller page-size makes it shorter.");
        }
    }
}
