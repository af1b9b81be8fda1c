package io.loanledger.core.loan;

import java.math.BigDecimal;

/**
 * An instruction to custody or to the payment system that is not confirmed yet.
 *
 * @param instructionId its id, "loan/release/1"
 * @param kind what was asked
 * @param amount coin or money left to confirm, in the unit of the kind
 */
public record Instruction(String instructionId, Kind kind, BigDecimal amount) {
    /** What was asked of whom. */
    public enum Kind {
        RELEASE_COLLATERAL,
        PAY_SURPLUS,
        /** Coin that never became collateral goes back. */
        RETURN_PLEDGE,
        /** Coin is bought for proceeds that are collateral. */
        BUY_BACK
    }
}
