package io.loanledger.core.loan;

import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.CollateralTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A loan on several assets, as prices see it. Its markets are those of the coins that are pledged; nothing is decided about it before all
 * of them have a price, and no price decides while one of them is closed.
 */
final class Basket {
    private Basket() {}

    /** What counts: the pledged coins, in the order of the terms; without any, the one that the loan was requested on. */
    static List<Collateral> pledged(Loan loan) {
        List<Collateral> pledged = loan.coins().stream()
                .filter(coin -> coin.pledged().isPositive())
                .toList();
        return pledged.isEmpty() ? List.of(loan.collateral()) : pledged;
    }

    static List<String> markets(Loan loan) {
        return pledged(loan).stream().map(coin -> market(loan, coin)).toList();
    }

    static String market(Loan loan, Collateral coin) {
        return loan.terms().collateralTerms(coin.asset()).market();
    }

    /** The coin that a market prices, if it counts for the loan. */
    static boolean isPricedBy(Loan loan, String market) {
        return loan.isMixed() ? markets(loan).contains(market) : market.equals(loan.market());
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

    /** The newest record of the loan's markets; of several that are as new, that of the coin that is sold first. */
    static IndexPrice newest(Loan loan, Prices prices) {
        IndexPrice newest = null;
        for (String market : markets(loan)) {
            IndexPrice index = Objects.requireNonNull(prices.price(market));
            newest = newest == null || index.priceTime().isAfter(newest.priceTime()) ? index : newest;
        }
        return Objects.requireNonNull(newest);
    }

    /** Of the coin of the record's market, with the others at theirs. */
    static Quote quote(Loan loan, IndexPrice index, Prices prices, RateClock clock) {
        CollateralTerms own = null;
        List<OtherCoin> others = new ArrayList<>();
        for (Collateral coin : loan.coins()) {
            CollateralTerms terms = loan.terms().collateralTerms(coin.asset());
            if (terms.market().equals(index.market())) {
                own = terms;
            } else if (coin.pledged().isPositive()) {
                others.add(other(coin, terms, Objects.requireNonNull(prices.price(terms.market())), prices));
            }
        }
        return new Quote(
                LoanToValue.priceOf(index),
                clock,
                Objects.requireNonNull(own, "a price of another market").asset(),
                others,
                prices.addOn(index.market()),
                null);
    }

    private static OtherCoin other(Collateral coin, CollateralTerms terms, IndexPrice index, Prices prices) {
        return new OtherCoin(
                coin.pledged(),
                Prices.lessAddOn(terms.counted(coin.pledged()), prices.addOn(index.market())),
                index.market(),
                index.epoch(),
                index.sequence(),
                index.priceTime(),
                LoanToValue.priceOf(index));
    }
}
