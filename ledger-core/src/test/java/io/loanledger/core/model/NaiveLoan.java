package io.loanledger.core.model;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ScheduleTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A loan as a banker would keep it in a notebook: plain figures, overwritten in place, and the arithmetic of the rules' first
 * paragraph. Written from the rules, not from the ledger's code. Interest is exact: figures named {@code scaled} are multiplied by
 * the number of days in a year.
 */
final class NaiveLoan {
    static final BigDecimal ZERO = BigDecimal.ZERO;

    final String id;
    LoanStatus status = LoanStatus.UNKNOWN;
    boolean frozen;

    // the request and its terms
    String product = "";

    /** All that is to be lent: of a line its commitment, after a rollover what was owed then. */
    BigDecimal asked = ZERO;

    /** What is paid out first, the fee that is kept of it included. */
    BigDecimal lent = ZERO;

    boolean hasFirstDraw;
    LocalDate requestedOn = LocalDate.EPOCH;
    String debtCode = "";
    String coinCode = "";

    @Nullable
    ProductTerms terms;

    /** Whether it goes on under terms that it was not bound to. */
    boolean rolledOver;

    /** Whether the maturity is another than the terms'. */
    boolean amended;

    @Nullable
    LocalDate amendedMaturity;

    /** How many instalments had fallen due under terms of before. */
    int billedBefore;

    /** Every asset that may be collateral, in the order of the terms; known with them. */
    final List<NaiveCoin> coins = new ArrayList<>();

    final NaiveDebt debt;

    // money around it
    BigDecimal clearing = ZERO;
    BigDecimal surplusOwed = ZERO;
    BigDecimal surplusPaying = ZERO;
    BigDecimal deskClaim = ZERO;

    /** Proceeds that stay collateral. */
    BigDecimal stabilised = ZERO;

    final Map<String, BigDecimal> suspense = new TreeMap<>();

    // what is going on
    final Map<String, Piece> pieces = new LinkedHashMap<>();
    final Map<String, Paid> payments = new LinkedHashMap<>();
    final Map<String, Release> releases = new LinkedHashMap<>();
    final Map<String, BigDecimal> payouts = new LinkedHashMap<>();
    final Map<String, BigDecimal> purchases = new LinkedHashMap<>();
    final Map<String, BigDecimal> returns = new LinkedHashMap<>();
    final Map<String, Sale> closed = new LinkedHashMap<>();

    /** Of every case that was ever asked for, what it sells. */
    final Map<String, NaiveCoin> askedFor = new LinkedHashMap<>();

    final Map<String, Memory> memory = new LinkedHashMap<>();
    String payout = "";

    @Nullable
    NaiveCall call;

    /** The highest rung that gave notice or sold and is not armed again. */
    int reached;

    @Nullable
    Sale sale;

    /** Declined this often in a row, and therefore silent up to that time. */
    int declines;

    @Nullable
    Instant silentUntil;

    /** The day on which coin was last released under release terms. */
    @Nullable
    LocalDate releasedOn;

    /** How many instalments fell due. */
    int billed;

    /** Set by the model that the loan is of. */
    NaiveDefault inDefault;

    /** Likewise. */
    NaiveLine line;

    int calls;
    int cases;
    int releaseCount;
    int payoutCount;

    /** How many events there were, those of the input at hand not counted. */
    int events;

    NaiveLoan(String id, Circumstances now) {
        this.id = id;
        this.debt = new NaiveDebt(this, now);
    }

    /** What was counted for something takes no other coin's place any more. */
    void relyOnAllCoin() {
        pieces.values().forEach(piece -> piece.spare = false);
    }

    /** A piece of coin; its stage in one word. */
    static final class Piece {
        BigDecimal quantity = ZERO;
        String asset = "";
        String stage = "";

        /** Whether other coin may go for it. */
        boolean spare;

        @Nullable
        Instant detectedAt;

        @Nullable
        Instant lockedAt;
    }

    /** A payment as it was spread. */
    static final class Paid {
        NaiveSpread spread;

        /** Of principal that it repaid before it was due; beside the spread. */
        BigDecimal fee;

        final LocalDate valueDate;
        boolean reversed;

        Paid(NaiveSpread spread, BigDecimal fee, LocalDate valueDate) {
            this.spread = spread;
            this.fee = fee;
            this.valueDate = valueDate;
        }

        BigDecimal total() {
            return spread.total().add(fee);
        }
    }

    /** Coin on its way back. */
    record Release(NaiveCoin coin, BigDecimal left) {}

    /** A liquidation case, open or closed. */
    static final class Sale {
        final NaiveCoin coin;
        String id = "";
        String reason = "";
        String mode = "";
        int version = 1;
        int rung;
        BigDecimal reserved = ZERO;
        BigDecimal wanted = ZERO;
        BigDecimal cumQuantity = ZERO;
        BigDecimal cumGross = ZERO;
        BigDecimal cumDeskFees = ZERO;
        BigDecimal fees = ZERO;
        BigDecimal penalties = ZERO;
        NaiveSpread allocated = NaiveSpread.NONE;
        BigDecimal measuredAt = ZERO;

