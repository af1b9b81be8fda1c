package io.loanledger.core.model;

import io.loanledger.core.loan.Loan;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.price.IndexState;
import io.loanledger.core.terms.DebtPrice;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The market of the currency that is owed, for products that measure the debt by it: its price walks about one, lands on it, or a unit under,
 * on or over one at which the loan stands at a limit of its terms.
 */
final class CurrencyMarket extends Actor {
    private static final int PLACES = 8;
    private static final BigDecimal UNIT = BigDecimal.ONE.movePointLeft(PLACES);
    private static final BigDecimal LOWEST = new BigDecimal("0.3");
    private static final BigDecimal HIGHEST = new BigDecimal("4");

    private final @Nullable DebtPrice rule;
    private final Market market;
    private BigDecimal price = BigDecimal.ONE;

    CurrencyMarket(Scene scene, ProductTerms product, Market market) {
        super(scene);
        this.rule = product.agreed().debtPrice();
        this.market = market;
    }

    boolean isQuoted() {
        return rule != null;
    }

    void open(Instant at) {
        if (rule != null) {
            price = BigDecimal.valueOf(8_700 + random.nextInt(4_000), 4);
            ledger.price("first price of the debt", rule.market(), at, price, IndexState.LIVE);
        }
    }

    void anyPrice() {
        BigDecimal edge = chance(60) ? edge() : null;
        if (edge != null) {
            say("debt's price at an edge", around(edge, UNIT), market.state());
        } else if (chance(8)) {
            say("debt's price at its peg", around(BigDecimal.ONE, UNIT), market.state());
        } else {
            BigDecimal step = BigDecimal.valueOf(9_800 + random.nextInt(401), 4);
            say("debt's price walks", price.multiply(step).setScale(4, RoundingMode.HALF_EVEN), market.state());
        }
    }

    /** The price at which the loan stands at a limit of its terms; null where there is none. */
    private @Nullable BigDecimal edge() {
        Loan loan = loan();
        if (loan.position() == null || loan.disbursement() == null) {
            return null;
        }
        BigDecimal value = value().multiply(measure());
        BigDecimal exposure = exposureOfBasis();
        Fraction ltv = market.edge();
        if (value.signum() <= 0 || exposure.signum() <= 0) {
            return null;
        }
        BigDecimal edge = value.multiply(new BigDecimal(ltv.numerator()))
                .divide(exposure.multiply(new BigDecimal(ltv.denominator())), MathContext.DECIMAL128)
                .setScale(PLACES, RoundingMode.HALF_EVEN);
        return edge.compareTo(LOWEST) < 0 || edge.compareTo(HIGHEST) > 0 ? null : edge;
    }

    private void say(String kind, BigDecimal next, IndexState state) {
        price = next.max(LOWEST).min(HIGHEST);
        Instant at = market.nextTime();
        ledger.price(kind, rule.market(), at, price, state);
        if (chance(50)) {
            market.stands(at, rule.market());
        }
    }

    /** The same price once more, with those of the other markets. */
    void stands(Instant at) {
        if (rule != null) {
            ledger.price("debt's price stands", rule.market(), at, price, IndexState.LIVE);
        }
    }
}
