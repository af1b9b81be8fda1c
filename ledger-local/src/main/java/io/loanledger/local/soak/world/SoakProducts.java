package io.loanledger.local.soak.world;

import io.loanledger.events.AssetDefinition;
import io.loanledger.events.ClockStopper;
import io.loanledger.events.CollateralTerms;
import io.loanledger.events.DayCount;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.Fraction;
import io.loanledger.events.LiquidationTerms;
import io.loanledger.events.MarginCallTerms;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.Threshold;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.local.sim.DemoProducts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The demo's two products on the clock on the wall: opened at up to 50 %, called at 70 % and cured at or under 60 %, sold at 80 % down to
 * 60 %; but a margin call leaves 40 or 15 seconds, so that calls run out within a run of minutes.
 */
final class SoakProducts {

    static final String PATIENT = "btc-usd-40s";
    static final String SWIFT = "btc-usd-15s";

    private static final String PRODUCER = "simulated-origination";
    private static final Duration FACT_LAG = Duration.ofSeconds(3);

    private SoakProducts() {}

    static List<ProductTerms> all(Instant occurredAt) {
        return List.of(
                terms(PATIENT, Duration.ofSeconds(40), occurredAt), terms(SWIFT, Duration.ofSeconds(15), occurredAt));
    }

    private static ProductTerms terms(String productId, Duration cure, Instant occurredAt) {
        return ProductTerms.newBuilder()
                .setEventId("terms-" + productId + "-1")
                .setOccurredAt(occurredAt)
                .setProducer(PRODUCER)
                .setProductId(productId)
                .setVersion(1)
                .setDebtAsset(asset(DemoProducts.DEBT_ASSET, 2, ""))
                .setCollateral(List.of(CollateralTerms.newBuilder()
                        .setAsset(asset(
                                DemoProducts.COLLATERAL_ASSET, 8, "bip122:000000000019d6689c085ae165831e93/slip44:0"))
                        .setMarket(DemoProducts.MARKET)
                        .setHaircut("0")
                        .setLotSize("0.00010000")
                        .build()))
                .setOpenLtv(perCent(50))
                .setMarginCall(MarginCallTerms.newBuilder()
                        .setThreshold(reaches(70))
                        .setCureLtv(perCent(60))
                        .setCureSeconds(cure.toSeconds())
                        .setFactLagSeconds(FACT_LAG.toSeconds())
                        .setClockStopper(ClockStopper.LOCKED_AND_CLAIMED)
                        .build())
                .setLiquidation(LiquidationTerms.newBuilder()
                        .setThreshold(reaches(80))
                        .setTargetLtv(perCent(60))
                        .setMinimumResidualDebt("500.00")
                        .setFeeRate("0.0099")
                        .setFloorDiscount("0.02")
                        .build())
                .setAnnualRate("0.09")
                .setDayCount(DayCount.ACT_365F)
                .setExposureBasis(ExposureBasis.OUTSTANDING)
                .setTermDays(365)
                .build();
    }

    private static AssetDefinition asset(String code, int scale, String caip19) {
        return AssetDefinition.newBuilder()
                .setCode(code)
                .setScale(scale)
                .setCaip19(caip19)
                .build();
    }

    private static Threshold reaches(int perCent) {
        return Threshold.newBuilder()
                .setLtv(perCent(perCent))
                .setComparator(ThresholdComparator.REACHES)
                .build();
    }

    private static Fraction perCent(int value) {
        return Fraction.newBuilder()
                .setNumerator(Integer.toString(value))
                .setDenominator("100")
                .build();
    }
}
