package io.loanledger.core.loan;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.DebtPrice;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A loan whose debt has a price of its own: two markets decide about it, that of its coin and that of its debt, and no price decides while
 * one of them is closed.
 */
final class DebtMarket {
    private DebtMarket() {}

    static @Nullable DebtPrice terms(Loan loan) {
        return loan.agreement() == null ? null : loan.terms().terms().agreed().debtPrice();
    }

    static boolean isPriced(Loan loan) {
        return terms(loan) != null;
    }

    static List<String> markets(Loan loan) {
        return List.of(
                loan.terms().market(), Objects.requireNonNull(terms(loan)).market());
    }

    /** What a unit of the debt counts for; null where the debt is its own measure. */
    static @Nullable DebtIndex index(Loan loan, Prices prices) {
        DebtPrice terms = terms(loan);
        if (terms == null) {
            return null;
        }
        IndexPrice index = Objects.requireNonNull(prices.price(terms.market()), "the debt has no price");
        return new DebtIndex(
                terms.quote(),
                index.market(),
                index.epoch(),
                index.sequence(),
                index.priceTime(),
                terms.measure(LoanToValue.priceOf(index)));
    }

    static boolean isPriced(Loan loan, Prices prices) {
        return markets(loan).stream().map(prices::price).allMatch(index -> index != null && index.price() != null);
    }

    static boolean isOpen(Loan loan, Prices prices) {
        return markets(loan).stream()
                .map(prices::price)
                .allMatch(index ->
                        index != null && index.price() != null && index.state().isOpen());
    }
}
