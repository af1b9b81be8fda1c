package io.loanledger.core.loan;

import io.loanledger.core.terms.InterestTerms;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * How interest runs between two days, whatever the kind of rate. {@link Debt} knows the principal, a clock knows the rate; their product is
 * all there is of interest.
 */
sealed interface RateClock {
    /** Of a loan whose terms say everything. */
    static RateClock of(InterestTerms terms, Rates rates) {
        return new ByTerms(terms);
    }

    InterestTerms terms();

    /**
     * Interest of a unit of principal from one day to another, in units of {@link InterestTerms#factor factor} / {@link InterestTerms#divisor
     * divisor}: a whole number. Negative when the other lies before the one: weights add up, weight(a, b) + weight(b, c) = weight(a, c).
     *
     * @param startedOn the value date of the disbursement, from which some day counts count
     */
    BigDecimal weight(LocalDate startedOn, LocalDate from, LocalDate to);

    /** A rate that the terms state: a day weighs its units of the day count. */
    record ByTerms(InterestTerms terms) implements RateClock {
        /** Both counted from the start of the loan: not the units from one to the other, which 30/360 counts otherwise. */
        @Override
        public BigDecimal weight(LocalDate startedOn, LocalDate from, LocalDate to) {
            return BigDecimal.valueOf(terms.dayCount().unitsBetween(startedOn, to)
                    - terms.dayCount().unitsBetween(startedOn, from));
        }
    }
}
