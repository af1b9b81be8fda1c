package io.loanledger.core.loan;

import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.ExposureBasis;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Why a price made the ledger act: whoever holds this record can repeat the comparison.
 *
 * @param index the price record with its sources
 * @param exposure the debt of the basis, rounded half-even for people
 * @param collateral the quantity that was counted
 * @param haircut share of its value that was not counted
 * @param threshold the limit that was met (or, for a cure or an issue, kept)
 * @param numerator exact exposure, times an arbitrary common factor
 * @param denominator exact collateral value after haircut, times the same factor: numerator / denominator is the loan-to-value
 * @param productId whose terms
 * @param termsVersion which version of them
 * @param exposureBasis which debt stands in the ratio
 * @param maturity the day through which a total obligation counts interest; null before the payout, and for a line without one
 */
public record PriceEvidence(
        IndexPrice index,
        Money exposure,
        Quantity collateral,
        Fraction haircut,
        Threshold threshold,
        BigDecimal numerator,
        BigDecimal denominator,
        String productId,
        int termsVersion,
        ExposureBasis exposureBasis,
        @Nullable LocalDate maturity) {
    /** Repeats the comparison from the evidence alone (invariant NoSellWithoutReason). */
    public boolean holds() {
        return threshold.isMetBy(numerator, denominator);
    }
}
