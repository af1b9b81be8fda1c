package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;

/**
 * What the desk sold under a case beyond what the ledger had reserved: nothing of the borrower's. The money stands on the account
 * OVERFILL until people have settled it with the desk.
 */
public record Overfill(Quantity quantity, Money gross, Money deskFees) {
    static Overfill none(Asset coin, Asset currency) {
        return new Overfill(Quantity.zero(coin), Money.zero(currency), Money.zero(currency));
    }

    boolean isNone() {
        return quantity.isZero() && gross.isZero() && deskFees.isZero();
    }

    Overfill plus(LoanEvent.OverfillPosted e) {
        return new Overfill(quantity.plus(e.quantity()), gross.plus(e.gross()), deskFees.plus(e.deskFees()));
    }
}
