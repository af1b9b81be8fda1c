package io.loanledger.core.model;

import io.loanledger.core.loan.LoanEvent;

/** What tells one event from another of its kind, in words, for the tables of a run. */
final class Manners {
    private Manners() {}

    /** Empty for an event that always happens in the same manner. */
    static String of(LoanEvent event) {
        return switch (event) {
            case LoanEvent.MarginCallCured e -> e.kind().name();
            case LoanEvent.MarginCallCancelled e -> e.reason();
            case LoanEvent.LiquidationRequested e -> e.reason() + " " + e.mode();
            case LoanEvent.LiquidationAmended e -> e.mode().name();
            case LoanEvent.CollateralReleaseInstructed e -> e.requestedOn() == null ? "" : "by release terms";
            case LoanEvent.SaleSettled e -> e.penalty().isZero() ? "" : "with a penalty";
            default -> "";
        };
    }
}
