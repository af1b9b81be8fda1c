package io.loanledger.core.loan;

import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.RateCurve;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How interest runs between two days, whatever the kind of rate. {@link Debt} knows the principal, a clock knows the rate; their product is
 * all there is of interest.
 */
sealed interface RateClock {
    /** How far a rate that is not fixed yet is taken to rise, at most, while a trigger key holds: 5 percentage points. */
    BigDecimal HEADROOM = new BigDecimal("0.05");

    static RateClock of(InterestTerms terms, Rates rates) {
        return switch (terms.rate()) {
            case Rate.Annual annual -> terms.isPlain() ? new Plain(terms) : new Stated(terms);
            case Rate.Stepped stepped -> new Stated(terms);
            case Rate.Referenced referenced -> new Fixed(terms, referenced, rates);
        };
    }

    /** How a loan's interest runs, and what its days of default cost. */
    static RateClock of(Loan loan, Rates rates) {
        return of(loan.terms().terms().interest(), rates).withDefaults(loan);
    }

    /** As an event of the loan told it: {@link #told(InterestTerms, BigDecimal)}. */
    static RateClock told(Loan loan, @Nullable BigDecimal accrual) {
        return told(loan.terms().terms().interest(), accrual).withDefaults(loan);
    }

    private RateClock withDefaults(Loan loan) {
        DefaultTerms onDefault = loan.terms().terms().agreed().onDefault();
        Defaults defaults = loan.servicing().defaults();
        return onDefault == null || !onDefault.charges() || defaults.equals(Defaults.NONE)
                ? this
                : new InDefault(this, defaults, onDefault.margin());
    }

    /**
     * As an event told it: its {@code accrual} where the terms do not say the rate.
     *
     * @throws IllegalStateException if it is not told
     */
    static RateClock told(InterestTerms terms, @Nullable BigDecimal accrual) {
        if (!(terms.rate() instanceof Rate.Referenced)) {
            return of(terms, Rates.NONE);
        }
        if (accrual == null) {
            throw new IllegalStateException("an event of a loan at " + terms.rate() + " does not say what it accrued");
        }
        return new Told(terms, accrual);
    }

    InterestTerms terms();

    /**
     * Simple interest of a unit of principal from one day to another, in units of {@link InterestTerms#factor factor} /
     * {@link InterestTerms#divisor divisor}. Negative when the other lies before the one: weight(a, b) + weight(b, c) = weight(a, c).
     *
     * @param startedOn the value date of the disbursement, from which some day counts count
     */
    BigDecimal weight(LocalDate startedOn, LocalDate from, LocalDate to);

    /** What a unit of debt grows to from the start of a loan to a day, where interest compounds. */
    BigDecimal growth(LocalDate startedOn, LocalDate to);

    /** Units of the days of default from one day to another, negative backwards, as {@link #weight} counts days. */
    default long unitsOfDefault(LocalDate startedOn, LocalDate from, LocalDate to) {
        return 0;
    }

    /** What a year of default costs on top, as a share of principal. */
    default BigDecimal margin() {
        return BigDecimal.ZERO;
    }

    /** Whether an event has to tell how the rate ran, because the terms do not. */
    default boolean isTold() {
        return false;
    }

    /** Whether there is a rate at all. */
    default boolean isKnown() {
        return true;
    }

    /** This clock for trigger keys: what is not fixed yet runs faster by {@link #HEADROOM} after a day. */
    default RateClock ahead(LocalDate today) {
        return this;
    }

    /** One rate, simple: a day weighs its units of the day count. */
    record Plain(InterestTerms terms) implements RateClock {
        /** Both counted from the start of the loan: not the units from one to the other, which 30/360 counts otherwise. */
        @Override
        public BigDecimal weight(LocalDate startedOn, LocalDate from, LocalDate to) {
            return BigDecimal.valueOf(terms.dayCount().unitsBetween(startedOn, to)
                    - terms.dayCount().unitsBetween(startedOn, from));
        }

