package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.terms.Charge;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.SalePlan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much to sell: the smallest lot multiple after which the loan, through its own waterfall, charges and haircut, stands at its target;
 * no more than one step may repay; all of it when none is enough, when the plan is to sell all, or when too little debt would be left.
 * One sale sells one coin: with another left to sell, all of it is a step of several.
 *
 * @param mode partial, full, or a step of several
 * @param quantity to sell from now on; zero when the loan stands at its target already
 */
record Sizing(SaleMode mode, Quantity quantity) {

    /** At a price, on a day, as the terms say: of a sale that rests on a ratio. */
    static Sizing of(Loan loan, Quote quote, LocalDate day) {
        return of(loan, quote, day, CaseReason.HARD_LTV);
    }

    /**
     * At a price, on a day, from the coin that is free or reserved and unsold. Interest counts as posted through the day. A sale for a default
     * has one goal, that nothing is owed, whatever the terms say of others.
     */
    static Sizing of(Loan loan, Quote quote, LocalDate day, CaseReason reason) {
        Sale sale = new Sale(loan, quote, day, reason.isDefault());
        LiquidationTerms terms = sale.terms();
        if (sale.isAtTarget()) {
            return new Sizing(SaleMode.PARTIAL, sale.times(BigInteger.ZERO));
        }
        BigInteger lots = sale.lots();
        if (sale.forDefault()) {
            BigInteger need = smallestSufficient(sale, lots);
            return new Sizing(modeOf(sale, need, lots), sale.times(need));
        }
        if (terms.plan() != SalePlan.TO_TARGET) {
            return sale.ofAll();
        }
        BigInteger need = smallestSufficient(sale, lots);
        SaleMode mode = modeOf(sale, need, lots);
        boolean inSteps = terms.closeFactor().compareTo(Fraction.ONE) < 0;
        // One lot is one step, whatever it repays.
        if (inSteps && need.compareTo(BigInteger.ONE) > 0 && !sale.isOneStep(need)) {
            need = largestStep(sale, need);
            mode = SaleMode.INCREMENT;
        }
        return orAllOfIt(sale, mode, need);
    }

    private static SaleMode modeOf(Sale sale, BigInteger need, BigInteger lots) {
        boolean isEnough = need.compareTo(lots) < 0 || (!sale.isOfLastCoin() && sale.suffices(lots));
        return isEnough ? SaleMode.PARTIAL : sale.ofAll().mode();
    }

    /** Of the next coin, when the sale of one before it did not reach its end: all of it if that end is more than the target. */
    static Sizing ofNext(Loan loan, Quote quote, LocalDate day) {
        Sale sale = new Sale(loan, quote, day, false);
        return sale.isAtTarget() ? sale.ofAll() : of(loan, quote, day);
    }

    /** Whether a sale has to go on when all of a coin is sold: the target is not met, or too little debt is left, or all was to be sold. */
    static boolean goesOn(Loan loan, Quote quote, LocalDate day) {
        Sale sale = new Sale(loan, quote, day, false);
        Money left = sale.owed().posted();
        boolean rest = sale.terms().plan() == SalePlan.EVERYTHING
                || left.compareTo(sale.terms().minimumResidualDebt()) < 0;
        return !sale.isAtTarget() || (rest && left.isPositive());
    }

    /** A share of the coin that is pledged, in whole lots and at least one of them, whatever the target. */
    static Sizing ofShare(Loan loan, Fraction share, Quote quote, LocalDate day) {
        Sale sale = new Sale(loan, quote, day, false);
        BigDecimal lot = quote.terms(loan).lotSize().amount();
        BigInteger need = quote.coin(loan)
                .pledged()
                .amount()
                .multiply(new BigDecimal(share.numerator()))
                .divideToIntegralValue(lot.multiply(new BigDecimal(share.denominator())))
                .toBigInteger()
                .max(BigInteger.ONE);
        return orAllOfIt(sale, need.compareTo(sale.lots()) >= 0 ? SaleMode.FULL : SaleMode.INCREMENT, need);
    }

    /** The dust rule: a sale that would leave too little debt sells everything. */
    private static Sizing orAllOfIt(Sale sale, SaleMode mode, BigInteger need) {
        Money least = sale.terms().minimumResidualDebt();
        return mode == SaleMode.FULL || sale.residual(need).compareTo(least) < 0
                ? sale.ofAll()
                : new Sizing(mode, sale.times(need));
    }

    /**
     * A sale of a loan's coin at a price on a day, by the number of lots.
     *
     * @param forDefault whether nothing is to be owed after it
     * @param owed the debt with interest posted through the day
     */
    private record Sale(Loan loan, Quote quote, LocalDate day, boolean forDefault, Debt owed) {
        Sale(Loan loan, Quote quote, LocalDate day, boolean forDefault) {
            this(loan, quote, day, forDefault, loan.debt().postedThrough(quote.clock(), day));
        }

