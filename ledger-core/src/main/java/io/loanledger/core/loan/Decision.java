package io.loanledger.core.loan;

import java.util.List;

/** The answer to one input. */
public sealed interface Decision {
    /**
     * One event and the loan after it.
     *
     * @param event what happened
     * @param after the loan with the event folded in
     */
    record Step(LoanEvent event, Loan after) {}

    /** Taken: the events in order; none when the input changes nothing. */
    record Accepted(List<Step> steps) implements Decision {
        public Accepted {
            steps = List.copyOf(steps);
        }
    }

    /** Refused by the business; nothing changes. */
    record Refused(Refusal refusal, String detail) implements Decision {}

    /** The same fact changed the loan before; nothing changes. */
    record Repeated() implements Decision {}
}