        @Override
        public BigDecimal growth(LocalDate startedOn, LocalDate to) {
            throw new IllegalStateException("simple interest does not grow");
        }
    }

    /** Rates that the terms state. */
    record Stated(InterestTerms terms) implements RateClock {
        @Override
        public BigDecimal weight(LocalDate startedOn, LocalDate from, LocalDate to) {
            return RateCurve.stated(terms, startedOn).weight(from, to);
        }

        @Override
        public BigDecimal growth(LocalDate startedOn, LocalDate to) {
            return RateCurve.stated(terms, startedOn).growth(startedOn, to);
        }
    }

    /** Rates that fixings say. */
    record Fixed(InterestTerms terms, Rate.Referenced rate, Rates rates) implements RateClock {
        RateCurve curve() {
            return rates.series(rate.rateId()).curve(terms);
        }

        @Override
        public BigDecimal weight(LocalDate startedOn, LocalDate from, LocalDate to) {
            return curve().weight(from, to);
        }

        @Override
        public BigDecimal growth(LocalDate startedOn, LocalDate to) {
            return curve().growth(startedOn, to);
        }

        @Override
        public boolean isTold() {
            return true;
        }

        @Override
        public boolean isKnown() {
            return !rates.series(rate.rateId()).isEmpty();
        }

        @Override
        public RateClock ahead(LocalDate today) {
            return new Ahead(this, today);
        }
    }

    /** Rates that fixings say, and what they may rise to. Only for keys. */
    record Ahead(Fixed known, LocalDate today) implements RateClock {
        @Override
        public InterestTerms terms() {
            return known.terms();
        }

        @Override
        public BigDecimal weight(LocalDate startedOn, LocalDate from, LocalDate to) {
            LocalDate split = split(from, to);
            return known.weight(startedOn, from, split)
                    .add(known.curve()
                            .weightAbove(split, to, HEADROOM, known.rate().highest()));
        }

        @Override
        public BigDecimal growth(LocalDate startedOn, LocalDate to) {
            LocalDate split = split(startedOn, to);
            return known.growth(startedOn, split)
                    .multiply(known.curve()
                            .growthAbove(split, to, HEADROOM, known.rate().highest()));
        }

        /** From here on the rate may rise. */
        private LocalDate split(LocalDate from, LocalDate to) {
            LocalDate open = today.isBefore(from) ? from : today;
            return open.isBefore(to) ? open : to;
        }
    }

    /** Any of them, of a loan that was in default. */
    record InDefault(RateClock contract, Defaults defaults, BigDecimal margin) implements RateClock {
        @Override
        public InterestTerms terms() {
            return contract.terms();
        }

        @Override
        public BigDecimal weight(LocalDate startedOn, LocalDate from, LocalDate to) {
            return contract.weight(startedOn, from, to);
        }

        @Override
        public BigDecimal growth(LocalDate startedOn, LocalDate to) {
            return contract.growth(startedOn, to);
        }

        @Override
        public long unitsOfDefault(LocalDate startedOn, LocalDate from, LocalDate to) {
            return defaults.unitsBetween(terms().dayCount(), startedOn, from, to);
        }

        @Override
        public boolean isTold() {
            return contract.isTold();
        }

        @Override
        public boolean isKnown() {
            return contract.isKnown();
        }

        @Override
        public RateClock ahead(LocalDate today) {
            return new InDefault(contract.ahead(today), defaults, margin);
        }
    }

    /** What one event says, of the one day that it is about. */
    record Told(InterestTerms terms, BigDecimal accrual) implements RateClock {
        @Override
        public BigDecimal weight(LocalDate startedOn, LocalDate from, LocalDate to) {
            return accrual;
        }

        @Override
        public BigDecimal growth(LocalDate startedOn, LocalDate to) {
            return accrual;
        }
    }
}
