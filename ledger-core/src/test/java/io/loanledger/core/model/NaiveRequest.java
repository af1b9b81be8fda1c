package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveModel.After;
import io.loanledger.core.terms.LineTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;

/** A loan is asked for, bound to terms, and called off. */
final class NaiveRequest {
    private final NaiveLoan loan;
    private final Circumstances now;
    private final NaiveDoor door;
    private final NaiveMargin margin;
    private final List<String> lines;

    NaiveRequest(NaiveLoan loan, Circumstances now, NaiveDoor door, NaiveMargin margin, List<String> lines) {
        this.loan = loan;
        this.now = now;
        this.door = door;
        this.margin = margin;
        this.lines = lines;
    }

    After requested(LoanInput.LoanRequested fact) {
        door.checkSize(fact.principal().amount());
        if (fact.firstDraw() != null) {
            door.checkSize(fact.firstDraw());
        }
        refuseIf(loan.status != LoanStatus.UNKNOWN, Refusal.ALREADY_REQUESTED);
        loan.status = LoanStatus.REQUESTED;
        loan.product = fact.productId();
        loan.asked = fact.principal().amount();
        loan.hasFirstDraw = fact.firstDraw() != null;
        loan.lent = loan.hasFirstDraw ? fact.firstDraw() : loan.asked;
        loan.requestedOn = fact.head().occurredAt().atZone(ZoneOffset.UTC).toLocalDate();
        loan.debtCode = fact.principal().asset();
        loan.coinCode = fact.collateralAsset();
        Object first = loan.hasFirstDraw ? loan.lent : Tongue.NONE;
        lines.add(Tongue.line("LoanRequested", fact.borrowerId(), fact.productId(), loan.asked, first));
        return After.OTHER;
    }

    After cancelled() {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        if (loan.status == LoanStatus.REQUESTED) {
            cancel();
        } else if (loan.status == LoanStatus.ISSUED) {
            if (loan.payout.equals("INSTRUCTED")) {
                margin.stopPayout();
            }
        } else {
            refuseIf(loan.status != LoanStatus.ACTIVE, Refusal.WRONG_STATUS);
            loan.line.cancelled();
        }
        return After.OTHER;
    }

    private void cancel() {
        loan.status = LoanStatus.CANCELLED;
        lines.add("LoanCancelled");
    }

    /** To the newest terms of the product that was asked for, once there are some. */
    void bindIfPossible() {
        if (loan.status != LoanStatus.REQUESTED || loan.terms != null) {
            return;
        }
        ProductTerms terms = now.newestTerms(loan.product);
        if (terms == null) {
            return;
        }
        if (cannotServe(terms)) {
            cancel();
            return;
        }
        loan.bind(terms);
        if (loan.paidOut().signum() <= 0) {
            loan.terms = null;
            cancel();
            return;
        }
        lines.add(Tongue.line("TermsBound", loan.product, loan.asked, loan.coinCode));
    }

    private boolean cannotServe(ProductTerms terms) {
        int scale = terms.debtAsset().scale();
        LineTerms line = terms.agreed().line();
        return !terms.debtAsset().code().equals(loan.debtCode)
                || terms.collateral(loan.coinCode).isEmpty()
                || places(loan.asked) > scale
                || (line == null
                        ? loan.hasFirstDraw
                        : places(loan.lent) > scale
                                || loan.lent.compareTo(loan.asked) > 0
                                || loan.lent.compareTo(line.minimumDraw().amount()) < 0);
    }

    private static int places(BigDecimal amount) {
        return amount.stripTrailingZeros().scale();
    }
}
