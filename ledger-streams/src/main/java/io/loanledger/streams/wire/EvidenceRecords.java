package io.loanledger.streams.wire;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.price.IndexSource;
import io.loanledger.events.ExposureBasis;
import io.loanledger.events.IndexSourceStatus;
import io.loanledger.events.PriceEvidence;
import io.loanledger.events.ThresholdComparator;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The evidence of a price decision as outbound records carry it. */
final class EvidenceRecords {
    /** What a venue that did not count has of the index; one that counted has an equal share. */
    private static final String NO_SHARE = "0";

    private EvidenceRecords() {}

    static PriceEvidence of(io.loanledger.core.loan.PriceEvidence evidence) {
        IndexPrice index = evidence.index();
        BigDecimal price = index.price();
        if (price == null) {
            throw new IllegalArgumentException("evidence without a price: " + index.market());
        }
        return PriceEvidence.newBuilder()
                .setMarket(index.market())
                .setEpoch(index.epoch())
                .setSequence(index.sequence())
                .setPriceTime(index.priceTime())
                .setPrice(WireText.of(price))
                .setExposure(WireText.of(evidence.exposure()))
                .setDebtAsset(evidence.exposure().currency().code())
                .setCollateralQuantity(WireText.of(evidence.collateral()))
                .setCollateralAsset(evidence.collateral().asset().code())
                .setHaircut(WireText.rateRoundedHalfEven(evidence.haircut()))
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
                .build();
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
