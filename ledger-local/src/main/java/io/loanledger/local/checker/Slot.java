package io.loanledger.local.checker;

import java.math.BigDecimal;

/**
 * A place that money can go to: a component of an instalment, or what of it is in none.
 *
 * @param room how much it takes, or holds
 */
record Slot(Component component, int bucket, BigDecimal room) {
    static final int LOOSE = 0;
}
