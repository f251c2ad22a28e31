package io.patchbay.commit;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** An exchange that is acknowledged, or not, once it is known what became of its item. */
record Waiting<T extends Committable>(T item, Exchange exchange, AsyncCallback callback) {}
