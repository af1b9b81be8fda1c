package io.loanledger.core.loan;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a loan without anybody having asked its rules: a broken invariant takes it out of the business, two operators
 * bring it back or have a record set aside. Pure, like {@link LoanDecider}; the events are folded by {@link LoanEvolution} like any.
 */
public final class LoanOperations {
    /** The reason of an amendment that takes back what is not sold yet, because the loan's own figures cannot be trusted. */
    static final String QUARANTINED = "QUARANTINED";

    private LoanOperations() {}

    /**
     * Takes a sound loan out of the business, on the state that it had before the input that broke the invariant. What an open case
     * has not sold yet is taken back: {@link #caseWithdrawn}.
     */
    public static Decision.Accepted quarantined(Loan loan, LoanEvent.LoanQuarantined event) {
        return new Decision.Accepted(List.of(step(loan, event)));
    }

    /**
     * As {@link #quarantined}, followed by the amendment that shrinks an open case to what is sold. The reservation itself stays until
     * the liquidation processor has said what it can no longer take back, as after a compliance hold.
     *
     * @throws IllegalStateException if the broken state does not bear an amendment either: then the case is left to people
     */
    public static Decision.Accepted caseWithdrawn(Loan loan, LoanEvent.LoanQuarantined event) {
        List<Decision.Step> steps = new ArrayList<>(quarantined(loan, event).steps());
        LiquidationCase open = loan.openCase();
        if (open != null && open.wanted().compareTo(open.cumQuantity()) > 0) {
            steps.add(step(
                    steps.getFirst().after(),
                    new LoanEvent.LiquidationAmended(
                            open.caseId(), open.version() + 1, open.mode(), open.cumQuantity(), QUARANTINED, null)));
        }
        return new Decision.Accepted(steps);
    }

    /** Sets a record aside; with {@code lifted} the quarantine that it had caused ends with it. */
    public static Decision.Accepted skipped(Loan loan, LoanEvent.RecordSkipped skipped, boolean lifted) {
        List<Decision.Step> steps = new ArrayList<>(List.of(step(loan, skipped)));
        if (lifted) {
            steps.add(step(
                    steps.getFirst().after(),
                    new LoanEvent.QuarantineLifted(
                            skipped.skipId(), skipped.firstOperator(), skipped.secondOperator(), skipped.reason())));
        }
        return new Decision.Accepted(steps);
    }

    /** Nothing is decided for a quarantined loan; its inputs are kept, and prices and time pass it by. */
    static Decision whileQuarantined(Quarantine quarantine, LoanInput input) {
        return switch (input) {
            case LoanInput.PriceObserved observed -> new Decision.Accepted(List.of());
            case LoanInput.TimePassed passed -> new Decision.Accepted(List.of());
            case LoanInput.Fact fact -> held(quarantine);
            case LoanInput.ClaimGranted granted -> held(quarantine);
            case LoanInput.ClaimDenied denied -> held(quarantine);
            case LoanInput.CrossDefaulted crossed -> held(quarantine);
            case LoanInput.LiquidationDeclined declined -> held(quarantine);
            case LoanInput.AmendmentAcknowledged acknowledged -> held(quarantine);
            case LoanInput.LiquidationSettled settled -> held(quarantine);
        };
    }

    /** The answer to an input of a quarantined loan: it changes nothing, and its bytes are to be kept. */
    public static Decision.Refused held(Quarantine quarantine) {
        return new Decision.Refused(
                Refusal.LOAN_QUARANTINED,
                "%s, since %s-%d@%d"
                        .formatted(
                                quarantine.invariant(),
                                quarantine.topic(),
                                quarantine.partition(),
                                quarantine.offset()));
    }

    private static Decision.Step step(Loan loan, LoanEvent event) {
        return new Decision.Step(event, LoanEvolution.evolve(loan, event));
    }
}
