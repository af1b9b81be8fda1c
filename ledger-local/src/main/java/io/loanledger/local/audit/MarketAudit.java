package io.loanledger.local.audit;

import io.loanledger.events.ClaimGranted;
import io.loanledger.events.ClaimWithdrawn;
import io.loanledger.events.DebtPrice;
import io.loanledger.events.FannedTerms;
import io.loanledger.events.IndexPrice;
import io.loanledger.events.LiquidationAmended;
import io.loanledger.events.LiquidationRequested;
import io.loanledger.events.MarginCallExpired;
import io.loanledger.events.PriceEvidence;
import io.loanledger.events.ProductTerms;
import io.loanledger.events.ThresholdComparator;
import io.loanledger.local.audit.PublicHistory.Read;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Checks the index, and that whatever was asked to be sold had a reason, from the public topics and what the journal says of defaults. */
public final class MarketAudit {

    private final PublicHistory history;
    private final BiPredicate<String, String> defaults;
    private final Findings findings;
    private final Map<String, IndexSeries> series = new HashMap<>();
    private final Map<String, DebtPrice> debtPrices = new HashMap<>();

    /**
     * Of all markets.
     *
     * @param defaults whether the journal says that a loan was in default, for a reason
     */
    public MarketAudit(PublicHistory history, BiPredicate<String, String> defaults, Findings findings) {
        this.history = history;
        this.defaults = defaults;
        this.findings = findings;
        for (FannedTerms fanned : history.of(FannedTerms.class)) {
            ProductTerms terms = fanned.getProductTerms();
            if (terms != null
                    && terms.getAgreement() != null
                    && terms.getAgreement().getDebtPrice() != null) {
                debtPrices.put(
                        version(terms.getProductId(), terms.getVersion()),
                        terms.getAgreement().getDebtPrice());
            }
        }
    }

    private static String version(String productId, int version) {
        return productId + " " + version;
    }

    /** The index of one market, as the first of the partitions has it; {@link #fence} compares the others. */
    static IndexSeries seriesOf(PublicHistory history, String market) {
        return new IndexSeries(history.placed(IndexPrice.class).stream()
                .filter(read -> read.partition() == 0)
                .map(Read::value)
                .filter(price -> price.getMarket().equals(market))
                .toList());
    }

    /** To be called once, when the whole journal was followed. */
    public void check() {
        fence();
        claims();
        Set<String> expired = new HashSet<>();
        history.of(MarginCallExpired.class).forEach(call -> expired.add(call.getLoanId()));
        for (LiquidationRequested request : history.of(LiquidationRequested.class)) {
            reason(request, expired);
            goodPrice(request.getCaseId(), request.getEvidence());
        }
        amendments();
    }

    /** (epoch, sequence) of a market rises strictly, and every partition has the same prices. */
    private void fence() {
        Map<Integer, List<IndexPrice>> byPartition = new TreeMap<>();
        for (Read<IndexPrice> read : history.placed(IndexPrice.class)) {
            byPartition
                    .computeIfAbsent(read.partition(), none -> new ArrayList<>())
                    .add(read.value());
        }
        List<IndexPrice> first = byPartition.getOrDefault(0, List.of());
        byPartition.forEach((partition, own) -> {
            Map<String, IndexPrice> last = new HashMap<>();
            for (IndexPrice price : own) {
                IndexPrice former = last.put(price.getMarket(), price);
                findings.check(
                        Invariant.VERSION_FENCE,
                        former == null
                                || price.getEpoch() > former.getEpoch()
                                || (price.getEpoch() == former.getEpoch()
                                        && price.getSequence() > former.getSequence()),
                        () -> "partition " + partition + ": " + price + " after " + former);
            }
            findings.check(
                    Invariant.VERSION_FENCE,
                    own.equals(first),
                    () -> "partitions 0 and " + partition + " have other index prices");
        });
    }

