package io.loanledger.core.model;

import io.loanledger.core.loan.Amendment;
import io.loanledger.core.loan.Due;
import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.PrepaymentTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.ReleaseTerms;
import io.loanledger.core.terms.Rung;
import io.loanledger.core.terms.ScheduleTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The market: a price walks, or lands a unit under, on or over one at which the loan stands at a limit of its terms. */
final class Market extends Actor {
    private static final BigDecimal LOWEST = new BigDecimal("30.00");
    private static final BigDecimal HIGHEST = new BigDecimal("90000.00");

    /** The clocks of a history stop before the end of time. */
    private static final Instant LAST = World.START.plus(Duration.ofDays(3_650));

    private ProductTerms product;
    private final CurrencyMarket currency;
    private final Map<String, BigDecimal> prices = new HashMap<>();

    Market(Scene scene, ProductTerms product, BigDecimal price) {
        super(scene);
        this.product = product;
        this.currency = new CurrencyMarket(scene, product, this);
        prices.put(World.MARKET, price);
        for (CollateralTerms coin : product.collateral()) {
            prices.computeIfAbsent(
                    coin.market(), market -> price.divide(BigDecimal.valueOf(10), 2, RoundingMode.HALF_EVEN));
        }
    }

    void open(Instant at) {
        prices.forEach((market, price) -> ledger.price("first price", market, at, price, IndexState.LIVE));
        currency.open(at);
    }

    /** The price at which a market stands once more. */
    void again(String kind, String market) {
        Instant at = nextTime();
        ledger.price(kind, market, at, prices.get(market), IndexState.LIVE);
        stands(at, market);
    }

    void anyPrice() {
        product = termsOr(product);
        if (currency.isQuoted() && chance(40)) {
            currency.anyPrice();
            return;
        }
        CollateralTerms coin = one(product.collateral());
        BigDecimal next = prices.get(coin.market()).multiply(BigDecimal.valueOf(9_700 + random.nextInt(601), 4));
        String kind = "price walks";
        Loan loan = loan();
        if (loan.position() != null && loan.disbursement() != null && chance(60)) {
            BigDecimal edge = priceAt(coin, edge());
            if (edge != null) {
                next = around(edge, CENT);
                kind = "price at an edge";
            }
        }
        say(kind, coin, next, state());
        if (chance(5)) {
            ledger.world().standStill(); // so much later that the price is old to the facts that follow
        }
    }

    /** So far that coin could be given back. */
    void rise() {
        product = termsOr(product);
        ReleaseTerms rule = product.release();
        CollateralTerms coin = one(product.collateral());
        BigDecimal edge = priceAt(coin, rule == null ? product.openLtv() : rule.belowLtv());
        BigDecimal from = edge == null ? prices.get(coin.market()) : edge;
        say("price rises", coin, from.multiply(BigDecimal.valueOf(10_050 + random.nextInt(4_000), 4)), IndexState.LIVE);
    }

    private void say(String kind, CollateralTerms coin, BigDecimal next, IndexState state) {
        BigDecimal price = next.setScale(2, RoundingMode.HALF_EVEN).max(LOWEST).min(HIGHEST);
        prices.put(coin.market(), price);
        Instant at = nextTime();
        ledger.price(kind, coin.market(), at, price, state);
        if (hasSeveral() && chance(50)) {
            stands(at, coin.market());
            currency.stands(at);
        }
    }

    /** Whether the loans of the product are judged by several markets. */
    private boolean hasSeveral() {
        return product.mixedCollateral() || currency.isQuoted();
    }

    /** The other markets say at the same moment that nothing has moved: only then is money lent or coin given back. */
    void stands(Instant at, String moved) {
        for (CollateralTerms coin : product.collateral()) {
            if (!coin.market().equals(moved) && ledger.world().price(coin.market()) != null) {
                ledger.price("price stands", coin.market(), at, prices.get(coin.market()), IndexState.LIVE);
            }
        }
    }

    IndexState state() {
        int dice = random.nextInt(100);
        return dice < 88
                ? IndexState.LIVE
                : dice < 92 ? IndexState.DEGRADED : dice < 96 ? IndexState.STALE : IndexState.HALTED;
    }

    /** A limit of the terms: of a rung mostly, where it acts or where it is over. */
    Fraction edge() {
        MarginCall call = loan().marginCall();
        if (call != null && chance(60)) {
            return edgeOf(call);
        }
        List<Fraction> rungs = new ArrayList<>();
        List<Fraction> others = new ArrayList<>(List.of(
                product.openLtv(),
                product.liquidation().threshold().ltv(),
                product.liquidation().threshold().ltv()));
        for (Rung rung : product.ladder().rungs()) {
            rungs.add(rung.threshold().ltv());
            rungs.add(chance(50) ? rung.threshold().ltv() : rung.level());
        }
        product.collateral().stream()
                .map(CollateralTerms::openLtv)
                .filter(Objects::nonNull)
                .forEach(others::add);
        if (product.release() != null) {
            others.add(product.release().belowLtv());
        }
        return !rungs.isEmpty() && chance(65) ? one(rungs) : one(others);
    }

