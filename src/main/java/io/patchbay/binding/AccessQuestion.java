package io.patchbay.binding;

import io.patchbay.ledger.NasClient;
import io.patchbay.line.ReportedLine;

/**
 * One request, as far as the decision needs it; the same whether RADIUS or an operator's {@code explain} asks.
 *
 * @param userName as sent; null when the request names none
 * @param ppp whether the request says that it is a PPP session (Framed-Protocol, NAS-Port-Type, CHAP)
 */
public record AccessQuestion(NasClient nas, String userName, PasswordProof proof, ReportedLine line, boolean ppp) {}
