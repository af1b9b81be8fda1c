package io.loanledger.core.loan;

import io.loanledger.core.money.Money;
import io.loanledger.core.terms.PrepaymentTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Objects;

/**
 * The fee on principal that a borrower repays before it is due. It is taken out of the payment itself: 1,000.00 at 2 % are 980.39 and the 19.61
 * of them. What the lender asked for, by a call or a case, is free.
 */
final class PrepaymentFee {
    private PrepaymentFee() {}

    /** Of a payment that would be spread now; zero where it bears none. */
    static Money of(Loan loan, Money payment, LocalDate valueDate) {
        PrepaymentTerms terms = loan.terms().terms().agreed().prepayment();
        if (terms == null || !isBorne(loan, terms, valueDate)) {
            return Money.zero(payment.currency());
        }
        int scale = payment.amount().scale();
        Money most = terms.feeOf(payment);
        BigInteger tooMuch = LeastNumber.that(
                smallest -> {
                    Money money = money(smallest, payment);
                    return money.plus(on(loan, terms, money)).compareTo(payment) > 0;
                },
                BigInteger.ZERO,
                payment.amount().unscaledValue().add(BigInteger.ONE),
                payment.minus(most).amount().setScale(scale).unscaledValue());
        return on(loan, terms, money(tooMuch.subtract(BigInteger.ONE), payment));
    }

    private static boolean isBorne(Loan loan, PrepaymentTerms terms, LocalDate valueDate) {
        LocalDate maturity = loan.maturity();
        MarginCall call = loan.marginCall();
        return loan.status() == LoanStatus.ACTIVE
                && (maturity == null || valueDate.isBefore(maturity))
                && !terms.isFreeOn(valueDate, Objects.requireNonNull(loan.debt().startedOn()))
                && loan.openCase() == null
                && (call == null || call.stage() == MarginCall.Stage.WITHDRAWN);
    }

    /** The fee on what of this money would pay principal that is not due. */
    private static Money on(Loan loan, PrepaymentTerms terms, Money money) {
        Allocation paid = loan.spread(money);
        Money undue = paid.principal();
        for (Part part : paid.parts()) {
            undue = undue.minus(part.principal());
        }
        return terms.feeOf(undue);
    }

    private static Money money(BigInteger smallest, Money like) {
        return new Money(new BigDecimal(smallest, like.amount().scale()), like.currency());
    }
}
