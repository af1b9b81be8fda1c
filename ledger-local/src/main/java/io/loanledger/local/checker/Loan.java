package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A loan as a clerk keeps it on a card: figures overwritten in place, and the arithmetic of the rules' first paragraph. Days are whole UTC
 * days since 1970, times microseconds since then. Figures named {@code scaled} are multiplied by {@link Accrual#unit}. One thread.
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
    BigDecimal costs = ZERO;
    BigDecimal penalties = ZERO;
    BigDecimal interestPosted = ZERO;
    /** Where interest compounds: the flows, each over what a unit grew to until then. */
    BigDecimal principalDays = ZERO;

    /** What the task has read of rates; the same for all of its loans. */
    Fixings fixings = Fixings.NONE;

    int accruedTo = NO_DAY;
    int startedOn = NO_DAY;

    BigDecimal clearing = ZERO;
    BigDecimal surplusOwed = ZERO;
    /** Proceeds that are collateral themselves. */
    BigDecimal stabilised = ZERO;

    /** By instruction, what of them is on its way to become coin again. */
    Map<String, BigDecimal> purchases = new HashMap<>(1);

    /** How many events the journal has of this loan before the input at hand. */
    long version;

    BigDecimal surplusPaying = ZERO;
    BigDecimal deskClaim = ZERO;

    Map<String, Piece> pieces = new LinkedHashMap<>(4);
    /** In the order of their last events. */
    Map<String, Paid> payments = new LinkedHashMap<>(4);

    /** Instalments that fell due, oldest first; the first {@code buckets.size()} of the plan. */
    List<Bucket> buckets = new ArrayList<>(0);

    /** Made once, from the payout on. */
    @Nullable
    Plan plan;

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

    /** The day of the last release under release terms. */
    int releasedOn = NO_DAY;

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

    /** What is kept of the payout. */
    BigDecimal payoutFee() {
        Origination origination = terms().agreement().origination();
        return origination == null ? ZERO : origination.of(asked, terms().debtScale());
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

    /** Whether a case of this id was ever requested, ended since or not. */
    boolean wasRequested(String caseId) {
        for (int n = 1; n <= cases; n++) {
            if (caseId.equals(id + "/case/" + n)) {
                return true;
            }
        }
        return false;
    }

    boolean lessThanALot() {
        return pledged().compareTo(coin().lot()) < 0;
    }

    // --- debt --------------------------------------------------------------------------------------------------------

    boolean debtIsClear() {
        for (Component component : Component.values()) {
            if (owed(component).signum() != 0) {
                return false;
            }
        }
        return true;
    }

    /** Unpaid of what was posted. */
    BigDecimal owed(Component component) {
        return switch (component) {
            case COSTS -> costs;
            case PENALTIES -> penalties;
            case FEES -> fees;
            case INTEREST -> interest;
            case PRINCIPAL -> principal;
        };
    }

    BigDecimal postedDebt() {
        return principal.add(interest).add(charges());
    }

    /** What a sentence about fees means. */
    BigDecimal charges() {
        return costs.add(penalties).add(fees);
    }

    void putPayment(String reference, Paid paid) {
        payments.remove(reference);
        payments.put(reference, paid);
    }

    BigDecimal scaledExposure(int day) {
        return Exposures.on(this, day);
    }

    Spread waterfall(BigDecimal money) {
        return terms().agreement().waterfall().spread(this, money, ZERO);
    }

    // --- loan-to-value -----------------------------------------------------------------------------------------------

    /** Value that counts, times {@link Accrual#unit} and {@link Coin#countedUnit}. */
    BigDecimal scaledValue(BigDecimal quantity, BigDecimal price) {
        return coin().counted(quantity)
                .multiply(price)
                .add(stabilised.multiply(coin().countedUnit()))
                .multiply(Accrual.unit(this));
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
                Accrual.unit(this).multiply(counted),
                coins(pledged()),
                coin().tiers().size() == 1 ? null : coin().counted(pledged()).divide(counted),
                money(stabilised),
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
