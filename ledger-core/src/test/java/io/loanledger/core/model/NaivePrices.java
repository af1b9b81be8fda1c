package io.loanledger.core.model;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.DebtPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records by which a loan is judged, one for each of its markets, and which of them is the one told of. */
final class NaivePrices {
    private final NaiveLoan loan;
    private final Circumstances now;
    private final Map<String, IndexPrice> records;
    final IndexPrice told;

    private NaivePrices(NaiveLoan loan, Circumstances now, Map<String, IndexPrice> records, IndexPrice told) {
        this.loan = loan;
        this.now = now;
        this.records = records;
        this.told = told;
    }

    /** The newest record of every market of the loan, told of the latest; null where one has no price. */
    @Nullable
    static NaivePrices newest(NaiveLoan loan, Circumstances now) {
        Map<String, IndexPrice> records = new LinkedHashMap<>();
        IndexPrice told = null;
        for (String market : loan.markets()) {
            IndexPrice record = now.price(market);
            if (record == null || record.price() == null) {
                return null;
            }
            records.put(market, record);
            told = told == null || record.priceTime().isAfter(told.priceTime()) ? record : told;
        }
        return new NaivePrices(loan, now, records, told);
    }

    /** At a visit: its record, and the newest of every other market; null where it is none of the loan's. */
    @Nullable
    static NaivePrices visited(NaiveLoan loan, Circumstances now, IndexPrice visited) {
        NaivePrices newest = newest(loan, now);
        if (newest == null || !newest.records.containsKey(visited.market())) {
            return null;
        }
        newest.records.put(visited.market(), visited);
        return new NaivePrices(loan, now, newest.records, visited);
    }

    boolean isOpen() {
        return records.values().stream().allMatch(record -> record.state().isOpen());
    }

    boolean isFresh() {
        return records.keySet().stream().allMatch(now::isFresh);
    }

    /** The time of the price: of several records the latest. */
    Instant time() {
        return records.values().stream()
                .map(IndexPrice::priceTime)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** Whether the record told of is the newest of its market. */
    boolean isNewest() {
        return told.equals(now.price(told.market()));
    }

    boolean isFromBefore(Instant time) {
        return told.priceTime().isBefore(time) && !isNewest();
    }

    /** Whether the loan is judged by this coin's market. */
    boolean tellOf(NaiveCoin coin) {
        return records.containsKey(coin.terms.market());
    }

    /** What a coin sells for; of one that is not pledged, by the newest record of its market. */
    BigDecimal sells(NaiveCoin coin) {
        IndexPrice record = records.get(coin.terms.market());
        return record == null ? now.price(coin.terms.market()).price() : record.price();
    }

    /** What a sale brings in the currency that is owed, in its places, the rest cut off. */
    BigDecimal brings(NaiveCoin coin, BigDecimal quantity, int places) {
        return quantity.signum() == 0
                ? BigDecimal.ZERO
                : sells(coin).multiply(quantity).divide(measure(), places, RoundingMode.DOWN);
    }

    /** How much of the currency of the prices counts as one of the debt's. */
    BigDecimal measure() {
        DebtPrice rule = loan.bound().agreed().debtPrice();
        if (rule == null) {
            return BigDecimal.ONE;
        }
        BigDecimal price = records.get(rule.market()).price();
        return rule.flooredAtPeg() ? price.max(BigDecimal.ONE) : price;
    }

    /** What a coin counts for: less where the whole book has much of it. */
    BigDecimal counts(NaiveCoin coin) {
        return sells(coin).multiply(share(coin));
    }

    /** What is left of a price after the add-on. */
    BigDecimal share(NaiveCoin coin) {
        return BigDecimal.ONE.subtract(now.addOn(coin.terms.market()));
    }

    /** The coin of the record told of; where that is of the debt's market, the one that the loan is on. */
    NaiveCoin coin() {
        return isOfDebt() ? loan.coin(loan.coinCode) : loan.coinOf(told.market());
    }

    /** Whether the record told of is one of the debt's market. */
    boolean isOfDebt() {
        DebtPrice rule = loan.bound().agreed().debtPrice();
        return rule != null && rule.market().equals(told.market());
    }

    NaiveWorth value() {
        return valueWith(coin(), coin().pledged());
    }

    /** With so much of a coin in place of what is pledged of it; money that stays collateral counts as it is. */
    NaiveWorth valueWith(NaiveCoin coin, BigDecimal quantity) {
        BigDecimal value = loan.stabilised;
        for (NaiveCoin each : loan.coins) {
            BigDecimal counting = each == coin ? quantity : each.pledged();
            if (counting.signum() > 0) {
                value = value.add(counts(each).multiply(each.counted(counting)));
            }
        }
        return new NaiveWorth(value, measure());
    }
}
