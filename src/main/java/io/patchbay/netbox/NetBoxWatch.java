package io.patchbay.netbox;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks now and then whether NetBox is there, so that health and log tell it although nobody needs it just now. */
public final class NetBoxWatch implements Processor {
    private static final String UNASKED = "not asked yet";
    private static final Logger LOG = LoggerFactory.getLogger(NetBoxWatch.class);

    /**
     * What was found the last time.
     *
     * @param version of the NetBox that answers; null while none does
     * @param why what is wrong; null when nothing is. With a version: it answers, but is not prepared
     * @param since when it began to answer, or not to
     */
    public record State(String version, String why, Instant since) {
        public boolean isReachable() {
            return version != null;
        }
    }

    private final NetBox netBox;
    private boolean prepared;
    private volatile State state = new State(null, UNASKED, Instant.now());

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
        NetBoxOutcome<Capabilities> found = netBox.status();
        String why = found.reason();
        if (found.isDone() && !prepared) {
            NetBoxOutcome<Prepared> preparing = netBox.prepare();
            prepared = preparing.isDone();
            why = preparing.reason();
        }
        note(found.isDone() ? found.orElseThrow().version() : null, why);
    }

    private void note(String version, String why) {
        State before = state;
        boolean same = before.isReachable() == (version != null);
        state = new State(version, why, same ? before.since() : Instant.now());
        if (why != null
                && !why.equals(before.why())
                && (!same || before.why() == null || before.why().equals(UNASKED))) {
            LOG.warn("NetBox cannot be used: {}", why);
        } else if (why == null && before.why() != null) {
            LOG.info("NetBox {} is there.", version);
        }
    }
}
