package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A loan as a clerk keeps it on a card: figures overwritten in place, and the arithmetic of the rules' first paragraph. Days are whole UTC
 * days since 1970, times microseconds since then. Figures named {@code scaled} are multiplied by {@link #unit}. One thread.
 */
final class Loan {
    static final long DAY_MICROS = 86_400_000_000L;
    static final int NO_DAY = Integer.MIN_VALUE;

    /** Where a loan stands, in the order of its life. */
    enum Status {
        UNKNOWN,
        REQUESTED,
        ISSUED,
        ACTIVE,
        SHORTFALL,
        REPAID,
        CANCELLED,
        CLOSED
    }

    final String id;
    Status status = Status.UNKNOWN;
    boolean frozen;

    @Nullable
    Quarantine quarantine;

    String product = "";
    BigDecimal asked = ZERO;
    int requestedOn = NO_DAY;
    String debtCode = "";
    String coinCode = "";
    private @Nullable Product terms;

    BigDecimal deposited = ZERO;
    BigDecimal held = ZERO;
    BigDecimal reserved = ZERO;
    BigDecimal releasing = ZERO;
    BigDecimal sold = ZERO;
    BigDecimal delivered = ZERO;
    BigDecimal released = ZERO;
    BigDecimal reverted = ZERO;
    BigDecimal missing = ZERO;

    BigDecimal principal = ZERO;
    BigDecimal interest = ZERO;
    BigDecimal fees = ZERO;
    BigDecimal interestPosted = ZERO;
    BigDecimal principalDays = ZERO;
    int accruedTo = NO_DAY;
    int startedOn = NO_DAY;

    BigDecimal clearing = ZERO;
    BigDecimal surplusOwed = ZERO;
    BigDecimal surplusPaying = ZERO;
    BigDecimal deskClaim = ZERO;

    Map<String, Piece> pieces = new LinkedHashMap<>(4);
    Map<String, Paid> payments = new HashMap<>(4);
    Map<String, BigDecimal> releases = new HashMap<>(2);
    Map<String, BigDecimal> payouts = new HashMap<>(2);
    /** By proof, what is on its way back of coin that never became collateral. */
    Map<String, BigDecimal> pledgeReturns = new HashMap<>(2);

    Map<String, Sale> closedSales = new LinkedHashMap<>(2);
    Map<String, Seen> seen = new HashMap<>(8);
    boolean payoutAsked;
    CustodyAccount custody = new CustodyAccount();

    @Nullable
    Call call;

    @Nullable
    Sale sale;

    /** The highest rung of a notice or a band that acted and is not forgotten. */
    int reached = Ladder.NONE;

    /** Declines in a row, and the task time through which the loan asks for nothing; 0 when it does not wait. */
    int declines;

    long retryAt;
    int calls;
    int cases;
    int releaseCount;
    int payoutCount;

    Loan(String id) {
        this.id = id;
    }

    // --- terms -------------------------------------------------------------------------------------------------------

    boolean bound() {
        return terms != null;
    }

    void bind(Product product) {
        terms = product;
    }

    Product terms() {
        return Objects.requireNonNull(terms, "no terms");
    }

    Coin coin() {
        return Objects.requireNonNull(terms().coins().get(coinCode), "no such coin");
    }

    /** Up to which money is lent: the coin's own limit, or the product's. */
    Ratio openLimit() {
        Ratio own = coin().openLtv();
        return own == null ? terms().openLtv() : own;
    }

    Said.Amount money(BigDecimal amount) {
        return new Said.Amount(amount, terms().debtAsset(), terms().debtScale());
    }

    Said.Amount coins(BigDecimal amount) {
        return new Said.Amount(amount, coin().asset(), coin().scale());
    }

    Said.Spreading spreading(Spread spread) {
        return new Said.Spreading(spread, terms().debtAsset(), terms().debtScale());
    }

    // --- coin --------------------------------------------------------------------------------------------------------

    BigDecimal pledged() {
        return held.subtract(releasing).subtract(missing).max(ZERO);
    }

    BigDecimal free() {
        return held.subtract(releasing).subtract(reserved).subtract(missing).max(ZERO);
    }

    /** Whether terms are bound that take a piece of coin. */
    boolean canUse(Piece piece) {
        return terms != null
                && piece.asset.equals(coinCode)
                && piece.quantity.stripTrailingZeros().scale() <= coin().scale();
    }

    /** After declines nothing is asked for through the end of the wait. */
    boolean waitsAt(long taskTime) {
        return declines > 0 && taskTime <= retryAt;
    }

    boolean lessThanALot() {
        return pledged().compareTo(coin().lot()) < 0;
    }

    // --- debt --------------------------------------------------------------------------------------------------------

    boolean debtIsClear() {
        return principal.signum() == 0 && interest.signum() == 0 && fees.signum() == 0;
    }

    BigDecimal postedDebt() {
        return principal.add(interest).add(fees);
    }

    /** The parts of a year x the rate's denominator. */
    BigDecimal unit() {
        return terms().annualRate()
                .under()
                .multiply(BigDecimal.valueOf(terms().agreed().year()));
    }

    /** Parts of a year that pass between two days of this loan: its run through the one less its run through the other. */
    BigDecimal parts(int from, int to) {
        Agreed agreed = terms().agreed();
        return BigDecimal.valueOf(agreed.run(startedOn, to) - agreed.run(startedOn, from));
    }

    private BigDecimal principalDaysThrough(int day) {
        return accruedTo == NO_DAY || day <= accruedTo
                ? principalDays
                : principalDays.add(principal.multiply(parts(accruedTo, day)));
    }

    private BigDecimal scaledInterestThrough(int day) {
        return principalDaysThrough(day).multiply(terms().annualRate().over());
    }

    BigDecimal scaledOutstanding(int day) {
        return postedDebt().subtract(interestPosted).multiply(unit()).add(scaledInterestThrough(day));
    }

    BigDecimal scaledExposure(int day) {
        return Exposures.on(this, day);
    }

    /** Half-even of the exact cumulative sum, less what was posted before. */
    BigDecimal interestToPost(int day) {
        return scaledInterestThrough(day)
                .divide(unit(), terms().debtScale(), RoundingMode.HALF_EVEN)
                .subtract(interestPosted);
    }

    void post(BigDecimal amount, int through) {
        principalDays = principalDaysThrough(through);
        if (accruedTo == NO_DAY || through > accruedTo) {
            accruedTo = through;
        }
        interest = interest.add(amount);
        interestPosted = interestPosted.add(amount);
    }

    void apply(Spread spread, int valueDay) {
        fees = fees.subtract(spread.fees());
        interest = interest.subtract(spread.interest());
        changePrincipal(spread.principal().negate(), valueDay);
        surplusOwed = surplusOwed.add(spread.surplus());
    }

    void changePrincipal(BigDecimal change, int valueDay) {
        if (accruedTo == NO_DAY) {
            accruedTo = valueDay;
        }
        if (valueDay > accruedTo) {
            principalDays = principalDaysThrough(valueDay);
            accruedTo = valueDay;
        } else {
            principalDays = principalDays.add(change.multiply(parts(valueDay, accruedTo)));
        }
        principal = principal.add(change);
    }

    Spread waterfall(BigDecimal money) {
        BigDecimal toFees = money.min(fees.max(ZERO));
        BigDecimal afterFees = money.subtract(toFees);
        BigDecimal toInterest = afterFees.min(interest.max(ZERO));
        BigDecimal afterInterest = afterFees.subtract(toInterest);
        BigDecimal toPrincipal = afterInterest.min(principal);
        return new Spread(toFees, toInterest, toPrincipal, afterInterest.subtract(toPrincipal));
    }

    // --- loan-to-value -----------------------------------------------------------------------------------------------

    /** Value that counts, times {@link #unit} and {@link Coin#countedUnit}. */
    BigDecimal scaledValue(BigDecimal quantity, BigDecimal price) {
        return coin().counted(quantity).multiply(price).multiply(unit());
    }

    /** Sign of exposure / value - limit; nothing of worth under a debt is over every limit. */
    int compareLtv(BigDecimal scaledExposure, BigDecimal quantity, BigDecimal price, Ratio limit) {
        BigDecimal value = scaledValue(quantity, price);
        if (value.signum() == 0) {
            return scaledExposure.signum() > 0 ? 1 : -1;
        }
        return scaledExposure
                .multiply(coin().countedUnit())
                .multiply(limit.under())
                .compareTo(value.multiply(limit.over()));
    }

    boolean meets(Limit limit, BigDecimal scaledExposure, BigDecimal price) {
        int order = compareLtv(scaledExposure, pledged(), price, limit.ltv());
        return limit.reaches() ? order >= 0 : order > 0;
    }

    boolean meets(Limit limit, int day, BigDecimal price) {
        return meets(limit, scaledExposure(day), price);
    }

    boolean atOrUnder(Ratio limit, int day, BigDecimal price) {
        return compareLtv(scaledExposure(day), pledged(), price, limit) <= 0;
    }

    Said.Evidence evidence(IndexRecord index, BigDecimal scaledExposure, Limit limit) {
        BigDecimal counted = coin().countedUnit();
        return new Said.Evidence(
                index,
                scaledExposure.multiply(counted),
                scaledValue(pledged(), index.priced()),
                unit().multiply(counted),
                coins(pledged()),
                coin().haircut(),
                limit,
                terms(),
                terms().agreed().maturity(startedOn));
    }

    // --- as the journal shows it, and tried on
    // ------------------------------------------------------------------------

    /** Null before terms are bound. */
    @Nullable
    Map<String, Object> balances() {
        return terms == null ? null : LoanFigures.shown(this);
    }

    /** A card of its own, to try an input on. */
    Loan copy() {
        return LoanFigures.copy(this);
    }
}
