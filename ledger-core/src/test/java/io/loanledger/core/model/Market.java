package io.loanledger.core.model;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.loan.MarginCall;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The market: a price walks, or lands a unit under, on or over one at which the loan stands at a limit of its terms. */
final class Market extends Actor {
    private static final BigDecimal LOWEST = new BigDecimal("300.00");
    private static final BigDecimal HIGHEST = new BigDecimal("90000.00");

    private final ProductTerms product;
    private BigDecimal price;

    Market(Scene scene, ProductTerms product, BigDecimal price) {
        super(scene);
        this.product = product;
        this.price = price;
    }

    void open(Instant at) {
        ledger.price("first price", at, price, IndexState.LIVE);
    }

    void anyPrice() {
        BigDecimal next = price.multiply(BigDecimal.valueOf(9_700 + random.nextInt(601), 4));
        String kind = "price walks";
        Loan loan = loan();
        if (loan.position() != null && loan.disbursement() != null && chance(60)) {
            BigDecimal edge = priceAt(edge());
            if (edge != null) {
                next = around(edge, CENT);
                kind = "price at an edge";
            }
        }
        price = next.setScale(2, RoundingMode.HALF_EVEN).max(LOWEST).min(HIGHEST);
        ledger.price(kind, nextTime(), price, state());
        if (chance(5)) {
            ledger.world().standStill(); // so much later that the price is old to the facts that follow
        }
    }

    private IndexState state() {
        int dice = random.nextInt(100);
        return dice < 88
                ? IndexState.LIVE
                : dice < 92 ? IndexState.DEGRADED : dice < 96 ? IndexState.STALE : IndexState.HALTED;
    }

    /** A limit of the terms: of a rung mostly, where it acts or where it is over. */
    private Fraction edge() {
        List<Fraction> rungs = new ArrayList<>();
        List<Fraction> others = new ArrayList<>(List.of(
                product.openLtv(),
                product.liquidation().threshold().ltv(),
                product.liquidation().threshold().ltv()));
        rungs.add(product.ladder().rung(1).threshold().ltv());
        rungs.add(product.ladder().rung(1).threshold().ltv());
        rungs.add(product.ladder().rung(1).level());
        product.collateral().stream().map(CollateralTerms::openLtv).filter(Objects::nonNull).forEach(others::add);
        if (product.release() != null) {
            others.add(product.release().belowLtv());
        }
        return chance(65) ? one(rungs) : one(others);
    }

    private Instant nextTime() {
        Instant now = ledger.world().taskTime().equals(Instant.EPOCH)
                ? World.START
                : ledger.world().taskTime();
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
            moments.add(call.deadline());
            moments.add(call.expiresAt());
        }
        return moments;
    }
}