    /** Where the call is healed, or a higher rung is met. */
    private Fraction edgeOf(MarginCall call) {
        List<Rung> rungs = product.ladder().rungs();
        List<Fraction> edges = new ArrayList<>(List.of(cureLevel(), cureLevel()));
        for (Rung higher : rungs.subList(call.rung(), rungs.size())) {
            edges.add(higher.threshold().ltv());
        }
        return one(edges);
    }

    Instant nextTime() {
        Instant now = ledger.world().taskTime().equals(Instant.EPOCH)
                ? World.START
                : ledger.world().taskTime();
        MarginCall call = loan().marginCall();
        if (call != null && call.healedSince() != null && chance(50)) {
            return now.plusSeconds(
                    random.nextInt((int) product.ladder().cureDwell().toSeconds()));
        }
        List<Instant> moments = moments();
        if (!moments.isEmpty() && chance(45)) {
            Instant at = one(moments).plus(TICK.multipliedBy(random.nextInt(3) - 1L));
            if (at.isAfter(now)) {
                return at;
            }
        }
        int dice = random.nextInt(100);
        if (dice < 3) {
            return now.minusSeconds(5);
        }
        if (dice < 60) {
            return now.plusSeconds(random.nextInt(3_600));
        }
        if (dice < 92) {
            return now.plus(Duration.ofMinutes(random.nextInt(36 * 60)));
        }
        return now.plus(Duration.ofHours(24L * (1 + random.nextInt(20))));
    }

    /** When something of the loan ends by itself. */
    private List<Instant> moments() {
        List<Instant> moments = new ArrayList<>();
        MarginCall call = loan().marginCall();
        if (call != null) {
            Duration dwell = product.ladder().cureDwell();
            moments.add(
                    call.healedSince() == null
                            ? call.deadline().minus(dwell)
                            : call.healedSince().plus(dwell));
            if (call.dispute() != null && call.stage() == MarginCall.Stage.DISPUTED) {
                moments.add(call.dispute().answerBy());
            }
            moments.add(call.deadline());
            moments.add(call.expiresAt());
        }
        ScheduleTerms schedule = product.agreed().schedule();
        if (product.release() != null
                && loan().position() != null
                && loan().debt().startedOn() != null) {
            addReleaseDays(product.release(), loan().debt().startedOn(), moments);
        }
        if (schedule != null && loan().position() != null && loan().debt().startedOn() != null) {
            addInstalments(schedule, loan().debt().startedOn(), moments);
            if (product.agreed().onDefault() != null) {
                addDefaults(product.agreed().onDefault(), schedule, moments);
            }
        }
        addOthers(moments);
        moments.removeIf(moment -> moment.isAfter(LAST));
        return moments;
    }

    /** When a commitment ends, and when a payment becomes free. */
    private void addOthers(List<Instant> moments) {
        PrepaymentTerms prepayment = product.agreed().prepayment();
        LocalDate start = loan().position() == null ? null : loan().debt().startedOn();
        if (start != null && prepayment != null && chance(30)) {
            moments.add(midnight(start.plusDays(prepayment.freeFromDay())));
        }
        boolean ends = product.agreed().line() != null || prepayment != null;
        if (ends && loan().maturity() != null && chance(12)) {
            moments.add(midnight(loan().maturity()));
        }
    }

    /** When coin may be asked back, and when no more. */
    private void addReleaseDays(ReleaseTerms rule, LocalDate start, List<Instant> moments) {
        moments.add(midnight(start.plusDays(rule.notBeforeDays() + 1L)));
        if (loan().releasedOn() != null) {
            moments.add(midnight(loan().releasedOn().plusDays(rule.intervalDays())));
        }
        if (loan().maturity() != null && chance(15)) {
            moments.add(midnight(loan().maturity()));
        }
    }

    /** When what is unpaid brings a default. */
    private void addDefaults(DefaultTerms rule, ScheduleTerms schedule, List<Instant> moments) {
        for (Due due : loan().servicing().dues()) {
            if (due.interest().isPositive() || due.principal().isPositive()) {
                moments.add(
                        midnight(due.dueOn().plusDays(rule.afterDays() + 1L)).plus(schedule.factLag()));
            }
        }
    }

    static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** When the next instalment falls due, and when those that are due cost a fee. */
    private void addInstalments(ScheduleTerms schedule, LocalDate start, List<Instant> moments) {
        Amendment amendment = loan().terms().amendment();
        int next = loan().servicing().billed() + 1 - (amendment == null ? 0 : amendment.instalmentsBefore());
        LocalDate maturity = loan().maturity();
        if (maturity == null) {
            return;
        }
        LocalDate day = schedule.everyDays() > 0
                ? start.plusDays((long) next * schedule.everyDays())
                : schedule.everyMonths() > 0 ? start.plusMonths((long) next * schedule.everyMonths()) : maturity;
        if (next <= schedule.custom().size()) {
            day = start.plusDays(schedule.custom().get(next - 1).onDay());
        }
        moments.add(midnight(day.isBefore(maturity) ? day : maturity));
        for (Due due : loan().servicing().dues()) {
            if (!due.lateFeeCharged()) {
                moments.add(midnight(due.dueOn().plusDays(schedule.graceDays() + 1L))
                        .plus(schedule.factLag()));
            }
        }
    }
}
