package io.loanledger.core.loan;

import io.loanledger.core.loan.LoanTriggers.MarketKeys;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.DebtPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The triggers of a loan whose debt has a price: a band of the coin's price p and one of the debt's d, inside which nothing can happen to it.
 *
 * <p>The ratio is proportional to d / p. With s = ratio / limit under 1 nothing happens while p is over p x (1 + s) / 2 and d is under
 * d x (1 + s) / 2s: their quotient then is under d / p / s. With r = ratio / level over 1 the other two edges are p x (1 + r) / 2 and
 * d x (1 + r) / 2r. No roots, and of both bands about half of the way is left. A debt floored at 1 stands at 1 however far its price falls.
 */
final class DebtZone {
    private static final BigDecimal TWO = BigDecimal.TWO;

    private final Loan loan;
    private final Prices prices;
    private final DebtPrice debt;
    private final String coin;

    private DebtZone(Loan loan, Prices prices) {
        this.loan = loan;
        this.prices = prices;
        this.debt = Objects.requireNonNull(DebtMarket.terms(loan));
        this.coin = loan.terms().market();
    }

    static LoanTriggers of(
            Loan loan,
            RateClock clock,
            Prices prices,
            Instant taskTime,
            LocalDate lastDay,
            @Nullable Instant decideAt) {
        DebtZone zone = new DebtZone(loan, prices);
        if (loan.status() == LoanStatus.ACTIVE && loan.openCase() != null) {
            return zone.ofCase(LoanTriggers.caseKey(loan, loan.openCase()), decideAt);
        }
        Fraction limit = LoanTriggers.fallingLimit(loan, taskTime);
        Fraction level = LoanTriggers.risingLevel(loan, clock, taskTime);
        boolean grows = limit != null && !limit.isZero() && loan.status() == LoanStatus.ACTIVE;
        Instant validUntil = grows ? LoanTriggers.validUntil(loan, lastDay) : null;
        if (!DebtMarket.isOpen(loan, prices)) {
            return zone.toReopen(limit != null, level != null, decideAt, validUntil);
        }
        LocalDate today = Draft.dateOf(taskTime);
        Edges falling = limit == null
                ? null
                : zone.edges(LoanTriggers.ratio(loan, zone.quote(clock.ahead(today)), lastDay), limit);
        Edges rising = level == null ? null : zone.edges(LoanTriggers.risen(loan, zone.quote(clock), today), level);
        return zone.triggers(
                new MarketKeys(
                        zone.coin,
                        falling == null ? LoanTriggers.NEVER_FALLING : falling.coinFalling(),
                        rising == null ? LoanTriggers.NEVER_RISING : rising.coinRising()),
                new MarketKeys(
                        zone.debt.market(),
                        rising == null ? LoanTriggers.NEVER_FALLING : rising.debtFalling(zone.debt),
                        falling == null ? LoanTriggers.NEVER_RISING : falling.debtRising()),
                decideAt,
                validUntil);
    }

    private Quote quote(RateClock clock) {
        IndexPrice index = Objects.requireNonNull(prices.price(coin));
        return new Quote(
                LoanToValue.priceOf(index), clock, null, List.of(), prices.addOn(coin), DebtMarket.index(loan, prices));
    }

    /** An open case grows at a new low of the coin, and at no price of the debt alone. */
    private LoanTriggers ofCase(long key, @Nullable Instant decideAt) {
        return key == LoanTriggers.NEVER_FALLING || DebtMarket.isOpen(loan, prices)
                ? triggers(new MarketKeys(coin, key, LoanTriggers.NEVER_RISING), null, decideAt, null)
                : toReopen(true, false, decideAt, null);
    }

    /** The first open price of a closed market has the loan looked at. */
    private LoanTriggers toReopen(
            boolean falling, boolean rising, @Nullable Instant decideAt, @Nullable Instant validUntil) {
        return triggers(
                toReopen(coin, falling, rising), toReopen(debt.market(), rising, falling), decideAt, validUntil);
    }

