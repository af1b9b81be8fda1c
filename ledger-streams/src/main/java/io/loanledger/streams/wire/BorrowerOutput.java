package io.loanledger.streams.wire;

import io.loanledger.core.loan.DefaultReason;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanEvent;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.events.BorrowerLoanDefaulted;
import io.loanledger.events.BorrowerLoanLive;
import io.loanledger.events.BorrowerLoanOver;
import io.loanledger.events.topic.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the claim task is told of a loan whose default is its borrower's. A cross-default is told to nobody: it does not spread, and ends
 * nobody else's.
 */
final class BorrowerOutput {
    /** Before the borrower's id, in the keys of the claim task: no proof begins like that. */
    private static final String KEY = "borrower:";

    private BorrowerOutput() {}

    static List<Outbound> live(Loan after, Instant taskTime) {
        return crosses(after)
                ? one(after, new BorrowerLoanLive(borrowerId(after), after.loanId(), taskTime))
                : List.of();
    }

    static List<Outbound> defaulted(LoanEvent.LoanDefaulted e, Loan after, Instant taskTime) {
        return crosses(after) && isItsOwn(e.reason())
                ? one(after, new BorrowerLoanDefaulted(borrowerId(after), after.loanId(), taskTime))
                : List.of();
    }

    static List<Outbound> ended(LoanEvent.DefaultEnded e, Loan after, Instant taskTime) {
        return isItsOwn(e.reason()) ? live(after, taskTime) : List.of();
    }

    /** Under other terms the loan may have become one of the borrower's others, or have ceased to be. */
    static List<Outbound> amended(Loan before, Loan after, Instant taskTime) {
        if (crosses(before) == crosses(after)) {
            return List.of();
        }
        return crosses(after) ? live(after, taskTime) : over(before, taskTime);
    }

    static List<Outbound> over(Loan after, Instant taskTime) {
        return crosses(after)
                ? one(after, new BorrowerLoanOver(borrowerId(after), after.loanId(), taskTime))
                : List.of();
    }

    private static boolean isItsOwn(DefaultReason reason) {
        return switch (reason) {
            case PAYMENT_DEFAULT, MATURITY, MANUAL -> true;
            case CROSS_DEFAULT -> false;
        };
    }

    private static boolean crosses(Loan loan) {
        DefaultTerms onDefault = loan.terms().terms().agreed().onDefault();
        return onDefault != null && onDefault.cross();
    }

    private static String borrowerId(Loan loan) {
        return Objects.requireNonNull(loan.application(), "a loan that nobody asked for")
                .borrowerId();
    }

    private static List<Outbound> one(Loan loan, SpecificRecord value) {
        return List.of(new Outbound(TopicCatalogue.CLAIM_REQUESTS, KEY + borrowerId(loan), value));
    }
}
