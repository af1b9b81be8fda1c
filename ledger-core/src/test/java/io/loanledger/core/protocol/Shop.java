package io.loanledger.core.protocol;

import io.loanledger.core.liquidation.MarketRules;
import io.loanledger.core.money.Asset;
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
import java.time.Instant;
import java.util.List;

/**
 * One product and one market, with figures that can be checked by hand: 16,000 lent on two locked coins of 1 BTC, sold in lots of 1 BTC,
 * call at 70 %, cure at 60 %, hard limit 80 %, target 65 %, fee 1 %, no interest.
 */
final class Shop {
    static final Asset BTC = new Asset("BTC", 8);
    static final Asset USD = new Asset("USD", 2);
    static final String MARKET = "BTC-USD";
    static final String DESK = "DESK";
    static final Instant START = Instant.parse("2020-03-12T00:00:00Z");
    static final Duration STEP = Duration.ofSeconds(1);
    static final BigDecimal PRINCIPAL = new BigDecimal("16000");

    static final ProductTerms TERMS = new ProductTerms(
            "lots",
            1,
            USD,
            List.of(new CollateralTerms(BTC, MARKET, Fraction.ZERO, Quantity.of("1", BTC))),
            Fraction.percent(50),
            Ladder.of(
                    Threshold.reaches(Fraction.percent(70)),
                    Fraction.percent(60),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(10),
                    ClockStopper.DETECTED),
            new LiquidationTerms(
                    Threshold.reaches(Fraction.percent(80)),
                    Fraction.percent(65),
                    Money.of("0", USD),
                    Fraction.percent(1),
                    Fraction.percent(2)),
            new InterestTerms(Fraction.ZERO, DayCount.ACT_365F),
            ExposureBasis.OUTSTANDING,
            0);

    /** What the price does to 16,000 on 2 BTC. */
    enum Level {
        /** 50 %: healthy. */
        HIGH("16000.00"),
        /** 72.7 %: called. */
        CALL("11000.00"),
        /** 80 %: one lot brings it to 61 %. */
        HARD("10000.00"),
        /** 100 %: both lots, and debt is left. */
        LOW("8000.00");

        final BigDecimal price;

        Level(String price) {
            this.price = new BigDecimal(price);
        }
    }

    private Shop() {}

    /**
     * A market's rules.
     *
     * @param maxOrder the most one order carries, in BTC
     * @param notional the most in flight, in USD
     */
    static MarketRules rules(String maxOrder, String notional, int openBlocks) {
        return new MarketRules(
                MARKET,
                BTC,
                USD,
                new BigDecimal("0.01"),
                Quantity.of(maxOrder, BTC),
                Money.of(notional, USD),
                openBlocks,
                10,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofDays(7));
    }

    static Quantity btc(String amount) {
        return Quantity.of(amount, BTC);
    }

    static Quantity none() {
        return Quantity.zero(BTC);
    }
}