    private MarketKeys toReopen(String market, boolean falling, boolean rising) {
        IndexPrice index = prices.price(market);
        boolean waits = index == null || index.price() == null || !index.state().isOpen();
        return new MarketKeys(
                market,
                waits && falling ? LoanTriggers.ANY_PRICE : LoanTriggers.NEVER_FALLING,
                waits && rising ? LoanTriggers.ANY_RISING : LoanTriggers.NEVER_RISING);
    }

    private LoanTriggers triggers(
            MarketKeys ofCoin, @Nullable MarketKeys ofDebt, @Nullable Instant decideAt, @Nullable Instant validUntil) {
        boolean matters = ofDebt != null && (ofDebt.hasFalling() || ofDebt.hasRising());
        return new LoanTriggers(
                coin,
                ofCoin.fallingKey(),
                ofCoin.risingKey(),
                decideAt,
                validUntil,
                matters ? List.of(Objects.requireNonNull(ofDebt)) : List.of());
    }

    private Edges edges(LoanToValue ratio, Fraction limit) {
        DebtIndex index = Objects.requireNonNull(ratio.quote().debt());
        return new Edges(
                ratio.quote().counted(),
                index.measure(),
                ratio.numerator().multiply(new BigDecimal(limit.denominator())),
                ratio.denominator().multiply(new BigDecimal(limit.numerator())),
                limit.isZero(),
                limit.equals(LoanTriggers.ANY_LEVEL));
    }

    /**
     * Where the bands end.
     *
     * @param price of the coin, as it counts
     * @param measure of the debt
     * @param part of the ratio to the limit
     * @param whole the ratio is part / whole of the limit
     * @param always whether something happens at any price
     * @param anyLevel likewise, of a level
     */
    private record Edges(
            BigDecimal price, BigDecimal measure, BigDecimal part, BigDecimal whole, boolean always, boolean anyLevel) {
        private boolean isMet() {
            return always || part.compareTo(whole) >= 0;
        }

        long coinFalling() {
            if (isMet()) {
                return LoanTriggers.ANY_PRICE;
            }
            return whole.signum() <= 0 // over-posted interest outweighs the debt, and no price gives a value to nothing
                    ? LoanTriggers.NEVER_FALLING
                    : key(price.multiply(part.add(whole)), whole.multiply(TWO), RoundingMode.CEILING);
        }

        /** Where something happens at any price, it does at any of either market. */
        long debtRising() {
            if (always || (isMet() && part.signum() > 0)) {
                return LoanTriggers.ANY_RISING;
            }
            return part.signum() <= 0
                    ? LoanTriggers.NEVER_RISING
                    : key(measure.multiply(part.add(whole)), part.multiply(TWO), RoundingMode.FLOOR);
        }

        long coinRising() {
            if (anyLevel || part.compareTo(whole) <= 0) {
                return LoanTriggers.ANY_RISING;
            }
            return whole.signum() <= 0
                    ? LoanTriggers.NEVER_RISING
                    : key(price.multiply(part.add(whole)), whole.multiply(TWO), RoundingMode.FLOOR);
        }

        long debtFalling(DebtPrice terms) {
            if (anyLevel || part.compareTo(whole) <= 0) {
                return LoanTriggers.ANY_PRICE;
            }
            if (whole.signum() <= 0) {
                return LoanTriggers.NEVER_FALLING;
            }
            BigDecimal dividend = measure.multiply(part.add(whole));
            BigDecimal divisor = part.multiply(TWO);
            return terms.flooredAtPeg() && dividend.compareTo(divisor) < 0
                    ? LoanTriggers.NEVER_FALLING
                    : key(dividend, divisor, RoundingMode.CEILING);
        }

        private static long key(BigDecimal dividend, BigDecimal divisor, RoundingMode rounding) {
            return LoanTriggers.saturated(dividend.divide(divisor, LoanTriggers.KEY_SCALE, rounding), rounding);
        }
    }
}
