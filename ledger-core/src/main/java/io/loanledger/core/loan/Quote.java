package io.loanledger.core.loan;

import java.math.BigDecimal;

/**
 * What the world says at a moment, as far as a loan is valued by it.
 *
 * @param price of the loan's coin
 * @param clock how its interest runs
 */
record Quote(BigDecimal price, RateClock clock) {
    Quote at(BigDecimal other) {
        return new Quote(other, clock);
    }
}
