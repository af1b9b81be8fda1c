package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.CollateralTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the world says at a moment, as far as a loan is valued by it: of one coin that a decision is about, and of what the others are
 * worth, which stands beside it as money would.
 *
 * @param price of the coin, at which it sells
 * @param clock how the loan's interest runs
 * @param asset the coin; null for the one that the loan was requested on
 * @param others what the other coins are worth
 * @param addOn by how much the coin counts less than its price, from 0 to under 1
 * @param debt what a unit of the debt counts for; null where the debt is its own measure
 */
record Quote(
        BigDecimal price,
        RateClock clock,
        @Nullable Asset asset,
        List<OtherCoin> others,
        BigDecimal addOn,
        @Nullable DebtIndex debt) {
    Quote(BigDecimal price, RateClock clock) {
        this(price, clock, null, List.of(), BigDecimal.ZERO, null);
    }

    Quote at(BigDecimal other) {
        return new Quote(other, clock, asset, others, addOn, debt);
    }

    /** A value in the quote currency, times this, is ... */
    BigInteger debtUnits() {
        return debt == null ? BigInteger.ONE : debt.units();
    }

    /** ... this power of ten times what it is in the debt's currency. */
    BigDecimal debtPlaces() {
        return debt == null ? BigDecimal.ONE : BigDecimal.ONE.scaleByPowerOfTen(debt.places());
    }

    /** What an amount that is sold for is in the debt's currency, rounded down to its scale. */
    Money inDebt(BigDecimal amount, Asset currency) {
        return debt == null
                ? Money.roundedDown(amount, currency)
                : new Money(DebtIndex.inDebt(amount, debt.measure(), currency.scale()), currency);
    }

    /** The price at which the coin is valued. */
    BigDecimal counted() {
        return Prices.lessAddOn(price, addOn);
    }

    Collateral coin(Loan loan) {
        return asset == null ? loan.collateral() : loan.coin(asset);
    }

    CollateralTerms terms(Loan loan) {
        return asset == null ? loan.terms().collateralTerms() : loan.terms().collateralTerms(asset);
    }

    /** What the other coins are worth; zero without any. */
    BigDecimal besides() {
        return OtherCoin.value(others);
    }
}
