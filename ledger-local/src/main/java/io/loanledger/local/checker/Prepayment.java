package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a payment costs that comes before its day.
 *
 * @param freeFromDay days after the payout; 0 for never
 */
record Prepayment(Ratio rate, int freeFromDay) {
    static @Nullable Prepayment read(@Nullable GenericRecord record) {
        return record == null
                ? null
                : new Prepayment(Terms.rate(record, "feeRate"), Terms.number(record, "freeFromDay", 0));
    }

    /** On a payment valued on a day: what the lender asks for is free, and so is what comes late. */
    private boolean isDue(Loan loan, int day) {
        Integer maturity = loan.maturity();
        Call call = loan.call;
        return loan.status == Loan.Status.ACTIVE
                && (maturity == null || day < maturity)
                && (freeFromDay == 0 || day < loan.startedOn + freeFromDay)
                && loan.sale == null
                && (call == null || call.is(Call.Stage.WITHDRAWN));
    }

    /** Of what would pay principal that is not due: of the most money that fits into the payment with its own fee. */
    BigDecimal of(Loan loan, BigDecimal payment, int day) {
        if (!isDue(loan, day)) {
            return BigDecimal.ZERO;
        }
        int places = loan.terms().debtScale();
        BigInteger fits = BigInteger.ZERO;
        BigInteger tooMuch = payment.setScale(places).unscaledValue().add(BigInteger.ONE);
        while (tooMuch.subtract(fits).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = fits.add(tooMuch).shiftRight(1);
            BigDecimal money = new BigDecimal(middle, places);
            if (money.add(fee(loan, money)).compareTo(payment) <= 0) {
                fits = middle;
            } else {
                tooMuch = middle;
            }
        }
        return fee(loan, new BigDecimal(fits, places));
    }

    private BigDecimal fee(Loan loan, BigDecimal money) {
        Spread spread = loan.waterfall(money);
        BigDecimal due = spread.parts().stream().map(Spread.Part::principal).reduce(BigDecimal.ZERO, BigDecimal::add);
        return rate.timesRoundedHalfEven(
                spread.principal().subtract(due), loan.terms().debtScale());
    }
}
