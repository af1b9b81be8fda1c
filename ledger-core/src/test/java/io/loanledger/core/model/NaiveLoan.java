package io.loanledger.core.model;

import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A loan as a banker would keep it in a notebook: plain figures, overwritten in place, and the arithmetic of the rules' first
 * paragraph. Written from the rules, not from the ledger's code. Interest is exact: figures named {@code scaled} are multiplied by
 * {@link #unit}.
 */
final class NaiveLoan {
    static final BigDecimal ZERO = BigDecimal.ZERO;

    final String id;
    LoanStatus status = LoanStatus.UNKNOWN;
    boolean frozen;

    // the request and its terms
    String product = "";
    BigDecimal asked = ZERO;
    LocalDate requestedOn = LocalDate.EPOCH;
    String debtCode = "";
    String coinCode = "";

    @Nullable
    ProductTerms terms;

    // coin
    BigDecimal deposited = ZERO;
    BigDecimal held = ZERO;
    BigDecimal reserved = ZERO;
    BigDecimal releasing = ZERO;
    BigDecimal sold = ZERO;
    BigDecimal delivered = ZERO;
    BigDecimal released = ZERO;
    BigDecimal reverted = ZERO;
    BigDecimal missing = ZERO;

    // debt
    BigDecimal principal = ZERO;
    BigDecimal interest = ZERO;
    BigDecimal fees = ZERO;
    BigDecimal interestPosted = ZERO;
    BigDecimal principalDays = ZERO;

    @Nullable
    LocalDate accruedTo;

    @Nullable
    LocalDate startedOn;

    // money around it
    BigDecimal clearing = ZERO;
    BigDecimal surplusOwed = ZERO;
    BigDecimal surplusPaying = ZERO;
    BigDecimal deskClaim = ZERO;
    final Map<String, BigDecimal> suspense = new TreeMap<>();

    // what is going on
    final Map<String, Piece> pieces = new LinkedHashMap<>();
    final Map<String, Paid> payments = new LinkedHashMap<>();
    final Map<String, BigDecimal> releases = new LinkedHashMap<>();
    final Map<String, BigDecimal> payouts = new LinkedHashMap<>();
    final Map<String, BigDecimal> returns = new LinkedHashMap<>();
    final Map<String, Sale> closed = new LinkedHashMap<>();
    final Map<String, Memory> memory = new LinkedHashMap<>();
    String payout = "";

    @Nullable
    Call call;

    @Nullable
    Sale sale;

    /** Declined this often in a row, and therefore silent up to that time. */
    int declines;

    @Nullable
    Instant silentUntil;

    int calls;
    int cases;
    int releaseCount;
    int payoutCount;

    NaiveLoan(String id) {
        this.id = id;
    }

    /** A piece of coin; its stage in one word. */
    static final class Piece {
        BigDecimal quantity = ZERO;
        String asset = "";
        String stage = "";

        @Nullable
        Instant detectedAt;

        @Nullable
        Instant lockedAt;
    }

    /** A payment as it was spread. */
    static final class Paid {
        final Spread spread;
        final LocalDate valueDate;
        boolean reversed;

        Paid(Spread spread, LocalDate valueDate) {
            this.spread = spread;
            this.valueDate = valueDate;
        }
    }

    /** Money over fees, interest, principal and surplus. */
    record Spread(BigDecimal fees, BigDecimal interest, BigDecimal principal, BigDecimal surplus) {
        static final Spread NONE = new Spread(ZERO, ZERO, ZERO, ZERO);

        Spread negated() {
            return new Spread(fees.negate(), interest.negate(), principal.negate(), surplus.negate());
        }

        Spread plus(Spread o) {
            return new Spread(
                    fees.add(o.fees), interest.add(o.interest), principal.add(o.principal), surplus.add(o.surplus));
        }

        BigDecimal total() {
            return fees.add(interest).add(principal).add(surplus);
        }

        @Override
        public String toString() {
            return Tongue.spread(fees, interest, principal, surplus);
        }
    }

    /** An open margin call. */
    record Call(String id, Instant issuedAt, Instant deadline, Instant expiresAt, boolean expired) {}

    /** A liquidation case, open or closed. */
    static final class Sale {
        String id = "";
        String reason = "";
        String mode = "";
        int version = 1;
        BigDecimal reserved = ZERO;
        BigDecimal wanted = ZERO;
        BigDecimal cumQuantity = ZERO;
        BigDecimal cumGross = ZERO;
        BigDecimal cumDeskFees = ZERO;
        BigDecimal fees = ZERO;
        Spread allocated = Spread.NONE;
        BigDecimal measuredAt = ZERO;

        /** Sold beyond what was reserved: coin, proceeds, commission. */
        BigDecimal overQuantity = ZERO;

        BigDecimal overGross = ZERO;
        BigDecimal overFees = ZERO;

        @Nullable
        Instant callDeadline;

        boolean shallNotGrow() {
            return version > 1 && wanted.compareTo(cumQuantity) <= 0;
        }
    }

    void forgetDeclines() {
        declines = 0;
        silentUntil = null;
    }

    /** The piece spoken of last stands last: claimed pieces are credited in this order. */
    void touch(String proof) {
        pieces.put(proof, pieces.remove(proof));
    }

    /** A fact that was applied. */
    record Memory(long digest, Instant seenAt) {}

    // --- arithmetic of the rules
    // ----------------------------------------------------------------------------------------

    ProductTerms bound() {
        if (terms == null) {
            throw new IllegalStateException("no terms");
        }
        return terms;
    }

    CollateralTerms coin() {
        return bound().collateral(coinCode).orElseThrow();
    }

    BigDecimal pledged() {
        return held.subtract(releasing).subtract(missing).max(ZERO);
    }

    BigDecimal free() {
        return held.subtract(releasing).subtract(reserved).subtract(missing).max(ZERO);
    }

    boolean lessThanALot() {
        return pledged().compareTo(coin().lotSize().amount()) < 0;
    }

    boolean debtIsClear() {
        return principal.signum() == 0 && interest.signum() == 0 && fees.signum() == 0;
    }

    BigDecimal postedDebt() {
        return principal.add(interest).add(fees);
    }

    /** The year's parts x the rate's denominator: exact interest is a whole multiple of its inverse. */
    BigDecimal unit() {
        return rateDenominator().multiply(BigDecimal.valueOf(NaiveCalendar.yearOf(dayCount())));
    }

    private DayCount dayCount() {
        return bound().interest().dayCount();
    }

    private BigDecimal rateNumerator() {
        return new BigDecimal(bound().interest().annualRate().numerator());
    }

    private BigDecimal rateDenominator() {
        return new BigDecimal(bound().interest().annualRate().denominator());
    }

    /** Parts of a year from one day of this loan to another: what has run since the payout at the second, less at the first. */
    private BigDecimal parts(LocalDate from, LocalDate to) {
        return BigDecimal.valueOf(
                NaiveCalendar.parts(dayCount(), startedOn, to) - NaiveCalendar.parts(dayCount(), startedOn, from));
    }

    BigDecimal principalDaysThrough(LocalDate day) {
        return accruedTo == null || !day.isAfter(accruedTo)
                ? principalDays
                : principalDays.add(principal.multiply(parts(accruedTo, day)));
    }

    BigDecimal scaledInterestThrough(LocalDate day) {
        return principalDaysThrough(day).multiply(rateNumerator());
    }

    /** The debt over the collateral, by the loan's basis. */
    BigDecimal scaledExposure(LocalDate day) {
        return switch (bound().exposureBasis()) {
            case PRINCIPAL -> principal.multiply(unit());
            case OUTSTANDING -> scaledOutstanding(day);
            case TOTAL_OBLIGATION -> scaledOutstanding(later(day));
        };
    }

    /** The maturity, or a day after it. */
    private LocalDate later(LocalDate day) {
        LocalDate maturity = startedOn.plusDays(bound().termDays());
        return maturity.isAfter(day) ? maturity : day;
    }

    /** What the principal asked for would be as exposure, paid out on the day of the request. */
    BigDecimal scaledPromise() {
        BigDecimal whole = asked.multiply(unit());
        return bound().exposureBasis() == ExposureBasis.TOTAL_OBLIGATION
                ? whole.add(asked.multiply(rateNumerator())
                        .multiply(BigDecimal.valueOf(NaiveCalendar.parts(
                                dayCount(), requestedOn, requestedOn.plusDays(bound().termDays())))))
                : whole;
    }

    /** The exposure after an amount was paid today: spread it, count what principal it repaid. */
    BigDecimal scaledExposureAfter(BigDecimal money, LocalDate today) {
        BigDecimal toInterest = interest.add(interestToPost(today)).max(ZERO);
        BigDecimal toPrincipal =
                money.subtract(fees.max(ZERO)).subtract(toInterest).max(ZERO).min(principal);
        return switch (bound().exposureBasis()) {
            case PRINCIPAL -> principal.subtract(toPrincipal).multiply(unit());
            case OUTSTANDING ->
                scaledOutstanding(today).subtract(money.multiply(unit())).max(ZERO);
            case TOTAL_OBLIGATION ->
                scaledExposure(today)
                        .subtract(money.multiply(unit()))
                        .subtract(
                                toPrincipal.multiply(parts(today, later(today))).multiply(rateNumerator()))
                        .max(ZERO);
        };
    }

    /** What settles the loan on a day. */
    private BigDecimal scaledOutstanding(LocalDate day) {
        return principal
                .add(interest)
                .add(fees)
                .subtract(interestPosted)
                .multiply(unit())
                .add(scaledInterestThrough(day));
    }

    /** What posting through the day would add; may be negative after a back-dated payment. */
    BigDecimal interestToPost(LocalDate day) {
        return scaledInterestThrough(day)
                .divide(unit(), bound().debtAsset().scale(), RoundingMode.HALF_EVEN)
                .subtract(interestPosted);
    }

    void post(BigDecimal amount, LocalDate through) {
        principalDays = principalDaysThrough(through);
        if (accruedTo == null || through.isAfter(accruedTo)) {
            accruedTo = through;
        }
        interest = interest.add(amount);
        interestPosted = interestPosted.add(amount);
    }

    /** Money in (positive) or out (negative) with its value date; the days since the date are corrected exactly. */
    void apply(Spread spread, LocalDate valueDate) {
        fees = fees.subtract(spread.fees());
        interest = interest.subtract(spread.interest());
        changePrincipal(spread.principal().negate(), valueDate);
        surplusOwed = surplusOwed.add(spread.surplus());
    }

    void changePrincipal(BigDecimal change, LocalDate valueDate) {
        if (accruedTo == null) {
            accruedTo = valueDate;
        }
        if (valueDate.isAfter(accruedTo)) {
            principalDays = principalDaysThrough(valueDate);
            accruedTo = valueDate;
        } else {
            principalDays = principalDays.add(change.multiply(parts(valueDate, accruedTo)));
        }
        principal = principal.add(change);
    }

    /** The waterfall over posted balances. */
    Spread waterfall(BigDecimal money) {
        BigDecimal left = money;
        BigDecimal toFees = left.min(fees.max(ZERO));
        left = left.subtract(toFees);
        BigDecimal toInterest = left.min(interest.max(ZERO));
        left = left.subtract(toInterest);
        BigDecimal toPrincipal = left.min(principal);
        return new Spread(toFees, toInterest, toPrincipal, left.subtract(toPrincipal));
    }

    /** Collateral value that counts, of a quantity at a price. */
    BigDecimal value(BigDecimal quantity, BigDecimal price) {
        var haircut = coin().haircut();
        // Haircuts of the test products are decimal fractions, so that the division is exact.
        BigDecimal counted = BigDecimal.ONE.subtract(
                new BigDecimal(haircut.numerator()).divide(new BigDecimal(haircut.denominator())));
        return quantity.multiply(price).multiply(counted);
    }

    /** Compares scaledExposure / (value x unit) with a limit; nothing of worth under a debt is infinite. */
    int compareLtv(BigDecimal scaledExposure, BigDecimal value, io.loanledger.core.money.Fraction limit) {
        if (value.signum() == 0) {
            return scaledExposure.signum() > 0 ? 1 : -1;
        }
        BigDecimal left = scaledExposure.multiply(new BigDecimal(limit.denominator()));
        return left.compareTo(value.multiply(unit()).multiply(new BigDecimal(limit.numerator())));
    }
}
