package io.loanledger.core.liquidation;

/**
 * Why nothing more will be sold for a case. The refusals stand in order of precedence: the first that holds is the answer.
 */
public enum CaseEnd {
    /** All that was reserved is sold. */
    SOLD(false),
    /** An amendment left nothing more to sell. */
    SHRUNK(false),
    /** Refused: the request reserves nothing. */
    NOTHING_RESERVED(true),
    /** Refused: the evidence, multiplied out, does not meet its own threshold. */
    EVIDENCE_DOES_NOT_HOLD(true),
    /** Refused: the request was read so late that the loan may have changed since. */
    REQUEST_TOO_OLD(true),
    /** Refused: the newest index price is stale, suspect or halted. */
    INDEX_NOT_OPEN(true),
    /** Refused: the newest index price is older than the limit, or dated ahead of the clock by more than it. */
    INDEX_TOO_OLD(true),
    /** Refused: at the newest index price the threshold is no longer met. */
    BREACH_IS_OVER(true),
    /** Refused: one lot, or all that is left to sell, is worth more than the market's cap on notional in flight. */
    CAP_UNDER_LOT(true);

    private final boolean refusal;

    CaseEnd(boolean refusal) {
        this.refusal = refusal;
    }

    /** Whether the processor called it off, so that the ledger has to look at the loan anew. */
    public boolean isRefusal() {
        return refusal;
    }
}
