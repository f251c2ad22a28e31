package io.patchbay.api;

import java.util.List;

/** Ends a request with a problem. It carries no stack trace: it is an answer, not a fault. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.of(400, detail));
    }

    public static ProblemException badRequest(String detail, List<String> errors) {
        return new ProblemException(Problem.of(400, detail, errors));
    }

    public static ProblemException notFound(String detail) {
        return new ProblemException(Problem.of(404, detail));
    }

    public static ProblemException conflict(String detail) {
        return new ProblemException(Problem.of(409, detail));
    }

    /** What fits the contract, but not the ledger. */
    public static ProblemException unprocessable(String detail) {
        return new ProblemException(Problem.of(422, detail));
    }

    public Problem problem() {
        return problem;
    }
}
