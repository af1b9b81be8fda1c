package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;

/** A piece of coin, by the proof under which a custodian named it. One thread. */
final class Piece {
    BigDecimal quantity = ZERO;
    String asset = "";
    Stage stage = Stage.DETECTED;
    long detectedAt = Long.MIN_VALUE;
    long lockedAt = Long.MIN_VALUE;
    /** Whether it may take the place of other coin. */
    boolean spare;

    enum Stage {
        DETECTED,
        LOCKED,
        CLAIMED,
        DENIED,
        CREDITED,
        REVERTED,
        RETURNING,
        RETURNED
    }

    Piece copy() {
        Piece copy = new Piece();
        copy.quantity = quantity;
        copy.asset = asset;
        copy.stage = stage;
        copy.detectedAt = detectedAt;
        copy.lockedAt = lockedAt;
        copy.spare = spare;
        return copy;
    }
}
