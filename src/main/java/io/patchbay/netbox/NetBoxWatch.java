package io.patchbay.netbox;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks now and then whether NetBox is there, so that health and log tell it although nobody needs it just now. */
public final class NetBoxWatch implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(NetBoxWatch.class);

    /**
     * What was found the last time.
     *
     * @param version null while it is away
     * @param why null while it is there
     * @param since when it began to be so
     */
    public record State(String version, String why, Instant since) {
        public boolean isReachable() {
            return version != null;
        }
    }

    private final NetBox netBox;
    private boolean prepared;
    private volatile State state = new State(null, "not asked yet", Instant.now());

    NetBoxWatch(NetBox netBox) {
        this.netBox = netBox;
    }

    public boolean isConfigured() {
        return netBox.isConfigured();
    }

    public State state() {
        return state;
    }

    @Override
    public void process(Exchange exchange) {
        look();
    }

    void look() {
        NetBoxOutcome<String> found = netBox.status().map(Capabilities::version);
        if (found.isDone() && !prepared) {
            NetBoxOutcome<Prepared> preparing = netBox.prepare();
            prepared = preparing.isDone();
            found = preparing.then(made -> netBox.status().map(Capabilities::version));
        }
        note(found);
    }

    private void note(NetBoxOutcome<String> found) {
        State before = state;
        String version = found instanceof NetBoxOutcome.Done<String> done ? done.value() : null;
        boolean same = before.isReachable() == (version != null);
        state = new State(version, found.reason(), same ? before.since() : Instant.now());
        if (!same && version != null) {
            LOG.info("NetBox {} is there.", version);
        } else if (version == null && (!same || before.why().equals("not asked yet"))) {
            LOG.warn("NetBox cannot be used: {}", found.reason());
        }
    }
}
