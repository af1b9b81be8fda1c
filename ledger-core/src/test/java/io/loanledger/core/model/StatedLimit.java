package io.loanledger.core.model;

import io.loanledger.core.loan.CaseReason;
import io.loanledger.core.loan.LiquidationCase;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rung;
import org.jspecify.annotations.Nullable;

/** Which limit the evidence of a decision names, as {@code docs/loan-rules.md} says it. */
final class StatedLimit {
    private StatedLimit() {}

    /**
     * Null where the page leaves it open, or where it depends on the ratio.
     *
     * @param before the loan right before the event
     */
    static @Nullable Threshold of(LoanEvent event, LoanInput input, Loan before) {
        if (before.agreement() == null) {
            return null;
        }
        ProductTerms terms = before.terms().terms();
        return switch (event) {
            case LoanEvent.MarginCallIssued e -> rung(terms, e.rung()).threshold();
            case LoanEvent.MarginCallAccelerated e -> rung(terms, e.rung()).threshold();
            case LoanEvent.MarginNoticeIssued e -> rung(terms, e.rung()).threshold();
            case LoanEvent.MarginCallCured e -> callLevel(before);
            case LoanEvent.CureDwellStarted e -> callLevel(before);
            case LoanEvent.CureDwellEnded e -> callLevel(before);
            case LoanEvent.RungsCleared e -> over(rung(terms, before.reached()).level());
            case LoanEvent.LiquidationRequested e -> isNextCoin(input) ? null : ofCase(terms, e.reason(), e.rung());
            case LoanEvent.LiquidationAmended e -> before.coins().size() == 1 ? ofOpen(before) : null;
            default -> null;
        };
    }

    /** The sale of the coin before has just been closed. */
    private static boolean isNextCoin(LoanInput input) {
        return input instanceof LoanInput.LiquidationSettled;
    }

    private static Threshold ofOpen(Loan loan) {
        LiquidationCase open = loan.openCase();
        return ofCase(loan.terms().terms(), open.reason(), open.rung());
    }

    private static Threshold ofCase(ProductTerms terms, CaseReason reason, int rung) {
        return switch (reason) {
            case HARD_LTV ->
                rung == 0 ? terms.liquidation().threshold() : rung(terms, rung).threshold();
            case CALL_EXPIRED -> over(rung(terms, rung).level());
            case PAYMENT_DEFAULT, MATURITY, CROSS_DEFAULT, MANUAL -> Threshold.reaches(Fraction.ZERO);
        };
    }

    private static Threshold callLevel(Loan loan) {
        return over(rung(loan.terms().terms(), loan.marginCall().rung()).level());
    }

    private static Rung rung(ProductTerms terms, int number) {
        return terms.ladder().rungs().get(number - 1);
    }

    private static Threshold over(Fraction level) {
        return new Threshold(level, Threshold.Comparator.EXCEEDS);
    }
}