    private void claims() {
        Set<String> withdrawn = new HashSet<>();
        history.of(ClaimWithdrawn.class).forEach(claim -> withdrawn.add(claim.getOutpoint() + "/" + claim.getLoanId()));
        Map<String, String> holders = new HashMap<>();
        for (ClaimGranted claim : history.of(ClaimGranted.class)) {
            String former = holders.put(claim.getOutpoint(), claim.getLoanId());
            findings.check(
                    Invariant.ONE_OUTPOINT_ONE_LOAN,
                    former == null
                            || former.equals(claim.getLoanId())
                            || withdrawn.contains(claim.getOutpoint() + "/" + former),
                    () -> claim.getOutpoint() + " backs " + former + " and " + claim.getLoanId());
        }
    }

    private void reason(LiquidationRequested request, Set<String> expired) {
        boolean holds = switch (request.getReason()) {
            case HARD_LTV -> isBreach(request.getEvidence());
            case CALL_EXPIRED -> expired.contains(request.getLoanId());
            case PAYMENT_DEFAULT, MATURITY, CROSS_DEFAULT, MANUAL ->
                defaults.test(request.getLoanId(), request.getReason().name());
            case UNKNOWN -> false;
        };
        findings.check(Invariant.NO_SELL_WITHOUT_REASON, holds, () -> "no reason for " + request);
    }

    /**
     * Exposure, rounded up, over quantity x price x (1 - haircut) + the other coins + what is stabilised, against the threshold, as a
     * cross-product. The quantity is less by an add-on already, and the exposure is in the currency of the prices.
     */
    private static boolean isBreach(PriceEvidence evidence) {
        BigDecimal value = new BigDecimal(evidence.getCollateralQuantity())
                .multiply(new BigDecimal(evidence.getPrice()))
                .multiply(BigDecimal.ONE.subtract(new BigDecimal(evidence.getHaircut())))
                .add(evidence.getOtherValue() == null ? BigDecimal.ZERO : new BigDecimal(evidence.getOtherValue()))
                .add(evidence.getStabilised() == null ? BigDecimal.ZERO : new BigDecimal(evidence.getStabilised()));
        var ltv = evidence.getThreshold().getLtv();
        int order = new BigDecimal(evidence.getExposure())
                .multiply(new BigDecimal(ltv.getDenominator()))
                .compareTo(value.multiply(new BigDecimal(ltv.getNumerator())));
        return evidence.getThreshold().getComparator() == ThresholdComparator.REACHES ? order >= 0 : order > 0;
    }

    /** Evidence names a price that was published, as it was published, while the market was open. */
    private void goodPrice(String caseId, PriceEvidence evidence) {
        findings.check(
                Invariant.NO_LIQUIDATION_ON_BAD_PRICE,
                seriesOf(evidence.getMarket())
                                .at(evidence.getEpoch(), evidence.getSequence())
                                .filter(IndexSeries::isOpen)
                                .filter(price -> same(price.getPrice(), evidence.getPrice()))
                                .isPresent()
                        && isMeasured(evidence),
                () -> caseId + " rests on " + evidence);
    }

    private IndexSeries seriesOf(String market) {
        return series.computeIfAbsent(market, each -> seriesOf(history, each));
    }

    /** What a debt counts for is a price that was published for it while its market was open, or 1 where a lower one counts as that. */
    private boolean isMeasured(PriceEvidence evidence) {
        DebtPrice terms = debtPrices.get(version(evidence.getProductId(), evidence.getTermsVersion()));
        String measure = evidence.getDebtPrice();
        if (terms == null || measure == null) {
            return terms == null && measure == null;
        }
        return seriesOf(terms.getMarket())
                .anyOpen(price -> same(price, measure)
                        || (terms.getFlooredAtPeg()
                                && same("1", measure)
                                && new BigDecimal(price).compareTo(BigDecimal.ONE) < 0));
    }

    private static boolean same(String one, String other) {
        return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    }

    /** Versions of a case rise one by one. */
    private void amendments() {
        Map<String, Integer> versions = new HashMap<>();
        for (LiquidationAmended amended : history.of(LiquidationAmended.class)) {
            int former = versions.getOrDefault(amended.getCaseId(), 1);
            versions.put(amended.getCaseId(), amended.getVersion());
            findings.check(
                    Invariant.VERSION_FENCE,
                    amended.getVersion() == former + 1,
                    () -> amended.getCaseId() + ": version " + amended.getVersion() + " after " + former);
        }
    }
}
