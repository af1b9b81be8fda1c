package io.loanledger.core.model;

import io.loanledger.core.loan.Collateral;
import io.loanledger.core.loan.Debt;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.Instruction;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.LoanInput.Fact;
import io.loanledger.core.loan.LoanInput.Stated;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.Rate;
import io.loanledger.core.terms.Rung;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One of those outside the ledger. They look at its state as their real counterparts look at its instructions, and choose
 * amounts and times near the edges.
 */
abstract class Actor {
    static final Duration TICK = Duration.ofMillis(1);
    static final BigDecimal CENT = new BigDecimal("0.01");
    static final BigDecimal SATOSHI = new BigDecimal("0.00000001");
    static final BigDecimal LOT = new BigDecimal("0.01");

    final Scene scene;
    final Random random;
    final Ledger ledger;

    Actor(Scene scene) {
        this.scene = scene;
        this.random = scene.random;
        this.ledger = scene.ledger;
    }

    Loan loan() {
        return ledger.loan();
    }

    String id(String rest) {
        return loan().loanId() + "/" + rest;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    void tell(String kind, Fact fact) {
        scene.tell(kind, fact);
    }

    FactHead head(Instant at) {
        return scene.head(at);
    }

    FactHead head() {
        return head(valueTime());
    }

    static Stated usd(BigDecimal amount) {
        return new Stated(amount, "USD");
    }

    static Stated btc(BigDecimal amount) {
        return new Stated(amount, "BTC");
    }

    /** Mostly now; else around a deadline, some days back, or at the edge of what is remembered. */
    Instant valueTime() {
        Instant now = ledger.world().taskTime();
        int dice = random.nextInt(100);
        if (dice < 50 || now.equals(Instant.EPOCH)) {
            return now;
        }
        Instant deadline = dice < 70 ? deadline() : null;
        if (deadline != null) {
            return one(List.of(deadline, deadline.plus(TICK), deadline.minus(TICK)));
        }
        if (dice < 90) {
            return now.minusSeconds(random.nextInt(86_400));
        }
        if (dice < 97) {
            return now.minus(Duration.ofHours(random.nextInt(24 * 40)));
        }
        if (dice < 99) {
            return now.plusSeconds(random.nextInt(7_200));
        }
        Instant edge = now.minus(Duration.ofDays(45));
        return one(List.of(edge, edge.minus(TICK), edge.plus(TICK)));
    }

    private @Nullable Instant deadline() {
        MarginCall call = loan().marginCall();
        if (call != null) {
            List<Instant> ends = new ArrayList<>(List.of(call.deadline()));
            if (call.dispute() != null) {
                ends.add(call.dispute().answerBy());
            } else if (!disputeWindow().isZero()) {
                ends.add(call.issuedAt().plus(disputeWindow()));
            }
            Instant end = one(ends);
            return end.equals(MarginCall.NO_CLOCK) ? null : end;
        }
        return loan().openCase() == null ? null : loan().openCase().callDeadline();
    }

    final Duration disputeWindow() {
        return loan().terms().terms().ladder().disputeWindow();
    }

    // --------------------------------------------------------------------------------------------------------

    private NaiveRates rates() {
        LocalDate start = loan().debt().startedOn() == null
                ? loan().application().requestedAt().atZone(ZoneOffset.UTC).toLocalDate()
                : loan().debt().startedOn();
        return new NaiveRates(() -> loan().terms().terms().interest(), () -> start, ledger.world());
    }

    private LocalDate today() {
        LocalDate today = ledger.world().taskTime().atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate accruedTo = loan().debt().accruedTo();
        return accruedTo != null && accruedTo.isAfter(today) ? accruedTo : today;
    }

    /** What is outstanding through the clock's day, to twenty places: near enough to find edges. */
    BigDecimal exposure() {
        Debt debt = loan().debt();
        if (debt.accruedTo() == null) {
            return debt.posted().amount();
        }
        NaiveRates rates = rates();
        BigDecimal all = debt.posted().amount();
        if (rates.compounds()) {
            return all.subtract(debt.principal().amount())
                    .subtract(debt.interest().amount())
                    .add(debt.principalDays().multiply(rates.growth(today())).setScale(20, RoundingMode.HALF_EVEN));
        }
        BigDecimal scaled = loan().terms().terms().interest().rate() instanceof Rate.Annual rate
                ? debt.principalDays().multiply(NaiveLoan.decimal(rate.annual()))
                : debt.principalDays();
        return scaled.add(debt.principal().amount().multiply(rates.weight(debt.accruedTo(), today())))
                .divide(rates.unit(), 20, RoundingMode.HALF_EVEN)
                .add(all)
                .subtract(debt.interestPosted().minus(debt.interestBefore()).amount());
    }

    /** What stands over the collateral before the payout. */
    BigDecimal promised() {
        ProductTerms terms = loan().terms().terms();
        Money money =
                chance(60) ? loan().terms().principal() : loan().firstPayout(); // of a line what may be drawn later too
        BigDecimal principal = money.amount();
        if (terms.exposureBasis() != ExposureBasis.TOTAL_OBLIGATION) {
            return principal;
        }
        LocalDate start =
                loan().application().requestedAt().atZone(ZoneOffset.UTC).toLocalDate();
        BigDecimal weight = rates().weight(start, start.plusDays(terms.termDays()));
        return principal.add(principal.multiply(weight).divide(rates().unit(), 20, RoundingMode.CEILING));
    }

    /** The terms that hold for the loan; before they are bound those that it asks for. */
    final ProductTerms termsOr(ProductTerms asked) {
        return loan().agreement() == null ? asked : loan().terms().terms();
    }

    /** Every coin that may be the loan's collateral, in the order of its terms. */
    final List<CollateralTerms> taken() {
        return loan().terms().terms().mixedCollateral()
                ? loan().terms().terms().collateral()
                : List.of(loan().terms().collateralTerms());
    }

    /** What of a coin is pledged; nothing of one that never came. */
    final BigDecimal pledged(CollateralTerms coin) {
        return coinOf(coin).map(each -> each.pledged().amount()).orElse(BigDecimal.ZERO);
    }

    final Optional<Collateral> coinOf(CollateralTerms coin) {
        return loan().coins().stream()
                .filter(each -> each.asset().equals(coin.asset()))
                .findFirst();
    }

    /** What counts beside a coin: the others by their newest prices, and proceeds that stay collateral. */
    final BigDecimal besides(CollateralTerms coin) {
        BigDecimal value = stabilised();
        for (CollateralTerms other : taken()) {
            BigDecimal worth = worth(other);
            if (!other.asset().equals(coin.asset()) && worth != null) {
                value = value.add(counted(other, pledged(other)).multiply(worth));
            }
        }
        return value;
    }

    /** What of a quantity of a coin counts; the haircuts of the test products are decimals. */
    BigDecimal counted(CollateralTerms coin, BigDecimal quantity) {
        return coin.countedTimesFactor(new Quantity(quantity, coin.asset()))
                .divide(new BigDecimal(coin.countedFactor()), 20, RoundingMode.HALF_EVEN);
    }

    /** The least of a coin that counts for so much, to a satoshi or so. */
    BigDecimal coinCounting(CollateralTerms coin, BigDecimal needed) {
        BigDecimal quantity = needed.setScale(8, RoundingMode.CEILING);
        for (int i = 0; i < 60 && needed.signum() > 0; i++) {
            quantity = quantity.multiply(needed).divide(counted(coin, quantity), 8, RoundingMode.CEILING);
        }
        return quantity;
    }

    /** What stands over the collateral: principal alone, what is owed, or that with the interest of the rest of the term. */
    BigDecimal exposureOfBasis() {
        BigDecimal principal = loan().debt().principal().amount();
        return switch (loan().terms().terms().exposureBasis()) {
            case PRINCIPAL -> principal;
            case OUTSTANDING -> exposure();
            case TOTAL_OBLIGATION -> exposure().add(principal.multiply(interestToCome()));
        };
    }

    /** What a unit of principal bears from now through the maturity; of a plan it is less. */
    final BigDecimal interestToCome() {
        LocalDate maturity = loan().maturity();
        if (maturity == null || !maturity.isAfter(today())) {
            return BigDecimal.ZERO;
        }
        return rates().weight(today(), maturity).divide(rates().unit(), 20, RoundingMode.HALF_EVEN);
    }

    /** The payment that takes this much from the exposure: what stands before principal goes first. */
    BigDecimal paymentFor(BigDecimal excess) {
        BigDecimal before = exposure()
                .subtract(loan().debt().principal().amount())
                .setScale(2, RoundingMode.HALF_EVEN)
                .max(BigDecimal.ZERO);
        return switch (loan().terms().terms().exposureBasis()) {
            case PRINCIPAL -> before.add(excess);
            case OUTSTANDING -> excess;
            case TOTAL_OBLIGATION ->
                before.add(excess.subtract(before)
                                .divide(BigDecimal.ONE.add(interestToCome()), 20, RoundingMode.CEILING))
                        .min(excess.max(BigDecimal.ZERO));
        };
    }

    /** The price of a coin at which the loan stands at a ratio, or null where there is none. */
    @Nullable
    BigDecimal priceAt(CollateralTerms coin, Fraction ltv) {
        BigDecimal counts = counted(coin, pledged(coin));
        if (counts.signum() == 0 || ltv.isZero()) {
            return null;
        }
        BigDecimal price = exposureOfBasis()
                .multiply(new BigDecimal(ltv.denominator()))
                .divide(new BigDecimal(ltv.numerator()), MathContext.DECIMAL128)
                .subtract(besides(coin))
                .divide(counts, MathContext.DECIMAL128)
                .multiply(measure())
                .divide(BigDecimal.ONE.subtract(ledger.world().addOn(coin.market())), 2, RoundingMode.HALF_EVEN);
        return price.signum() <= 0 ? null : price;
    }

    /** What coin and kept money count for in the currency that is owed, by the newest prices. */
    final BigDecimal value() {
        CollateralTerms coin = loan().terms().collateralTerms();
        BigDecimal worth = worth(coin);
        return worth == null ? besides(coin) : besides(coin).add(worth.multiply(counted(coin, pledged(coin))));
    }

    /** What a whole coin counts for in the currency that is owed, by the newest prices; null before there is one. */
    final @Nullable BigDecimal worth(CollateralTerms coin) {
        BigDecimal price = newestPrice(coin);
        return price == null
                ? null
                : price.multiply(BigDecimal.ONE.subtract(ledger.world().addOn(coin.market())))
                        .divide(measure(), MathContext.DECIMAL128);
    }

    /** How much of the currency of the prices a unit of the debt counts for; 1 while nobody has said so. */
    final BigDecimal measure() {
        DebtPrice rule = loan().agreement() == null
                ? null
                : loan().terms().terms().agreed().debtPrice();
        BigDecimal price = rule == null ? null : newestPrice(rule.market());
        return price == null ? BigDecimal.ONE : rule.flooredAtPeg() ? price.max(BigDecimal.ONE) : price;
    }

    /** Of any market state; null before there is one. */
    final @Nullable BigDecimal newestPrice(CollateralTerms coin) {
        return newestPrice(coin.market());
    }

    final @Nullable BigDecimal newestPrice(String market) {
        IndexPrice newest = ledger.world().price(market);
        return newest == null ? null : newest.price();
    }

    static Stated of(CollateralTerms coin, BigDecimal amount) {
        return new Stated(amount, coin.asset().code());
    }

    /** Proceeds that stay collateral. */
    final BigDecimal stabilised() {
        return loan().settlement().stabilised().amount();
    }

    /** What heals the loan's call; without one what is over before the first rung, or the opening limit. */
    final Fraction cureLevel() {
        ProductTerms terms = loan().terms().terms();
        Fraction reverse = terms.liquidation().reverseLtv();
        if (reverse != null && loan().settlement().stabilised().isPositive()) {
            return reverse;
        }
        Rung first = terms.ladder().lowest(Rung.Action.CALL);
        if (loan().marginCall() != null) {
            return terms.ladder().rung(loan().marginCall().rung()).level();
        }
        return first == null ? terms.openLtv() : first.level();
    }

    final BigDecimal around(BigDecimal edge, BigDecimal unit) {
        return edge.add(unit.multiply(BigDecimal.valueOf(random.nextInt(3) - 1L)));
    }

    final BigDecimal part(BigDecimal of, BigDecimal least) {
        return of.multiply(new BigDecimal(random.nextInt(99) + 1).movePointLeft(2))
                .setScale(least.scale(), RoundingMode.DOWN)
                .max(least);
    }

    final List<Instruction> instructions(Instruction.Kind kind) {
        return loan().instructions().stream().filter(i -> i.kind() == kind).toList();
    }
}