        Fraction target() {
            return forDefault ? Fraction.ZERO : terms().targetLtv();
        }

        LiquidationTerms terms() {
            return loan.terms().terms().liquidation();
        }

        BigInteger lots() {
            return lotsIn(quote.coin(loan).pledged(), quote.terms(loan).lotSize());
        }

        boolean isOfLastCoin() {
            if (!loan.isMixed()) {
                return true;
            }
            Asset sold = quote.terms(loan).asset();
            return loan.coins().stream().noneMatch(coin -> !coin.asset().equals(sold) && hasLots(loan, coin));
        }

        Sizing ofAll() {
            return new Sizing(isOfLastCoin() ? SaleMode.FULL : SaleMode.INCREMENT, times(lots()));
        }

        boolean isAtTarget() {
            return isAtTarget(owed, quote.coin(loan).pledged());
        }

        Quantity times(BigInteger lots) {
            Quantity lot = quote.terms(loan).lotSize();
            return new Quantity(lot.amount().multiply(new BigDecimal(lots)), lot.asset());
        }

        /** What the sale of so many lots pays through the waterfall. */
        private Allocation proceeds(BigInteger lots) {
            return loan.spread(owed, net(lots));
        }

        private Money net(BigInteger lots) {
            Money gross = quote.inDebt(
                    quote.price().multiply(times(lots).amount()),
                    owed.principal().currency());
            Money repayable = owed.posted().max(Money.zero(gross.currency()));
            LiquidationTerms.Charged charged = terms().charges(gross, repayable);
            return gross.minus(charged.fee()).minus(charged.penalty());
        }

        Debt debtAfter(BigInteger lots) {
            return owed.withAllocated(proceeds(lots), quote.clock(), day);
        }

        /** The debt that is left; interest posted too much leaves nothing, not less than that. */
        Money residual(BigInteger lots) {
            Money left = debtAfter(lots).posted();
            return left.max(Money.zero(left.currency()));
        }

        boolean suffices(BigInteger lots) {
            return isAtTarget(debtAfter(lots), quote.coin(loan).pledged().minus(times(lots)));
        }

        /** To the cent when it is the debt that is to go: exact interest is never quite nothing. */
        boolean isAtTarget(Debt debt, Quantity left) {
            return (forDefault || terms().clearsDebt())
                    ? !debt.posted().isPositive()
                    : LoanToValue.of(loan, debt, left, quote, day).isAtOrUnder(terms().targetLtv());
        }

        /** Whether so many lots repay no more than the close factor's share of what is owed. */
        boolean isOneStep(BigInteger lots) {
            Allocation allocation = proceeds(lots);
            Money repaid = allocation.total().minus(allocation.surplus());
            return terms().closeFactor()
                            .compareRatio(repaid.amount(), owed.posted().amount())
                    <= 0;
        }
    }

    /** The largest number of lots, under one that repays too much, that repays no more than one step may; at least one. */
    private static BigInteger largestStep(Sale sale, BigInteger tooMany) {
        BigInteger step = BigInteger.ONE;
        BigInteger over = tooMany;
        while (over.subtract(step).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = step.add(over).shiftRight(1);
            if (sale.isOneStep(middle)) {
                step = middle;
            } else {
                over = middle;
            }
        }
        return step;
    }

    /**
     * The smallest sufficient number of lots, or {@code lots} when fewer do not suffice. The closed form ignores the rounding of proceeds
     * and charges to the cent, tiers, the bound of a charge on debt repaid, and a waterfall that pays principal before its end: it is the
     * first guess.
     */
    private static BigInteger smallestSufficient(Sale sale, BigInteger lots) {
        BigInteger guess = closedForm(sale, lots);
        if (guess == null) {
            return lots;
        }
        return Exposure.fallsSteadily(sale.loan())
                ? LeastNumber.that(sale::suffices, BigInteger.ZERO, lots, guess)
                : smallestByTurns(sale, lots);
    }

    /**
     * Where money pays by turns what lowers the exposure and what does not, the ratio falls and rises by turns: within each turn the first
     * lot, the last one or one between them is the least that suffices.
     */
    private static BigInteger smallestByTurns(Sale sale, BigInteger lots) {
        BigInteger from = BigInteger.ZERO;
        List<Money> turns = Waterfall.turns(
                sale.loan().waterfall(), sale.owed(), sale.loan().servicing().dues());
        for (Money turn : turns) {
            BigInteger low = from;
            BigInteger beyond = LeastNumber.that(n -> sale.net(n).compareTo(turn) > 0, low, lots, low);
            BigInteger found = smallestWithin(sale, low.add(BigInteger.ONE), beyond.subtract(BigInteger.ONE));
            if (found != null) {
                return found;
            }
            if (beyond.compareTo(lots) >= 0 || sale.suffices(beyond)) {
                return beyond;
            }
            from = beyond;
        }
        BigInteger found = smallestWithin(sale, from.add(BigInteger.ONE), lots);
        return found == null ? lots : found;
    }

