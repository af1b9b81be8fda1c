package io.loanledger.core.loan;

import io.loanledger.core.money.Money;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The debt that stands in a loan-to-value ratio, as one function of the loan: issue, call, sale, trigger keys, top-up, repayment to cure and
 * quantity to sell all ask it. Exact; amounts are multiplied by the interest's {@linkplain InterestTerms#divisor divisor}.
 */
final class Exposure {
    private Exposure() {}

    /** Of a debt on a day. */
    static BigDecimal timesDivisor(ProductTerms terms, Debt debt, RateClock clock, LocalDate day) {
        return switch (terms.exposureBasis()) {
            case PRINCIPAL ->
                debt.principal()
                        .amount()
                        .multiply(new BigDecimal(terms.interest().divisor()));
            case OUTSTANDING -> debt.outstandingTimesDivisor(clock, day);
            case TOTAL_OBLIGATION -> debt.outstandingTimesDivisor(clock, lastDay(terms, debt, day));
        };
    }

    /**
     * A principal that is not paid out, as a debt. Its term counts from the day of the request, as the day of the payout is not known: so it
     * does not move while the loan waits.
     */
    static Debt contingent(Loan loan, RateClock clock, LocalDate requestedOn) {
        ProductTerms terms = loan.terms().terms();
        return Debt.none(terms.debtAsset()).withPrincipalChanged(loan.terms().principal(), clock, requestedOn);
    }

    /**
     * The last day on which the exposure is still what it is on {@code day}, or null when no day changes it. A falling key drawn for
     * {@code day} holds through it.
     */
    static @Nullable LocalDate holdsThrough(ProductTerms terms, Debt debt, LocalDate day) {
        if (terms.interest().neverAccrues()) {
            return null;
        }
        return switch (terms.exposureBasis()) {
            case PRINCIPAL -> null;
            case OUTSTANDING -> day;
            case TOTAL_OBLIGATION -> lastDay(terms, debt, day);
        };
    }

    /**
     * How money that a loan takes on a day lowers its exposure.
     *
     * @param ahead what the waterfall pays before principal
     * @param aheadCounts whether paying that lowers the exposure by as much, or not at all
     * @param over numerator of what a unit of principal repaid lowers it by: over one when interest of the term goes with it
     * @param under denominator of that
     */
    record Relief(Money ahead, boolean aheadCounts, BigInteger over, BigInteger under) {
        /**
         * The money that lowers the exposure by X is (X x under + ahead x this) / over: ahead comes on top where it lowers nothing, and else
         * only as far as principal lowers more than it does.
         */
        BigInteger excessOverAhead() {
            return aheadCounts ? over.subtract(under) : over;
        }
    }

    static Relief relief(ProductTerms terms, Debt debt, RateClock clock, LocalDate day) {
        InterestTerms interest = terms.interest();
        Money zero = Money.zero(debt.principal().currency());
        Money due = debt.interest().plus(debt.interestToPost(clock, day));
        Money ahead = debt.fees().max(zero).plus(due.max(zero));
        BigInteger under = interest.divisor();
        return switch (terms.exposureBasis()) {
            case PRINCIPAL -> new Relief(ahead, false, under, under);
            case OUTSTANDING -> new Relief(ahead, true, under, under);
            case TOTAL_OBLIGATION -> {
                BigDecimal weight = debt.weight(clock, day, lastDay(terms, debt, day));
                BigInteger saved = interest.factor().multiply(weight.toBigIntegerExact());
                yield new Relief(ahead, true, under.add(saved), under);
            }
        };
    }

    /** The day through which a total obligation counts interest. */
    private static LocalDate lastDay(ProductTerms terms, Debt debt, LocalDate day) {
        LocalDate maturity = Objects.requireNonNull(terms.maturityOf(Objects.requireNonNull(debt.startedOn())));
        return day.isAfter(maturity) ? day : maturity;
    }
}
