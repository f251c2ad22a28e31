package io.patchbay.reply;

import io.patchbay.binding.Binding;
import io.patchbay.binding.DenialReason;
import io.patchbay.radius.AttributeWriter;

/**
 * A vendor's reply profile, compiled: appends the attributes of a reply, or of a request that changes or ends a live session,
 * in the order of the file. Every method throws
 * {@link io.patchbay.radius.PacketTooLongException} when a text of the ledger (a pool's name) is longer than an attribute
 * holds, or the packet is full.
 */
public final class ReplyProfile {
    private final String vendor;
    private final ReplyEntry[] grant;
    private final ReplyEntry[] quarantine;
    private final ReplyEntry[] reject;
    /** Null when the vendor cannot change a live session. */
    private final ReplyEntry[] change;

    private final ReplyEntry[] session;
    private final boolean needsGiven;

    ReplyProfile(
            String vendor,
            ReplyEntry[] grant,
            ReplyEntry[] quarantine,
            ReplyEntry[] reject,
            ReplyEntry[] change,
            ReplyEntry[] session,
            boolean needsGiven) {
        this.vendor = vendor;
        this.grant = grant;
        this.quarantine = quarantine;
        this.reject = reject;
        this.change = change;
        this.session = session;
        this.needsGiven = needsGiven;
    }

    /** The name of the profile's file without its ending, which is what a NAS names. */
    public String vendor() {
        return vendor;
    }

    public void grant(AttributeWriter out, Binding binding) {
        write(grant, out, ReplyFacts.of(binding, null));
    }

    /** @param binding null when the line or user is unknown */
    public void quarantine(AttributeWriter out, Binding binding, DenialReason reason) {
        write(quarantine, out, ReplyFacts.of(binding, reason));
    }

    public void reject(AttributeWriter out, DenialReason reason) {
        write(reject, out, ReplyFacts.of(null, reason));
    }

    /** Whether a CoA-Request can give a live session other rates. */
    public boolean canChange() {
        return change != null;
    }

    /** Whether such a request names the rates that the session has had, and so cannot be made where they are unknown. */
    public boolean needsGiven() {
        return needsGiven;
    }

    /** What a CoA-Request changes; nothing when this binding has nothing that the vendor can change in a live session. */
    public void change(AttributeWriter out, Binding binding, SessionFacts facts) {
        if (change != null) {
            write(change, out, ReplyFacts.ofSession(binding, facts));
        }
    }

    /** What identifies the session in a CoA- or Disconnect-Request. */
    public void session(AttributeWriter out, SessionFacts facts) {
        write(session, out, ReplyFacts.ofSession(null, facts));
    }

    private static void write(ReplyEntry[] entries, AttributeWriter out, ReplyFacts facts) {
        for (ReplyEntry entry : entries) {
            entry.write(out, facts);
        }
    }
}
