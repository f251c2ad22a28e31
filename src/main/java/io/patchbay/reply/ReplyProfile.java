package io.patchbay.reply;

import io.patchbay.binding.Binding;
import io.patchbay.binding.DenialReason;
import io.patchbay.radius.AttributeWriter;

/**
 * A vendor's reply profile, compiled: appends the attributes of a reply, in the order of the file. Every method throws
 * {@link io.patchbay.radius.PacketTooLongException} when a text of the ledger (a pool's name) is longer than an attribute
 * holds, or the packet is full.
 */
public final class ReplyProfile {
    private final String vendor;
    private final ReplyEntry[] grant;
    private final ReplyEntry[] quarantine;
    private final ReplyEntry[] reject;

    ReplyProfile(String vendor, ReplyEntry[] grant, ReplyEntry[] quarantine, ReplyEntry[] reject) {
        this.vendor = vendor;
        this.grant = grant;
        this.quarantine = quarantine;
        this.reject = reject;
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

    private static void write(ReplyEntry[] entries, AttributeWriter out, ReplyFacts facts) {
        for (ReplyEntry entry : entries) {
            entry.write(out, facts);
        }
    }
}
