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
    /** What is paid out first: all of the request, but of a line. */
    BigDecimal asked = ZERO;

    Draws draws = new Draws();

    /** Of the loan's agreement, once it goes on under other terms. */
    boolean rolledOver;

    BigDecimal agreedPrincipal = ZERO;

    /** Of what was posted, before that. */
    BigDecimal interestBefore = ZERO;

    boolean amended;

    @Nullable
    Integer amendedMaturity;

    int requestedOn = NO_DAY;
    String debtCode = "";
    String coinCode = "";
    private @Nullable Product terms;

    private Map<String, Basket> baskets = new HashMap<>(2);
    /** Its assets besides the one it was asked for on, in the order in which they first came. */
    List<String> further = new ArrayList<>(0);

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

    /** Instalments that fell due, oldest first, and behind them what a default has brought forward. */
    List<Bucket> buckets = new ArrayList<>(0);

    Defaults defaults = new Defaults();

    /** How many of them are of an agreement that was rolled over. */
    int bucketsOfBefore;

    /** Made once, from the payout on. */
    @Nullable
    Plan plan;

    Map<String, BigDecimal> releases = new HashMap<>(2);
    /** By instruction, what it gives back. */
    Map<String, String> releasedAsset = new HashMap<>(2);

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

    /** The one that the loan was asked for on. */
    Coin coin() {
        return coin(coinCode);
    }

    Coin coin(String asset) {
        return Objects.requireNonNull(terms().coins().get(asset), "no such coin");
    }

    /** Whether coin of an asset may be this loan's. */
    boolean takes(String asset) {
        return mixed() ? terms().coins().containsKey(asset) : coinCode.equals(asset);
    }

    /** The requested one, and others from their first credit on, in the terms' order. */
    List<Coin> coins() {
        return terms().coins().values().stream()
                .filter(coin -> coin.asset().equals(coinCode)
                        || (baskets.containsKey(coin.asset())
                                && basket(coin.asset()).deposited.signum() > 0))
                .toList();
    }

    /** Whose record was visited, or is told of. */
    Coin coinOf(Priced at) {
        return coins().stream()
                .filter(coin -> coin.market().equals(at.told().market()))
                .findFirst()
                .orElseGet(this::coin);
    }

    List<Coin> pledgedCoins() {
        return coins().stream()
                .filter(coin -> basket(coin.asset()).pledged().signum() > 0)
                .toList();
    }

    /** The markets by which it is judged. */
    List<String> markets() {
        List<Coin> pledged = pledgedCoins();
        List<String> markets = new ArrayList<>(2);
        (pledged.isEmpty() ? List.of(coin()) : pledged).forEach(coin -> markets.add(coin.market()));
        DebtPrice debt = terms().agreement().debtPrice();
        if (debt != null) {
            markets.add(debt.market());
        }
        return markets;
    }

    /** The first of which a lot is pledged; null for none. */
    @Nullable
    Coin sellable() {
        return coins().stream()
                .filter(coin -> basket(coin.asset()).lots(coin).signum() > 0)
                .findFirst()
                .orElse(null);
    }

    /** The day on which the debt ends, null for none. */
    @Nullable
    Integer maturity() {
        return amended ? amendedMaturity : terms().agreed().maturity(startedOn);
    }

    /** Of a loan that starts on a day. */
    @Nullable
    Integer maturityFrom(int start) {
        return start == startedOn ? maturity() : terms().agreed().maturity(start);
    }

    /** The principal of the agreement, of which a plan is made. */
    BigDecimal planned() {
        return rolledOver ? agreedPrincipal : asked;
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

    Said.Amount coins(BigDecimal amount, String asset) {
        return new Said.Amount(amount, asset, coin(asset).scale());
    }

    Said.Spreading spreading(Spread spread) {
        return new Said.Spreading(spread, terms().debtAsset(), terms().debtScale());
    }

    // --- coin --------------------------------------------------------------------------------------------------------

    /** Of an asset, made when there is none. */
    Basket basket(String asset) {
        return baskets.computeIfAbsent(asset, a -> new Basket());
    }

    Map<String, Basket> baskets() {
        return baskets;
    }

    void putBaskets(Map<String, Basket> others) {
        baskets = others;
    }

    /** By asset what is pledged of it. */
    Map<String, BigDecimal> pledges() {
        Map<String, BigDecimal> pledges = new LinkedHashMap<>(2);
        for (Coin coin : pledgedCoins()) {
            pledges.put(coin.asset(), basket(coin.asset()).pledged());
        }
        return pledges;
    }

    /** With another quantity of one asset. */
    Map<String, BigDecimal> pledgesBut(String asset, BigDecimal quantity) {
        Map<String, BigDecimal> pledges = pledges();
        pledges.put(asset, quantity);
        return pledges;
    }

    boolean isSecured() {
        return !pledgedCoins().isEmpty();
    }

    /** Whether terms are bound that take a piece of coin. */
    boolean canUse(Piece piece) {
        return terms != null
                && takes(piece.asset)
                && piece.quantity.stripTrailingZeros().scale()
                        <= coin(piece.asset).scale();
    }

    /** After declines nothing is asked for through the end of the wait. */
    boolean waitsAt(long taskTime) {
        return declines > 0 && taskTime <= retryAt;
    }

    /** The n-th, which sells an asset. */
    String caseId(int n, String asset) {
        return id + "/case/" + n + (mixed() ? "/" + asset : "");
    }

    /** The asset that a case of this loan sold. */
    String soldIn(String caseId) {
        return mixed() ? caseId.substring(caseId.lastIndexOf('/') + 1) : coinCode;
    }

    private boolean mixed() {
        return terms != null && terms.mixed();
    }

    /** Whether a case of this id was ever requested, ended since or not. */
    boolean wasRequested(String caseId) {
        for (int n = 1; n <= cases; n++) {
            String plain = id + "/case/" + n;
            if (mixed() ? isOfThisCoin(caseId, plain) : caseId.equals(plain)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfThisCoin(String caseId, String plain) {
        boolean known = closedSales.keySet().stream().anyMatch(each -> isAnother(each, caseId, plain))
                || (sale != null && isAnother(sale.id, caseId, plain));
        return !known && terms().coins().keySet().stream().anyMatch(asset -> caseId.equals(plain + "/" + asset));
    }

    /** Whether a case of this number is known to sell another coin. */
    private static boolean isAnother(String known, String caseId, String plain) {
        return known.startsWith(plain + "/") && !known.equals(caseId);
    }

    /** What was counted for something takes no other coin's place any more. */
    void relyOnAllCoin() {
        pieces.values().forEach(piece -> piece.spare = false);
    }

    boolean lessThanALot() {
        return sellable() == null;
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

    /** An instalment by its number; null when it is dissolved. */
    @Nullable
    Bucket bucket(int number) {
        for (Bucket bucket : buckets) {
            if (bucket.number == number) {
                return bucket;
            }
        }
        return null;
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
        return terms().agreement().waterfall().spread(this, money, ZERO, ZERO);
    }

    // --- loan-to-value -----------------------------------------------------------------------------------------------

    /** The least common denominator of what parts of coins count. */
    BigDecimal countedUnit() {
        return Coin.commonUnit(coins());
    }

    /** What a quantity counts, times {@link #countedUnit}. */
    BigDecimal counted(Coin coin, BigDecimal quantity, BigDecimal unit) {
        return coin.counted(quantity).multiply(unit).divide(coin.countedUnit());
    }

    /** Value that counts, times {@link Accrual#unit} and {@link #countedUnit}. */
    BigDecimal scaledValue(Map<String, BigDecimal> pledges, Priced at) {
        BigDecimal unit = countedUnit();
        BigDecimal value = stabilised.multiply(unit);
        for (Map.Entry<String, BigDecimal> pledge : pledges.entrySet()) {
            if (pledge.getValue().signum() > 0) {
                Coin coin = coin(pledge.getKey());
                value = value.add(counted(coin, pledge.getValue(), unit).multiply(at.counts(coin)));
            }
        }
        return value.multiply(Accrual.unit(this));
    }

    /** Sign of exposure / value - limit; nothing of worth under a debt is over every limit. */
    int compareLtv(BigDecimal scaledExposure, Map<String, BigDecimal> pledges, Priced at, Ratio limit) {
        BigDecimal value = scaledValue(pledges, at);
        if (value.signum() == 0) {
            return scaledExposure.signum() > 0 ? 1 : -1;
        }
        return scaledExposure
                .multiply(at.measure())
                .multiply(countedUnit())
                .multiply(limit.under())
                .compareTo(value.multiply(limit.over()));
    }

    boolean meets(Limit limit, BigDecimal scaledExposure, Priced at) {
        int order = compareLtv(scaledExposure, pledges(), at, limit.ltv());
        return limit.reaches() ? order >= 0 : order > 0;
    }

    boolean meets(Limit limit, int day, Priced at) {
        return meets(limit, scaledExposure(day), at);
    }

    boolean atOrUnder(Ratio limit, int day, Priced at) {
        return compareLtv(scaledExposure(day), pledges(), at, limit) <= 0;
    }

    /** Of the coin whose record is told of. */
    Said.Evidence evidence(Priced at, BigDecimal scaledExposure, Limit limit) {
        return Said.Evidence.of(this, at, scaledExposure, limit);
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
