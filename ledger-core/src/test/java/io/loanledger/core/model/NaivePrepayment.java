package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveLoan.ZERO;

import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.terms.PrepaymentTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** The fee on principal that is repaid before it is due, found inside of a payment. */
final class NaivePrepayment {
    private final NaiveLoan loan;

    NaivePrepayment(NaiveLoan loan) {
        this.loan = loan;
    }

    /** Of a payment that is about to be spread, interest through its day posted: the rest of it is what pays. */
    BigDecimal feeOf(BigDecimal payment, LocalDate valueDate) {
        if (isFree(valueDate)) {
            return ZERO;
        }
        int scale = loan.bound().debtAsset().scale();
        long fits = 0;
        long tooMuch = payment.movePointRight(scale).longValueExact() + 1;
        while (tooMuch - fits > 1) {
            long middle = fits + (tooMuch - fits) / 2;
            BigDecimal pays = BigDecimal.valueOf(middle, scale);
            if (pays.add(feeOn(pays)).compareTo(payment) <= 0) {
                fits = middle;
            } else {
                tooMuch = middle;
            }
        }
        return feeOn(BigDecimal.valueOf(fits, scale));
    }

    private boolean isFree(LocalDate valueDate) {
        PrepaymentTerms terms = loan.bound().agreed().prepayment();
        if (terms == null || loan.status != LoanStatus.ACTIVE || loan.sale != null) {
            return true;
        }
        LocalDate maturity = loan.maturity();
        boolean isDue = maturity != null && !valueDate.isBefore(maturity);
        boolean isLate =
                terms.freeFromDay() > 0 && !valueDate.isBefore(loan.debt.startedOn.plusDays(terms.freeFromDay()));
        boolean isAskedFor = loan.call != null && !loan.call.is("WITHDRAWN");
        return isDue || isLate || isAskedFor;
    }

    /** The fee on what of this would repay principal that no instalment asks for. */
    private BigDecimal feeOn(BigDecimal pays) {
        NaiveSpread spread = loan.debt.waterfall(pays);
        BigDecimal early = spread.principal();
        for (NaiveSpread.Part part : spread.parts().values()) {
            early = early.subtract(part.principal());
        }
        PrepaymentTerms terms = loan.bound().agreed().prepayment();
        return early.multiply(new BigDecimal(terms.feeRate().numerator()))
                .divide(
                        new BigDecimal(terms.feeRate().denominator()),
                        loan.bound().debtAsset().scale(),
                        RoundingMode.HALF_EVEN);
    }
}
