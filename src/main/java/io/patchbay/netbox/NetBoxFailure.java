package io.patchbay.netbox;

import java.io.IOException;

/** NetBox, or what stands before it, answered in a way that is no answer; the message is for operators. */
final class NetBoxFailure extends IOException {
    NetBoxFailure(String message) {
        super(message);
    }
}
