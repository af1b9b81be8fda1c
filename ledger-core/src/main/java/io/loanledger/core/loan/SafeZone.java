package io.loanledger.core.loan;

import io.loanledger.core.loan.LoanTriggers.MarketKeys;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.price.IndexPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The triggers of a loan that several markets decide about: one band a market, inside which nothing can happen to the loan whatever the
 * others do inside theirs. Leaving a band has the loan looked at, and a new zone is drawn from where the markets stand then.
 *
 * <p>With E the exposure at the end of the horizon, V the value now and L the lowest limit, nothing happens while the value is over E/L = r x V.
 * It is while every price is over r times what it is now: so the falling key of a price p is p x E / (L x V), rounded up. The rising one
 * is p x E / (L x V) with the exposure of today and the highest level L, rounded down. Of one market alone p / V is a constant, and the key
 * that of {@link LoanTriggers}.
 *
 * <p>Where the loan stands at its limit already, or under its level, and nobody has looked at it since, there is no zone: any price of any
 * of its markets has it looked at.
 *
 * <p>A loan is judged only while all its markets are open. While one is not, its first open price, whatever it is, has the loan looked at, and
 * the markets that are open do not.
 */
final class SafeZone {
    private final Loan loan;
    private final RateClock clock;
    private final Prices prices;
    private final Instant taskTime;
    private final LocalDate lastDay;
    private final List<String> markets;

    private SafeZone(Loan loan, RateClock clock, Prices prices, Instant taskTime, LocalDate lastDay) {
        this.loan = loan;
        this.clock = clock;
        this.prices = prices;
        this.taskTime = taskTime;
        this.lastDay = lastDay;
        this.markets = Basket.markets(loan);
    }

    static LoanTriggers of(
            Loan loan,
            RateClock clock,
            Prices prices,
            Instant taskTime,
            LocalDate lastDay,
            @Nullable Instant decideAt) {
        SafeZone zone = new SafeZone(loan, clock, prices, taskTime, lastDay);
        if (loan.openCase() != null) {
            return triggers(loan, zone.keysOfCase(loan.openCase()), decideAt, null);
        }
        Fraction limit = LoanTriggers.fallingLimit(loan, taskTime);
        Fraction level = LoanTriggers.risingLevel(loan, clock, taskTime);
        boolean grows = limit != null && !limit.isZero() && loan.status() == LoanStatus.ACTIVE;
        return triggers(
                loan,
                Basket.isOpen(loan, prices) ? zone.keys(limit, level) : zone.keysToReopen(limit, level),
                decideAt,
                grows ? LoanTriggers.validUntil(loan, lastDay) : null);
    }

    private static LoanTriggers triggers(
            Loan loan, List<MarketKeys> keys, @Nullable Instant decideAt, @Nullable Instant validUntil) {
        String own = loan.market();
        MarketKeys first = null;
        List<MarketKeys> further = new ArrayList<>();
        for (MarketKeys key : keys) {
            if (key.market().equals(own)) {
                first = key;
            } else if (key.hasFalling() || key.hasRising()) {
                further.add(key);
            }
        }
        return new LoanTriggers(
                own,
                first == null ? LoanTriggers.NEVER_FALLING : first.fallingKey(),
                first == null ? LoanTriggers.NEVER_RISING : first.risingKey(),
                decideAt,
                validUntil,
                further);
    }

    private List<MarketKeys> keys(@Nullable Fraction limit, @Nullable Fraction level) {
        IndexPrice newest = Basket.newest(loan, prices);
        LocalDate today = Draft.dateOf(taskTime);
        LoanToValue falling = limit == null
                ? null
                : LoanTriggers.ratio(loan, Basket.quote(loan, newest, prices, clock.ahead(today)), lastDay);
        LoanToValue rising =
                level == null ? null : LoanTriggers.risen(loan, Basket.quote(loan, newest, prices, clock), today);
        List<MarketKeys> keys = new ArrayList<>();
        for (String market : markets) {
            IndexPrice index = Objects.requireNonNull(prices.price(market));
            BigDecimal price = prices.counted(index);
            keys.add(new MarketKeys(market, fallingKey(price, falling, limit), risingKey(price, rising, level)));
        }
        return keys;
    }

    /**
     * A case grows at a new low of the market in which it sells. Once that is lower than the case was measured at, a new low of any other
     * market can make it grow.
     */
    private List<MarketKeys> keysOfCase(LiquidationCase open) {
        long ownKey = LoanTriggers.caseKey(loan, open);
        if (loan.status() != LoanStatus.ACTIVE || ownKey == LoanTriggers.NEVER_FALLING) {
            return List.of();
        }
        String own = Basket.market(loan, loan.coin(open.reserved().asset()));
        if (!Basket.isOpen(loan, prices)) {
            return keysToReopen(Fraction.ZERO, null);
        }
        IndexPrice ownIndex = prices.price(own);
        boolean isLower = ownIndex != null
                && ownIndex.price() != null
                && prices.counted(ownIndex).compareTo(open.measuredAt()) < 0;
        List<MarketKeys> keys = new ArrayList<>();
        keys.add(new MarketKeys(own, ownKey, LoanTriggers.NEVER_RISING));
        for (String market : markets) {
            if (isLower && !market.equals(own)) {
                BigDecimal price = prices.counted(Objects.requireNonNull(prices.price(market)));
                long lower = LoanTriggers.saturated(price, RoundingMode.CEILING) - 1;
                keys.add(new MarketKeys(market, lower, LoanTriggers.NEVER_RISING));
            }
        }
        return keys;
    }

    private static long fallingKey(BigDecimal price, @Nullable LoanToValue ratio, @Nullable Fraction limit) {
        if (ratio == null || limit == null) {
            return LoanTriggers.NEVER_FALLING;
        }
        return ratio.denominator().signum() <= 0 || limit.compareRatio(ratio.numerator(), ratio.denominator()) >= 0
                ? LoanTriggers.ANY_PRICE
                : edge(price, ratio, limit, RoundingMode.CEILING);
    }

    private static long risingKey(BigDecimal price, @Nullable LoanToValue ratio, @Nullable Fraction level) {
        if (ratio == null || level == null) {
            return LoanTriggers.NEVER_RISING;
        }
        return level.equals(LoanTriggers.ANY_LEVEL) || ratio.isAtOrUnder(level)
                ? LoanTriggers.ANY_RISING
                : edge(price, ratio, level, RoundingMode.FLOOR);
    }

    /** price x ratio / limit. */
    private static long edge(BigDecimal price, LoanToValue ratio, Fraction limit, RoundingMode rounding) {
        BigDecimal dividend = price.multiply(ratio.numerator()).multiply(new BigDecimal(limit.denominator()));
        BigDecimal divisor = ratio.denominator().multiply(new BigDecimal(limit.numerator()));
        return LoanTriggers.saturated(dividend.divide(divisor, LoanTriggers.KEY_SCALE, rounding), rounding);
    }

    private List<MarketKeys> keysToReopen(@Nullable Fraction limit, @Nullable Fraction level) {
        List<MarketKeys> keys = new ArrayList<>();
        for (String market : markets) {
            IndexPrice index = prices.price(market);
            boolean isOpen =
                    index != null && index.price() != null && index.state().isOpen();
            keys.add(new MarketKeys(
                    market,
                    isOpen || limit == null ? LoanTriggers.NEVER_FALLING : LoanTriggers.ANY_PRICE,
                    isOpen || level == null ? LoanTriggers.NEVER_RISING : LoanTriggers.ANY_RISING));
        }
        return keys;
    }
}
