package io.loanledger.core.model;

import static io.loanledger.core.model.World.BTC;
import static io.loanledger.core.model.World.MARKET;
import static io.loanledger.core.model.World.USD;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.DayCount;
import io.loanledger.core.terms.ExposureBasis;
import io.loanledger.core.terms.InterestTerms;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.Ladder.ClockStopper;
import io.loanledger.core.terms.LiquidationTerms;
import io.loanledger.core.terms.ProductTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The products of the random histories: they differ in all that can differ. {@code -Dledger.product} is a pattern of those that are drawn. */
public final class Products {
    /** The demo's product with a coarser lot: LTV 50 / 60 / 70 / 80, 24 hours, a top-up counts when it is seen. */
    static final ProductTerms DAY = product(
            "day",
            "0.01",
            "0",
            Threshold.reaches(Fraction.percent(70)),
            Threshold.reaches(Fraction.percent(80)),
            Fraction.percent(60),
            Duration.ofHours(24),
            ClockStopper.DETECTED,
            "500",
            "0.0099",
            "0.12");

    /** Thresholds of thirds that must be exceeded, a haircut, six hours, a top-up counts when it is locked. */
    static final ProductTerms THIRDS = product(
            "thirds",
            "0.03",
            "0.05",
            exceeds(2, 3),
            exceeds(3, 4),
            Fraction.of(5, 9),
            Duration.ofHours(6),
            ClockStopper.LOCKED_AND_CLAIMED,
            "0",
            "0.015",
            "0.0725");

    /** No fee, no interest, a fine lot: what is left is plain arithmetic. */
    public static final ProductTerms PLAIN = product(
            "plain",
            "0.005",
            "0",
            Threshold.reaches(Fraction.percent(70)),
            exceeds(17, 20),
            Fraction.percent(55),
            Duration.ofHours(12),
            ClockStopper.DETECTED,
            "100",
            "0",
            "0");

    /** All interest of the term counts; the term is short enough to end within a history. */
    static final ProductTerms TOTAL = Like.the(DAY, "total")
            .bearing(interest("0.3", DayCount.THIRTY_360))
            .counting(ExposureBasis.TOTAL_OBLIGATION)
            .runningFor(100)
            .terms();

    /** The principal alone counts, so that paying interest heals nothing. */
    static final ProductTerms PRINCIPAL = Like.the(THIRDS, "principal")
            .bearing(interest("0.14", DayCount.ACT_ACT_ISDA))
            .counting(ExposureBasis.PRINCIPAL)
            .terms();

    static final ProductTerms BANKERS = Like.the(DAY, "bankers")
            .bearing(interest("0.09", DayCount.ACT_360))
            .counting(ExposureBasis.TOTAL_OBLIGATION)
            .runningFor(730)
            .terms();

    static final ProductTerms EUROBOND = Like.the(THIRDS, "eurobond")
            .bearing(interest("0.21", DayCount.THIRTY_E_360))
            .runningFor(0)
            .terms();

    /** One call, one sale, simple interest. */
    public static final List<ProductTerms> PLAIN_ONES =
            List.of(DAY, THIRDS, PLAIN, TOTAL, PRINCIPAL, BANKERS, EUROBOND);

    /** All of them; a history draws one. */
    public static final List<ProductTerms> ALL = Stream.of(
                    PLAIN_ONES,
                    SaleProducts.ALL,
                    LadderProducts.ALL,
                    DebtProducts.ALL,
                    RateProducts.ALL,
                    PrepaymentProducts.ALL,
                    LineProducts.ALL,
                    MixedProducts.ALL,
                    DebtPriceProducts.ALL)
            .flatMap(List::stream)
            .filter(product -> product.productId().matches(System.getProperty("ledger.product", ".*")))
            .toList();

    private Products() {}

    static InterestTerms interest(String annualRate, DayCount dayCount) {
        return new InterestTerms(Fraction.ofDecimal(new BigDecimal(annualRate)), dayCount);
    }

    private static Threshold exceeds(long numerator, long denominator) {
        return new Threshold(Fraction.of(numerator, denominator), Threshold.Comparator.EXCEEDS);
    }

    private static ProductTerms product(
            String id,
            String lot,
            String haircut,
            Threshold call,
            Threshold hard,
            Fraction cure,
            Duration curePeriod,
            ClockStopper stopper,
            String dust,
            String feeRate,
            String annualRate) {
        return new ProductTerms(
                id,
                1,
                USD,
                List.of(new CollateralTerms(
                        BTC, MARKET, Fraction.ofDecimal(new BigDecimal(haircut)), Quantity.of(lot, BTC))),
                Fraction.percent(50),
                Ladder.of(call, cure, curePeriod, Duration.ofHours(1), stopper),
                new LiquidationTerms(
                        hard,
                        cure,
                        Money.of(dust, USD),
                        Fraction.ofDecimal(new BigDecimal(feeRate)),
                        Fraction.percent(2)),
                new InterestTerms(Fraction.ofDecimal(new BigDecimal(annualRate)), DayCount.ACT_365F),
                ExposureBasis.OUTSTANDING,
                365);
    }
}
