package io.loanledger.local.checker;

import java.math.BigDecimal;

/** A payout behind the first. One thread. */
final class Draw {
    final String id;
    final BigDecimal amount;
    final BigDecimal fee;
    Stage stage = Stage.ASKED;

    enum Stage {
        ASKED,
        STOPPING,
        CONFIRMED,
        FAILED
    }

    Draw(String id, BigDecimal amount, BigDecimal fee) {
        this.id = id;
        this.amount = amount;
        this.fee = fee;
    }

    boolean isPending() {
        return stage == Stage.ASKED || stage == Stage.STOPPING;
    }

    BigDecimal paidOut() {
        return amount.subtract(fee);
    }

    Draw copy() {
        Draw copy = new Draw(id, amount, fee);
        copy.stage = stage;
        return copy;
    }
}
