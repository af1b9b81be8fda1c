package io.loanledger.streams.task;

import io.loanledger.core.loan.Decision;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanDecider;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexState;
import io.loanledger.streams.Facts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Loans as the core makes them, without a topology. */
final class LoansForTests {
    private LoansForTests() {}

    /** 1 BTC against 5,000 USD at 10,000, disbursed at {@code at}. The circumstances know the terms and are left with that price. */
    static Loan active(String loanId, Instant at, TaskCircumstances circumstances) {
        return active(loanId, at, "5000.00", circumstances);
    }

    /** The same with another principal. */
    static Loan active(String loanId, Instant at, String principal, TaskCircumstances circumstances) {
        circumstances.at(at.toEpochMilli());
        circumstances.take(
                new IndexPrice(Facts.MARKET, 1, 0, at, new BigDecimal("10000"), IndexState.LIVE, "", 3, List.of()),
                at.toEpochMilli());
        Loan loan = Loan.unknown(loanId);
        loan = told(
                loan,
                new LoanInput.LoanRequested(
                        head("1", at), "alice", Facts.PRODUCT, new Stated(new BigDecimal(principal), "USD"), "BTC"),
                circumstances);
        loan = told(
                loan,
                new LoanInput.CollateralLocked(head("2", at), "coin", new Stated(new BigDecimal("1.00000000"), "BTC")),
                circumstances);
        loan = told(loan, new LoanInput.ClaimGranted("coin"), circumstances);
        loan = told(
                loan,
                new LoanInput.DisbursementConfirmed(
                        head("3", at),
                        Objects.requireNonNull(loan.disbursement()).disbursementId(),
                        new Stated(new BigDecimal(principal), "USD")),
                circumstances);
        if (loan.status() != LoanStatus.ACTIVE) {
            throw new IllegalStateException("not active but " + loan);
        }
        return loan;
    }

    private static Loan told(Loan loan, LoanInput input, TaskCircumstances circumstances) {
        return switch (LoanDecider.decide(loan, input, circumstances)) {
            case Decision.Accepted accepted -> accepted.steps().getLast().after();
            case Decision.Refused refused -> throw new IllegalStateException(refused.toString());
            case Decision.Repeated repeated -> throw new IllegalStateException("repeated");
        };
    }

    private static FactHead head(String eventId, Instant at) {
        return new FactHead(eventId, at, "test", 1, at);
    }
}
