package io.patchbay.binding;

/** Why a request is not granted, as a word for programs and a sentence for the operator at night. */
public enum DenialReason {
    WRONG_PASSWORD("The password is not the subscriber's."),
    NO_PROOF("The request carries no password, and this NAS may not have subscribers identified by their line."),
    PROOF_NEEDS_CLEARTEXT("CHAP and MS-CHAPv2 need a sealed clear-text password; only a hash is stored."),
    EAP_NOT_SUPPORTED("EAP is not offered; configure PAP, CHAP or MS-CHAPv2 on the NAS."),
    UNKNOWN_USER("No service has this user name."),
    UNKNOWN_LINE("No service lives on the reported line."),
    AMBIGUOUS_LINE("The reported line matches more than one line; make its identifiers unique in their access node."),
    LINE_MISMATCH("The request came over another line than the service's."),
    LINE_NOT_REPORTED("The policy enforces the line, but the request does not name one."),
    VLAN_MISMATCH("The reported VLANs are not those of the service."),
    NOT_ACTIVE("The service is not active yet, or was terminated."),
    SUSPENDED("The service is suspended."),
    EXPIRED("The service has expired."),
    SESSION_LIMIT("The service has as many sessions as its plan allows.");

    private final String sentence;

    DenialReason(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
