package io.patchbay.radius.coa;

/** How a CoA- or Disconnect-Request ended. */
public sealed interface CoaOutcome {
    /** The NAS says that it is done. */
    record Ack() implements CoaOutcome {}

    /**
     * The NAS refuses.
     *
     * @param errorCause Error-Cause (RFC 5176 section 3.5); {@link ErrorCause#UNSAID} when it does not say why
     */
    record Nak(int errorCause) implements CoaOutcome {
        /** {@code 503 Session-Context-Not-Found}. */
        public String cause() {
            return errorCause == ErrorCause.UNSAID ? "no Error-Cause" : ErrorCause.text(errorCause);
        }
    }

    /** Every datagram went out, and none was answered. */
    record NoAnswer() implements CoaOutcome {}

    /** @param reason why nothing could be sent, as a sentence that names the mend */
    record Unsendable(String reason) implements CoaOutcome {}
}
