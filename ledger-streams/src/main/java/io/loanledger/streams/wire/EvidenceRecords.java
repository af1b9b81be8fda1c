package io.loanledger.streams.wire;

import io.loanledger.core.loan.OtherCoin;
import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.IndexSourceStatus;
import io.loanledger.events.PriceEvidence;
import io.loanledger.events.ThresholdComparator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a price decision as outbound records carry it: exposure and haircut rounded up and coin that counted rounded down, so
 * that a breach stays one for whoever multiplies them out.
 */
final class EvidenceRecords {
    /** What a venue that did not count has of the index; one that counted has an equal share. */
    private static final String NO_SHARE = "0";

    /** The haircut of coin that stands in the record as what counted of it. */
    private static final String NOTHING = "0";

    private EvidenceRecords() {}

    static PriceEvidence of(io.loanledger.core.loan.PriceEvidence evidence) {
        IndexPrice index = evidence.index();
        BigDecimal price = index.price();
        if (price == null) {
            throw new IllegalArgumentException("evidence without a price: " + index.market());
        }
        Quantity pledged = evidence.collateral();
        Money exposure = evidence.exposureRoundedUp();
        BigDecimal counted = evidence.counted();
        Money stabilised = evidence.stabilised();
        return PriceEvidence.newBuilder()
                .setMarket(index.market())
                .setEpoch(index.epoch())
                .setSequence(index.sequence())
                .setPriceTime(index.priceTime())
                .setPrice(WireText.of(price))
                .setExposure(WireText.of(exposure))
                .setDebtAsset(exposure.currency().code())
                .setCollateralQuantity(
                        WireText.of(counted == null ? pledged : Quantity.roundedDown(counted, pledged.asset())))
                .setCollateralAsset(pledged.asset().code())
                .setHaircut(counted == null ? WireText.rateRoundedUp(evidence.haircut()) : NOTHING)
                .setThreshold(threshold(evidence.threshold()))
                .setProductId(evidence.productId())
                .setTermsVersion(evidence.termsVersion())
                .setSources(sources(index.sources()))
                .setExposureBasis(
                        switch (evidence.exposureBasis()) {
                            case PRINCIPAL -> ExposureBasis.PRINCIPAL;
                            case OUTSTANDING -> ExposureBasis.OUTSTANDING;
                            case TOTAL_OBLIGATION -> ExposureBasis.TOTAL_OBLIGATION;
                        })
                .setMaturity(evidence.maturity())
                .setPledgedQuantity(counted == null ? null : WireText.of(pledged))
                .setStabilised(stabilised == null ? null : WireText.of(stabilised))
                .setOtherValue(otherValue(evidence))
                .setDebtPrice(
                        evidence.debt() == null
                                ? null
                                : WireText.of(evidence.debt().measure()))
                .setAddOn(evidence.addOn() == null ? null : WireText.of(evidence.addOn()))
                .build();
    }

    private static @Nullable String otherValue(io.loanledger.core.loan.PriceEvidence evidence) {
        if (evidence.others().isEmpty()) {
            return null;
        }
        Asset currency = evidence.exposure().currency();
        BigDecimal value = OtherCoin.value(evidence.others()).setScale(currency.scale(), RoundingMode.DOWN);
        return WireText.of(new Money(value, currency));
    }

    static io.loanledger.events.Fraction fraction(Fraction fraction) {
        return new io.loanledger.events.Fraction(
                fraction.numerator().toString(), fraction.denominator().toString());
    }

    private static io.loanledger.events.Threshold threshold(Threshold threshold) {
        return new io.loanledger.events.Threshold(
                fraction(threshold.ltv()),
                switch (threshold.comparator()) {
                    case REACHES -> ThresholdComparator.REACHES;
                    case EXCEEDS -> ThresholdComparator.EXCEEDS;
                });
    }

    /** A venue that never quoted is not on the wire. */
    private static List<io.loanledger.events.IndexSource> sources(List<IndexSource> sources) {
        String share = IndexSource.shareRoundedHalfEven(sources).toPlainString();
        List<io.loanledger.events.IndexSource> records = new ArrayList<>();
        for (IndexSource source : sources) {
            Instant observedAt = source.observedAt();
            if (observedAt != null) {
                BigDecimal price = source.price();
                records.add(new io.loanledger.events.IndexSource(
                        source.venue(),
                        price == null ? null : WireText.of(price),
                        source.counts() ? share : NO_SHARE,
                        status(source.status()),
                        observedAt));
            }
        }
        return records;
    }

    private static IndexSourceStatus status(IndexSource.Status status) {
        return switch (status) {
            case USED -> IndexSourceStatus.USED;
            case CLAMPED -> IndexSourceStatus.CLAMPED;
            case AGED -> IndexSourceStatus.AGED;
            case WIDE_SPREAD -> IndexSourceStatus.WIDE_SPREAD;
            case INSANE -> IndexSourceStatus.INSANE;
            case OUTLIER -> IndexSourceStatus.OUTLIER;
            case UNCONVERTED -> IndexSourceStatus.UNCONVERTED;
        };
    }
}
