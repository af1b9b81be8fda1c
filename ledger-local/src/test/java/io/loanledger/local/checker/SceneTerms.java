package io.loanledger.local.checker;

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
import java.time.Instant;
import java.util.List;

/** Terms of the scenes: open 50 %, call reaches 70 % for a day down to 60 %, sale reaches 80 % down to 60 %. */
final class SceneTerms {
    private SceneTerms() {}

    static ProductTerms plain(String annualRate, DayCount dayCount, ExposureBasis basis, int termDays) {
        return ProductTerms.newBuilder()
                .setEventId("terms-1")
                .setOccurredAt(Instant.EPOCH)
                .setProducer(RecordedLedger.PRODUCER)
                .setProductId(RecordedLedger.PRODUCT)
                .setVersion(1)
                .setDebtAsset(new AssetDefinition("USD", 2, "swift/iso4217:USD"))
                .setCollateral(List.of(bitcoin().build()))
                .setOpenLtv(percent(50))
                .setMarginCall(new MarginCallTerms(reaches(70), percent(60), 86_400L, 3_600L, ClockStopper.DETECTED))
                .setLiquidation(sale().build())
                .setAnnualRate(annualRate)
                .setDayCount(dayCount)
                .setExposureBasis(basis)
                .setTermDays(termDays)
                .build();
    }

    /** To be changed. */
    static ProductTerms.Builder product() {
        return ProductTerms.newBuilder(plain("0.12"));
    }

    static ProductTerms plain(String annualRate) {
        return plain(annualRate, DayCount.ACT_365F, ExposureBasis.OUTSTANDING, 365);
    }

    static CollateralTerms.Builder bitcoin() {
        return CollateralTerms.newBuilder()
                .setAsset(new AssetDefinition("BTC", 8, "bip122:000000000019d6689c085ae165831e93/slip44:0"))
                .setMarket(RecordedLedger.MARKET)
                .setHaircut("0")
                .setLotSize("0.00010000");
    }

    static LiquidationTerms.Builder sale() {
        return LiquidationTerms.newBuilder()
                .setThreshold(reaches(80))
                .setTargetLtv(percent(60))
                .setMinimumResidualDebt("500.00")
                .setFeeRate("0.0099")
                .setFloorDiscount("0.02");
    }

    static Fraction percent(int percent) {
        return new Fraction(Integer.toString(percent), "100");
    }

    /** "1/10", or a whole number. */
    static Fraction fraction(String text) {
        String[] parts = text.split("/", -1);
        return new Fraction(parts[0], parts.length == 1 ? "1" : parts[1]);
    }

    static Threshold reaches(int percent) {
        return new Threshold(percent(percent), ThresholdComparator.REACHES);
    }
}
