package io.loanledger.core.loan;

/** What is owed, what secures it, and the money in between. */
public record Position(Debt debt, Collateral collateral, Settlement settlement) {
    Position with(Debt next) {
        return new Position(next, collateral, settlement);
    }

    Position with(Collateral next) {
        return new Position(debt, next, settlement);
    }

    Position with(Settlement next) {
        return new Position(debt, collateral, next);
    }
}