    /** Of lots whose proceeds end in one place of the waterfall; null if none of them suffices. */
    private static @Nullable BigInteger smallestWithin(Sale sale, BigInteger first, BigInteger last) {
        if (first.compareTo(last) > 0) {
            return null;
        }
        if (sale.suffices(first)) {
            return first;
        }
        return sale.suffices(last) ? LeastNumber.that(sale::suffices, first, last, last) : null;
    }

    /**
     * With X the exposure over target x value, k the share of proceeds kept after the charges, c the share of coin that counts, A what the
     * waterfall pays before principal and b what a unit of principal lowers the exposure by, the value to sell is
     * V = (X + A x (b - 1)) / (b x k - L x c), or V = X / (k - L x c) when that is less; A x b where paying A lowers nothing. On the
     * outstanding basis b is 1, and without a haircut V = (D - L x C) / ((1 - f) - L). Null when selling does not bring the ratio down.
     */
    private static @Nullable BigInteger closedForm(Sale sale, BigInteger lots) {
        Loan loan = sale.loan();
        Fraction target = sale.target();
        LoanToValue ltv = LoanToValue.of(loan, sale.quote(), sale.day());
        Exposure.Relief relief =
                Exposure.relief(loan.terms(), loan.debt(), sale.quote().clock(), sale.day());
        BigDecimal excess = ltv.excessOver(target);
        BigDecimal ahead = relief.ahead()
                .amount()
                .multiply(new BigDecimal(
                        ltv.factor().multiply(target.denominator()).multiply(relief.excessOverAhead())));
        BigDecimal dividend = excess.multiply(new BigDecimal(relief.under())).add(ahead);
        BigInteger guess = lotsWorth(sale, ltv.factor(), dividend, relief.over(), relief.under());
        if (guess == null) {
            return null;
        }
        if (relief.aheadCounts() && !relief.over().equals(relief.under())) {
            BigInteger early = lotsWorth(sale, ltv.factor(), excess, BigInteger.ONE, BigInteger.ONE);
            guess = early == null ? guess : guess.min(early);
        }
        return guess.max(BigInteger.ONE).min(lots);
    }

    /** dividend / (over/under x k - L x c) in lots, rounded up; null when selling does not bring the ratio down. */
    private static @Nullable BigInteger lotsWorth(
            Sale sale, BigInteger factor, BigDecimal dividend, BigInteger over, BigInteger under) {
        Fraction target = sale.target();
        Fraction kept = kept(sale.terms());
        Fraction ofCoin = sale.quote().terms(sale.loan()).haircut().complement();
        Fraction ofBook =
                Fraction.ofDecimal(BigDecimal.ONE.subtract(sale.quote().addOn()));
        Fraction counted = new Fraction(
                ofCoin.numerator().multiply(ofBook.numerator()),
                ofCoin.denominator().multiply(ofBook.denominator()));
        BigInteger share = kept.numerator()
                .multiply(target.denominator())
                .multiply(counted.denominator())
                .multiply(over)
                .subtract(target.numerator()
                        .multiply(counted.numerator())
                        .multiply(kept.denominator())
                        .multiply(under));
        if (share.signum() <= 0) {
            return null;
        }
        BigDecimal perLot = sale.quote()
                .price()
                .multiply(sale.quote().terms(sale.loan()).lotSize().amount())
                .multiply(sale.quote().debtPlaces());
        BigInteger inQuote = factor.divide(sale.quote().debtUnits());
        return dividend.multiply(new BigDecimal(kept.denominator().multiply(counted.denominator())))
                .divide(new BigDecimal(inQuote.multiply(share)).multiply(perLot), 0, RoundingMode.CEILING)
                .toBigInteger();
    }

    /** (1 - rates on the sold value) / (1 + rates on the debt repaid): what a unit of proceeds repays. */
    private static Fraction kept(LiquidationTerms terms) {
        Fraction afterFees = terms.ratesOn(Charge.Base.SOLD_VALUE).complement();
        Fraction onDebt = terms.ratesOn(Charge.Base.DEBT_REPAID);
        return new Fraction(
                afterFees.numerator().multiply(onDebt.denominator()),
                afterFees.denominator().multiply(onDebt.denominator().add(onDebt.numerator())));
    }

    /** Whether at least a lot of a coin is pledged. */
    static boolean hasLots(Loan loan, Collateral coin) {
        return lotsIn(coin.pledged(), loan.terms().collateralTerms(coin.asset()).lotSize())
                        .signum()
                > 0;
    }

    static BigInteger lotsIn(Quantity quantity, Quantity lot) {
        return quantity.isPositive()
                ? quantity.amount().divideToIntegralValue(lot.amount()).toBigInteger()
                : BigInteger.ZERO;
    }
}
