package io.loanledger.core.model;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.HaircutTier;
import io.loanledger.core.terms.OriginationTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ScheduleTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
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
    final Map<String, BigDecimal> releases = new LinkedHashMap<>();
    final Map<String, BigDecimal> payouts = new LinkedHashMap<>();
    final Map<String, BigDecimal> purchases = new LinkedHashMap<>();
    final Map<String, BigDecimal> returns = new LinkedHashMap<>();
    final Map<String, Sale> closed = new LinkedHashMap<>();
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
        NaiveSpread spread;
        final LocalDate valueDate;
        boolean reversed;

        Paid(NaiveSpread spread, LocalDate valueDate) {
            this.spread = spread;
            this.valueDate = valueDate;
        }
    }

    /** A liquidation case, open or closed. */
    static final class Sale {
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

        /** Its call was cured after something of it had been sold. */
        boolean rescinded;

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

    CollateralTerms coin() {
        return bound().collateral(coinCode).orElseThrow();
    }

    @Nullable
    ScheduleTerms schedule() {
        return bound().agreed().schedule();
    }

    /** Whether the payments behind one that is reversed are applied again. */
    boolean reapplies() {
        return bound().agreed().waterfall().reapplies();
    }

    /** The principal less the fee that is kept from the payout. */
    BigDecimal paidOut() {
        OriginationTerms fee = bound().agreed().origination();
        return fee == null
                ? asked
                : asked.subtract(asked.multiply(new BigDecimal(fee.rate().numerator()))
                                .divide(
                                        new BigDecimal(fee.rate().denominator()),
                                        bound().debtAsset().scale(),
                                        RoundingMode.HALF_EVEN))
                        .subtract(fee.fixed().amount());
    }

    /** At or under this the loan is issued. */
    Fraction openLtv() {
        return coin().openLtv() == null ? bound().openLtv() : coin().openLtv();
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

    /** Collateral value that counts, of a quantity at a price; money that stays collateral counts as it is. */
    BigDecimal value(BigDecimal quantity, BigDecimal price) {
        return price.multiply(counted(quantity)).add(stabilised);
    }

    /** What of a quantity counts: every part of it by the tier in which it lies. */
    private BigDecimal counted(BigDecimal quantity) {
        List<HaircutTier> tiers = coin().tiers();
        BigDecimal counted = ZERO;
        for (int i = 0; i < tiers.size(); i++) {
            BigDecimal from = tiers.get(i).over().amount();
            BigDecimal to =
                    i + 1 < tiers.size() ? quantity.min(tiers.get(i + 1).over().amount()) : quantity;
            BigDecimal share = BigDecimal.ONE.subtract(decimal(tiers.get(i).haircut()));
            counted = counted.add(to.subtract(from).max(ZERO).multiply(share));
        }
        return counted;
    }

    /** Haircuts and charges of the test products are decimals, so that the division is exact. */
    static BigDecimal decimal(Fraction fraction) {
        return new BigDecimal(fraction.numerator()).divide(new BigDecimal(fraction.denominator()));
    }

    /** Compares scaledExposure / (value x unit) with a limit; nothing of worth under a debt is infinite. */
    int compareLtv(BigDecimal scaledExposure, BigDecimal value, Fraction limit) {
        if (value.signum() == 0) {
            return scaledExposure.signum() > 0 ? 1 : -1;
        }
        BigDecimal left = scaledExposure.multiply(new BigDecimal(limit.denominator()));
        return left.compareTo(value.multiply(debt.unit()).multiply(new BigDecimal(limit.numerator())));
    }
}
