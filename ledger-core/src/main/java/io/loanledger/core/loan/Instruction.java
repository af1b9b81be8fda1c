package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An instruction to custody or to the payment system that is not confirmed yet.
 *
 * @param instructionId its id, "loan/release/1"
 * @param kind what was asked
 * @param amount coin or money left to confirm, in the unit of the kind
 * @param coin the asset to release when it is not the one that the loan was requested on; null for any other instruction
 */
public record Instruction(
        String instructionId,
        Kind kind,
        BigDecimal amount,
        @Nullable Asset coin) {
    public Instruction(String instructionId, Kind kind, BigDecimal amount) {
        this(instructionId, kind, amount, null);
    }

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
