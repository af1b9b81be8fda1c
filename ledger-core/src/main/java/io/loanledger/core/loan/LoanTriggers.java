package io.loanledger.core.loan;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.RateSeries;
import io.loanledger.core.terms.Rung;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * At which prices and when a loan wants to be visited. Keys err on the side of visiting early; the exact evaluation decides.
 *
 * <p>A key is a price in units of 10^-8 of the quote currency, saturating. Falling keys use the debt at the end of the key's
 * horizon and round up; rising keys the debt now and round down.
 *
 * @param market whose prices; null when no price can matter
 * @param fallingKey visit at a price key at or under it; {@link #NEVER_FALLING} for none
 * @param risingKey visit at a price key at or over it; {@link #NEVER_RISING} for none
 * @param decideAt {@link LoanInput.TimePassed} is due once task time is strictly after it; null for none
 * @param keysValidUntil from task time strictly after it the falling key is too low and has to be drawn anew; null while the
 *     exposure does not grow
 * @param further the same keys of every other market whose price decides about the loan; none for most loans
 */
public record LoanTriggers(
        @Nullable String market,
        long fallingKey,
        long risingKey,
        @Nullable Instant decideAt,
        @Nullable Instant keysValidUntil,
        List<MarketKeys> further) {
    public static final int KEY_SCALE = 8;

    /** Nobody asks for keys that hold longer. */
    public static final int LONGEST_HORIZON_DAYS = 30;

    public static final long NEVER_FALLING = Long.MIN_VALUE;
    public static final long NEVER_RISING = Long.MAX_VALUE;

    /** At any price: for a loan that only waits for the market to open. */
    static final long ANY_PRICE = Long.MAX_VALUE;

    static final long ANY_RISING = Long.MIN_VALUE + 1;

    /** Over every ratio. */
    static final Fraction ANY_LEVEL = new Fraction(BigInteger.TWO.pow(512), BigInteger.ONE);

    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    /**
     * The keys of one more market. While every market of a loan stays on its side of its keys nothing can happen to the loan.
     *
     * @param market whose prices
     * @param fallingKey as {@link LoanTriggers#fallingKey}
     * @param risingKey as {@link LoanTriggers#risingKey}
     */
    public record MarketKeys(String market, long fallingKey, long risingKey) {
        public boolean hasFalling() {
            return fallingKey != NEVER_FALLING;
        }

        public boolean hasRising() {
            return risingKey != NEVER_RISING;
        }
    }

    public LoanTriggers {
        further = List.copyOf(further);
    }

    /** Of a loan that one market decides about. */
    public LoanTriggers(
            @Nullable String market,
            long fallingKey,
            long risingKey,
            @Nullable Instant decideAt,
            @Nullable Instant keysValidUntil) {
        this(market, fallingKey, risingKey, decideAt, keysValidUntil, List.of());
    }

    /** As {@link #of(Loan, Rates, Prices, Instant, int)}, of a loan of one market whose rate its terms state. */
    public static LoanTriggers of(Loan loan, Instant taskTime, int horizonDays) {
        return of(loan, Rates.NONE, Prices.NONE, taskTime, horizonDays);
    }

    /** As {@link #of(Loan, Rates, Prices, Instant, int)}, by all that a task knows. */
    public static LoanTriggers of(Loan loan, Circumstances now, Instant taskTime, int horizonDays) {
        return of(loan, now, now, taskTime, horizonDays);
    }

    /**
     * The triggers of a loan as it stands.
     *
     * @param rates the rates that terms name
     * @param prices where the markets stand, for a loan that several decide about
     * @param taskTime the ledger's clock; today is its UTC date
     * @param horizonDays how many days ahead the falling key shall hold; 0 for today only
     */
    public static LoanTriggers of(Loan loan, Rates rates, Prices prices, Instant taskTime, int horizonDays) {
        if (loan.quarantine() != null) {
            return new LoanTriggers(null, NEVER_FALLING, NEVER_RISING, null, null);
        }
        Instant decideAt = Deadlines.next(loan, taskTime);
        if (loan.position() == null) {
            return new LoanTriggers(null, NEVER_FALLING, NEVER_RISING, decideAt, null);
        }
        LocalDate today = Draft.dateOf(taskTime);
        LocalDate lastDay = today.isBefore(LAST_DAY) ? today.plusDays(horizonDays) : today;
        RateClock clock = RateClock.of(loan, rates);
        if (loan.isMixed()) {
            return SafeZone.of(loan, clock, prices, taskTime, lastDay, decideAt);
        }
        if (DebtMarket.isPriced(loan)) {
            return DebtZone.of(loan, clock, prices, taskTime, lastDay, decideAt);
        }
        // At a price of one the ratio gives the price at which it stands at a limit.
        Quote atOne = new Quote(BigDecimal.ONE, clock);
        long falling = fallingKey(loan, new Quote(BigDecimal.ONE, atOne.clock().ahead(today)), taskTime, lastDay);
        // What is stabilised has no key while the debt is under it; as the debt grows it gets one.
        boolean judged = (falling != NEVER_FALLING || StabilisedRules.isStabilised(loan))
                && falling != ANY_PRICE
                && loan.status() == LoanStatus.ACTIVE
                && loan.openCase() == null;
        return new LoanTriggers(
                loan.market(),
                falling,
                risingKey(loan, atOne, taskTime, today),
                decideAt,
                judged ? validUntil(loan, lastDay) : null);
    }

    /** The end of the last day on which the exposure is what it is on this one; null if it does not grow. */
    static @Nullable Instant validUntil(Loan loan, LocalDate lastDay) {
        LocalDate holdsThrough = Exposure.holdsThrough(loan, lastDay);
        return holdsThrough == null
                ? null
                : holdsThrough
                        .plusDays(1)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .minusNanos(1);
    }

    /**
     * Whether keys of loans under these terms, drawn by former fixings, are too low once their rate has another value from some day on
     * that is not over yet: it makes their rate higher than the keys allow for.
     */
    public static boolean isOutrun(InterestTerms terms, RateSeries former, BigDecimal value, LocalDate today) {
        if (!(terms.rate() instanceof Rate.Referenced referenced) || former.isEmpty()) {
            return false;
        }
        BigDecimal lowest = former.curve(terms).lowestFrom(today.minusDays(LONGEST_HORIZON_DAYS + 1));
        return referenced.at(value).subtract(lowest).compareTo(RateClock.HEADROOM) > 0;
    }

    private static long fallingKey(Loan loan, Quote atOne, Instant taskTime, LocalDate lastDay) {
        long key = ownFallingKey(loan, atOne, taskTime, lastDay);
        return loan.status() == LoanStatus.ACTIVE ? Math.max(key, drawFallingKey(loan, atOne, taskTime, lastDay)) : key;
    }

    /** A draw on its way is stopped at the first limit, as if it were owed from today. */
    private static long drawFallingKey(Loan loan, Quote atOne, Instant taskTime, LocalDate lastDay) {
        if (loan.draws().instructed().isEmpty()) {
            return NEVER_FALLING;
        }
        Debt debt = DrawRules.debtWithPending(loan, atOne.clock(), Draft.dateOf(taskTime));
        return key(
                LoanToValue.of(loan, debt, loan.collateral().pledged(), atOne, lastDay),
                loan.terms().terms().firstLimit().ltv(),
                true);
    }

    private static long ownFallingKey(Loan loan, Quote atOne, Instant taskTime, LocalDate lastDay) {
        if (loan.status() == LoanStatus.ACTIVE && loan.openCase() != null) {
            return caseKey(loan, loan.openCase());
        }
        if (loan.status() == LoanStatus.ACTIVE && !loan.debt().isClear() && StabilisedRules.isStabilised(loan)) {
            return loan.waitsAt(taskTime)
                    ? NEVER_FALLING
                    : stabilisedFallingKey(loan, LoanToValue.of(loan, atOne, lastDay));
        }
        Fraction limit = fallingLimit(loan, taskTime);
        if (limit == null || limit.isZero()) {
            return limit == null ? NEVER_FALLING : ANY_PRICE;
        }
        return key(ratio(loan, atOne, lastDay), limit, true);
    }

    /** An open case grows at a new low of the market in which it sells. */
    static long caseKey(Loan loan, LiquidationCase open) {
        return open.mode() == SaleMode.PARTIAL && !loan.frozen() && !open.isRescinded()
                ? saturated(open.measuredAt(), RoundingMode.CEILING) - 1
                : NEVER_FALLING;
    }

    /** What is compared with a falling limit: of the principal asked for while it is not paid out. */
    static LoanToValue ratio(Loan loan, Quote quote, LocalDate day) {
        return loan.status() == LoanStatus.ISSUED
                ? LoanToValue.ofPrincipal(loan, quote)
                : LoanToValue.of(loan, quote, day);
    }

    /**
     * The lowest limit at which something happens to a loan without an open case when its ratio rises; zero if something does at any price,
     * null if nothing does.
     */
    static @Nullable Fraction fallingLimit(Loan loan, Instant taskTime) {
        return switch (loan.status()) {
            case UNKNOWN, REQUESTED, SHORTFALL, REPAID, CANCELLED, CLOSED -> null;
            case ISSUED -> {
                Disbursement disbursement = loan.disbursement();
                yield disbursement != null && disbursement.stage() == Disbursement.Stage.INSTRUCTED
                        ? loan.terms().terms().firstLimit().ltv()
                        : null;
            }
            case ACTIVE -> loan.debt().isClear() ? null : activeLimit(loan, taskTime);
        };
    }

    private static @Nullable Fraction activeLimit(Loan loan, Instant taskTime) {
        boolean waits = loan.waitsAt(taskTime);
        MarginCall call = loan.marginCall();
        boolean sellable = !waits && !loan.frozen() && Valuation.hasLots(loan);
        if (DefaultRules.isToBeSold(loan)) {
            return sellable ? Fraction.ZERO : null;
        }
        if (call != null && call.expired() && sellable) {
            return Fraction.ZERO;
        }
        Fraction limit =
                sellable ? loan.terms().terms().liquidation().threshold().ltv() : null;
        if (sellable) {
            limit = lower(limit, nextRung(loan, Rung.Action.SELL, loan.reached()));
        }
        if (!waits) {
            limit = lower(limit, nextRung(loan, Rung.Action.CALL, nextCallAbove(call)));
            limit = lower(limit, nextNotice(loan));
        }
        if (call != null && call.healedSince() != null) {
            limit = lower(limit, MarginRules.cureLtv(loan, call)); // over it the dwell ends
        }
        return limit;
    }

    /** The rung above which the ratio calls: any without a call, none while its clock stands or is over. */
    private static int nextCallAbove(@Nullable MarginCall call) {
        if (call == null) {
            return 0;
        }
        return switch (call.stage()) {
            case RUNNING, WITHDRAWN -> call.rung();
            case DISPUTED, EXPIRED -> Integer.MAX_VALUE;
        };
    }

    private static @Nullable Fraction nextRung(Loan loan, Rung.Action action, int above) {
        Ladder ladder = MarginRules.ladder(loan);
        int next = above >= ladder.rungs().size() ? 0 : ladder.next(action, above);
        return next == 0 ? null : ladder.rung(next).threshold().ltv();
    }

    private static @Nullable Fraction nextNotice(Loan loan) {
        Ladder ladder = MarginRules.ladder(loan);
        int next = ladder.next(Rung.Action.NOTICE, MarginRules.silentUpTo(loan));
        return next == 0 || next > MarginRules.noticesUnder(loan)
                ? null
                : ladder.rung(next).threshold().ltv();
    }

    private static @Nullable Fraction lower(@Nullable Fraction one, @Nullable Fraction other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Coin that came since is sold at the hard limit; without coin only debt that has come up to what is stabilised matters. */
    private static long stabilisedFallingKey(Loan loan, LoanToValue ratio) {
        if (loan.frozen()) {
            return NEVER_FALLING;
        }
        if (DefaultRules.isToBeSold(loan)) {
            return Valuation.hasLots(loan) || !StabilisedRules.isBuying(loan) ? ANY_PRICE : NEVER_FALLING;
        }
        if (Valuation.hasLots(loan)) {
            return key(ratio, loan.terms().terms().liquidation().threshold().ltv(), true);
        }
        return StabilisedRules.isBuying(loan) ? NEVER_FALLING : key(ratio, Fraction.ONE, true);
    }

    private static long risingKey(Loan loan, Quote atOne, Instant taskTime, LocalDate today) {
        Fraction level = risingLevel(loan, atOne.clock(), taskTime);
        if (level == null || level.equals(ANY_LEVEL)) {
            return level == null ? NEVER_RISING : ANY_RISING;
        }
        return key(risen(loan, atOne, today), level, false);
    }

    /** What is compared with a rising level: of the principal asked for before the loan is issued. */
    static LoanToValue risen(Loan loan, Quote quote, LocalDate today) {
        return loan.status() == LoanStatus.REQUESTED
                ? LoanToValue.ofPrincipal(loan, quote)
                : LoanToValue.of(loan, quote, today);
    }

    /** The highest level at or under which something happens to a loan; {@link #ANY_LEVEL} if something does at any price, null for none. */
    static @Nullable Fraction risingLevel(Loan loan, RateClock clock, Instant taskTime) {
        if (loan.status() == LoanStatus.REQUESTED && !loan.frozen() && loan.isSecured()) {
            return clock.isKnown() ? loan.terms().openLtv() : null; // the first fixing makes the loan due
        }
        if (loan.status() != LoanStatus.ACTIVE
                || loan.openCase() != null
                || (loan.isMixed() && !loan.isSecured())
                || loan.debt().isClear()) {
            return null;
        }
        MarginCall call = loan.marginCall();
        Fraction level = loan.reached() == 0
                ? null
                : loan.terms().terms().ladder().rung(loan.reached()).level();
        if (call != null && isCurable(loan, call, taskTime)) {
            Instant dwellEnd = Deadlines.dwellEnd(loan);
            if (dwellEnd != null && taskTime.isAfter(dwellEnd)) {
                return ANY_LEVEL; // the market was closed at its end
            }
            if (dwellEnd == null) {
                Fraction cure = MarginRules.cureLtv(loan, call);
                level = level == null || cure.compareTo(level) > 0 ? cure : level;
            }
        }
        return level;
    }

    /** Whether a price alone can end the call; at any price that sells, no rising one is waited for. */
    private static boolean isCurable(Loan loan, MarginCall call, Instant taskTime) {
        boolean settledAtAnyPrice = Valuation.hasLots(loan) && !loan.waitsAt(taskTime);
        return !call.expired() || (!loan.frozen() && !settledAtAnyPrice);
    }

    /**
     * The price at which the ratio stands exactly at the limit: exposure / (counted quantity x limit). The ratio at a price of one
     * gives both.
     */
    private static long key(LoanToValue atOne, Fraction limit, boolean falling) {
        BigDecimal perUnit = atOne.denominator().subtract(atOne.fixed());
        BigDecimal dividend = atOne.numerator()
                .multiply(new BigDecimal(limit.denominator()))
                .subtract(atOne.fixed().multiply(new BigDecimal(limit.numerator())));
        if (perUnit.signum() <= 0) {
            boolean kept = atOne.fixed().signum() > 0 && dividend.signum() < 0;
            if (!falling) { // over-posted interest outweighs the debt: without coin, too, it stands at every level
                return dividend.signum() <= 0 ? ANY_RISING : NEVER_RISING;
            }
            return kept ? NEVER_FALLING : ANY_PRICE;
        }
        if (dividend.signum() <= 0 && atOne.fixed().signum() > 0) {
            return falling ? NEVER_FALLING : 0; // What is stabilised keeps the limit without the coin.
        }
        BigDecimal divisor = perUnit.multiply(new BigDecimal(limit.numerator()));
        RoundingMode rounding = falling ? RoundingMode.CEILING : RoundingMode.FLOOR;
        return saturated(dividend.divide(divisor, KEY_SCALE, rounding), rounding);
    }

    static long saturated(BigDecimal price, RoundingMode rounding) {
        BigInteger unscaled = price.setScale(KEY_SCALE, rounding).unscaledValue();
        return unscaled.bitLength() > 62 ? Long.MAX_VALUE - 1 : unscaled.longValueExact();
    }
}
