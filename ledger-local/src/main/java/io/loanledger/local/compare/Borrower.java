package io.loanledger.local.compare;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Somebody who borrows in the same way from every lender.
 *
 * @param name "borrower-000001"
 * @param coins pledged at the opening, in BTC with eight decimals
 * @param share of the lender's own limit that is drawn, 0.6 to 0.98
 * @param ageDays days from the opening to the scenario's start
 * @param openedAt the price at the opening as a multiple of the scenario's first
 * @param answer to a call
 * @param delay from the call to the answer
 */
record Borrower(
        String name,
        BigDecimal coins,
        BigDecimal share,
        int ageDays,
        BigDecimal openedAt,
        Answer answer,
        Duration delay) {
    /** What a borrower does about a call. */
    enum Answer {
        TOPS_UP,
        REPAYS,
        IGNORES
    }
}
