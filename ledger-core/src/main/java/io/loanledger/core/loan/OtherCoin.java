package io.loanledger.core.loan;

import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Coin that counted beside the one that a price decision is told of.
 *
 * @param pledged what the loan has of it
 * @param counted what of that counted, exact
 * @param market whose index priced it
 * @param epoch the index writer's epoch
 * @param sequence the index price's number in that epoch
 * @param priceTime time of the index price
 * @param price quote currency for one whole unit
 */
public record OtherCoin(
        Quantity pledged,
        BigDecimal counted,
        String market,
        long epoch,
        long sequence,
        Instant priceTime,
        BigDecimal price) {
    public BigDecimal value() {
        return price.multiply(counted);
    }

    /** What all of them are worth, exact. */
    public static BigDecimal value(List<OtherCoin> others) {
        BigDecimal sum = BigDecimal.ZERO;
        for (OtherCoin other : others) {
            sum = sum.add(other.value());
        }
        return sum;
    }
}
