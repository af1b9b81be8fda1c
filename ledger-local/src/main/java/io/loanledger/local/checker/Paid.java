package io.loanledger.local.checker;

import java.math.BigDecimal;

/**
 * A payment as it was spread.
 *
 * @param fee what it paid for coming early, beside that
 */
record Paid(Spread spread, BigDecimal fee, int valueDay, boolean reversed) {
    BigDecimal total() {
        return spread.total().add(fee);
    }
}
