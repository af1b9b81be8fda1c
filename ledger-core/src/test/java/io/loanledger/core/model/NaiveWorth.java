package io.loanledger.core.model;

import java.math.BigDecimal;

/** What collateral counts for: an amount in the currency of the prices, and how much of that counts as one of the debt's. Never divided. */
record NaiveWorth(BigDecimal amount, BigDecimal per) {
    boolean isNothing() {
        return amount.signum() == 0;
    }
}
