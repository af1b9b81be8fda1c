package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.ExposureBasis;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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
 * @param counted coin that counted, exact, where parts of it count less; null where it is collateral x (1 - haircut)
 * @param stabilised money that counted beside it; null for none
 * @param others coin of other assets that counted beside it
 * @param addOn by how much the coin counted less for the lender's whole book; null for none. It is in {@code counted}
 * @param debt what a unit of the debt counted for; null where it is its own measure, else the denominator is in the debt's currency
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
        @Nullable LocalDate maturity,
        @Nullable BigDecimal counted,
        @Nullable Money stabilised,
        List<OtherCoin> others,
        @Nullable BigDecimal addOn,
        @Nullable DebtIndex debt) {
    public PriceEvidence {
        others = List.copyOf(others);
    }

    /** The latest of the records that were judged by. */
    Instant priceTime() {
        Instant latest = debt == null ? index.priceTime() : later(index.priceTime(), debt.priceTime());
        for (OtherCoin other : others) {
            latest = later(latest, other.priceTime());
        }
        return latest;
    }

    private static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }

    /** The price at which the coin was valued. */
    BigDecimal countedPrice() {
        BigDecimal price = LoanToValue.priceOf(index);
        return addOn == null ? price : Prices.lessAddOn(price, addOn);
    }

    /** Repeats the comparison from the evidence alone (invariant NoSellWithoutReason). */
    public boolean holds() {
        return threshold.isMetBy(numerator, denominator);
    }

    /**
     * The exposure, rounded up to the currency's smallest unit: whoever multiplies the rounded figures out finds no breach gone that was
     * one. 1,000.004 over 80 % of 1,250.00 would not exceed them as 1,000.00.
     * With a price of the debt it is what the exposure is worth in the currency of the prices.
     */
    public Money exposureRoundedUp() {
        BigDecimal price = index.price();
        Asset currency = debt == null ? exposure.currency() : debt.quote();
        if (price == null || denominator.signum() <= 0) {
            return debt == null
                    ? exposure
                    : new Money(
                            exposure.amount().multiply(debt.measure()).setScale(currency.scale(), RoundingMode.CEILING),
                            currency);
        }
        // numerator = exposure x factor and denominator = value x factor, so exposure = numerator x value /
        // denominator.
        BigDecimal share = new BigDecimal(
                counted == null
                        ? haircut.complement().numerator()
                        : haircut.complement().denominator());
        BigDecimal whole = new BigDecimal(haircut.complement().denominator());
        BigDecimal value = price.multiply(counted == null ? collateral.amount() : counted)
                .multiply(share)
                .add(besides().multiply(whole));
        return new Money(
                numerator.multiply(value).divide(denominator.multiply(whole), currency.scale(), RoundingMode.CEILING),
                currency);
    }

    private BigDecimal besides() {
        BigDecimal coin = OtherCoin.value(others);
        return stabilised == null ? coin : coin.add(stabilised.amount());
    }
}
