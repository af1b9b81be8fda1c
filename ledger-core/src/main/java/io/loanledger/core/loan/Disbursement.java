package io.loanledger.core.loan;

import io.loanledger.core.money.Money;

/**
 * A payout of a loan: its only one, or one of a line.
 *
 * @param disbursementId the instruction's id
 * @param amount instructed
 * @param stage how far it is
 */
public record Disbursement(String disbursementId, Money amount, Stage stage) {
    /** The way of a payout. */
    public enum Stage {
        INSTRUCTED,
        /** The bank was asked to stop it; a confirmation that comes all the same makes the debt live. */
        CANCEL_ASKED,
        CONFIRMED,
        FAILED
    }

    /** Instructed, and the bank has not said what became of it. */
    public boolean isPending() {
        return stage == Stage.INSTRUCTED || stage == Stage.CANCEL_ASKED;
    }

    Disbursement at(Stage next) {
        return new Disbursement(disbursementId, amount, next);
    }
}
