package io.loanledger.local.sim;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The two products of the demo: dollars against bitcoin, opened at up to 50 %, margin call at 70 % cured at or under 60 %, sold at
 * 80 % down to 60 %. They differ in the time a margin call leaves: 24 hours and 6 hours.
 */
public final class DemoProducts {

    /** 24 hours to cure. */
    public static final String PATIENT = "btc-usd-24h";

    /** 6 hours to cure. */
    public static final String SWIFT = "btc-usd-6h";

    public static final String MARKET = "BTC-USD";
    public static final String COLLATERAL_ASSET = "BTC";
    public static final String DEBT_ASSET = "USD";

    /** CAIP-2 of the Bitcoin main chain, as proofs name it. */
    static final String BITCOIN = "bip122:000000000019d6689c085ae165831e93";

    private static final int BITCOIN_SCALE = 8;
    private static final int DOLLAR_SCALE = 2;
    private static final Duration FACT_LAG = Duration.ofMinutes(10);

    private DemoProducts() {}

    static List<ProductTerms> all(Instant occurredAt, String producer) {
        return List.of(
                terms(PATIENT, Duration.ofHours(24), FACT_LAG, occurredAt, producer),
                terms(SWIFT, Duration.ofHours(6), FACT_LAG, occurredAt, producer));
    }

    /** The first version of a product that differs from the demo's in its id and in how long a borrower and a late fact have. */
    public static ProductTerms terms(
            String productId, Duration cure, Duration factLag, Instant occurredAt, String producer) {
        return ProductTerms.newBuilder()
                .setEventId("terms-" + productId + "-1")
                .setOccurredAt(occurredAt)
                .setProducer(producer)
                .setProductId(productId)
                .setVersion(1)
                .setDebtAsset(asset(DEBT_ASSET, DOLLAR_SCALE, ""))
                .setCollateral(List.of(CollateralTerms.newBuilder()
                        .setAsset(asset(COLLATERAL_ASSET, BITCOIN_SCALE, BITCOIN + "/slip44:0"))
                        .setMarket(MARKET)
                        .setHaircut("0")
                        .setLotSize("0.00010000")
                        .build()))
                .setOpenLtv(perCent(50))
                .setMarginCall(MarginCallTerms.newBuilder()
                        .setThreshold(reaches(70))
                        .setCureLtv(perCent(60))
                        .setCureSeconds(cure.toSeconds())
                        .setFactLagSeconds(factLag.toSeconds())
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
