package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The prices by which a loan is judged at one moment: of each of its markets the record that counts.
 *
 * @param told the record that was visited, or after a fact the one with the latest time: the one that evidence tells of
 * @param byMarket all of them
 * @param addOns by market, what its coin counts less for the sake of the whole book
 * @param debt whose market is one of them; null where the debt is its own measure
 */
record Priced(
        IndexRecord told,
        Map<String, IndexRecord> byMarket,
        AddOns addOns,
        @Nullable DebtPrice debt) {

    IndexRecord of(Coin coin) {
        return Objects.requireNonNull(byMarket.get(coin.market()), coin.market());
    }

    /** What a sale brings. */
    BigDecimal brings(Coin coin) {
        return of(coin).priced();
    }

    BigDecimal addOn(Coin coin) {
        return addOns.of(coin.market());
    }

    /** What values coin. */
    BigDecimal counts(Coin coin) {
        return brings(coin).multiply(BigDecimal.ONE.subtract(addOn(coin)));
    }

    /** What a unit of the debt counts for. */
    BigDecimal measure() {
        return debt == null
                ? BigDecimal.ONE
                : debt.measure(
                        Objects.requireNonNull(byMarket.get(debt.market())).priced());
    }

    /** The latest of their times. */
    long time() {
        return byMarket.values().stream()
                .mapToLong(IndexRecord::priceTime)
                .max()
                .orElse(told.priceTime());
    }

    boolean open() {
        return byMarket.values().stream().allMatch(IndexRecord::open);
    }

    /** The record that evidence of a coin tells of. */
    Priced toldOf(Coin coin) {
        return new Priced(of(coin), byMarket, addOns, debt);
    }
}