        /** Sold beyond what was reserved: coin, proceeds, commission. */
        BigDecimal overQuantity = ZERO;

        BigDecimal overGross = ZERO;
        BigDecimal overFees = ZERO;

        @Nullable
        Instant callDeadline;

        /** How much of the currency of the prices counts as one of the debt's, as at its request; null where the debt has no price. */
        @Nullable
        BigDecimal per;

        /** Its call was cured after something of it had been sold. */
        boolean rescinded;

        Sale(NaiveCoin coin) {
            this.coin = coin;
        }

        boolean shallNotGrow() {
            return rescinded || (version > 1 && wanted.compareTo(cumQuantity) <= 0);
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

    /** The terms are bound. */
    void bind(ProductTerms product) {
        terms = product;
        coins.clear();
        for (CollateralTerms taken : product.collateral()) {
            boolean requested = taken.asset().code().equals(coinCode);
            if (requested || isMixed()) {
                coins.add(new NaiveCoin(taken, requested));
            }
        }
    }

    /** The day on which the loan is due; null before it is paid out, and where there is none. */
    @Nullable
    LocalDate maturity() {
        return debt.startedOn == null ? null : maturityFrom(debt.startedOn);
    }

    /** The same, if it counted from a day. */
    @Nullable
    LocalDate maturityFrom(LocalDate start) {
        int days = bound().termDays();
        return amended ? amendedMaturity : days == 0 ? null : start.plusDays(days);
    }

    @Nullable
    ScheduleTerms schedule() {
        return bound().agreed().schedule();
    }

    /** Whether the payments behind one that is reversed are applied again. */
    boolean reapplies() {
        return bound().agreed().waterfall().reapplies();
    }

    /** The first payout less the fee that is kept from it; after a rollover nothing of it goes back. */
    BigDecimal paidOut() {
        return rolledOver ? lent : lent.subtract(feeOf(bound().agreed().origination(), lent));
    }

    BigDecimal feeOf(@Nullable OriginationTerms fee, BigDecimal payout) {
        return fee == null
                ? ZERO
                : payout.multiply(new BigDecimal(fee.rate().numerator()))
                        .divide(
                                new BigDecimal(fee.rate().denominator()),
                                bound().debtAsset().scale(),
                                RoundingMode.HALF_EVEN)
                        .add(fee.fixed().amount());
    }

    /** At or under this the loan is issued. */
    Fraction openLtv() {
        Fraction ofCoin = coin(coinCode).terms.openLtv();
        return ofCoin == null ? bound().openLtv() : ofCoin;
    }

    /** Whether every asset of the product counts, not the requested one alone. */
    boolean isMixed() {
        return bound().mixedCollateral();
    }

    NaiveCoin coin(String code) {
        return coins.stream()
                .filter(coin -> coin.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    boolean takes(String code) {
        return coins.stream().anyMatch(coin -> coin.code().equals(code));
    }

    NaiveCoin coinOf(String market) {
        return coins.stream()
                .filter(coin -> coin.terms.market().equals(market))
                .findFirst()
                .orElseThrow();
    }

    /** Where the loan is judged: the markets of what is pledged or being sold, of what was requested while nothing is; and of the debt. */
    List<String> markets() {
        List<String> markets = coins.stream()
                .filter(coin -> coin.pledged().signum() > 0 || (sale != null && sale.coin == coin))
                .map(coin -> coin.terms.market())
                .toList();
        List<String> judged =
                new ArrayList<>(markets.isEmpty() ? List.of(coin(coinCode).terms.market()) : markets);
        DebtPrice debtPrice = bound().agreed().debtPrice();
        if (debtPrice != null) {
            judged.add(debtPrice.market());
        }
        return judged;
    }

    /** The coin that would be sold; null when there is less than a lot of each. */
    @Nullable
    NaiveCoin forSale() {
        return coins.stream().filter(NaiveCoin::hasLot).findFirst().orElse(null);
    }

    boolean lessThanALot() {
        return forSale() == null;
    }

    /** Haircuts and charges of the test products are decimals, so that the division is exact. */
    static BigDecimal decimal(Fraction fraction) {
        return new BigDecimal(fraction.numerator()).divide(new BigDecimal(fraction.denominator()));
    }

    /** Compares scaledExposure / (value x unit) with a limit; nothing of worth under a debt is infinite. */
    int compareLtv(BigDecimal scaledExposure, NaiveWorth value, Fraction limit) {
        if (value.isNothing()) {
            return scaledExposure.signum() > 0 ? 1 : -1;
        }
        BigDecimal left = scaledExposure.multiply(value.per()).multiply(new BigDecimal(limit.denominator()));
        return left.compareTo(value.amount().multiply(debt.unit()).multiply(new BigDecimal(limit.numerator())));
    }
}
