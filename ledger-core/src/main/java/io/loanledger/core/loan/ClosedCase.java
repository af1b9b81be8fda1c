package io.loanledger.core.loan;

import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the desk had sold when a case was closed; less later is a claim on the desk, more is overfill.
 *
 * @param caseId its id, "loan/case/1"
 * @param cumQuantity sold of what was reserved
 * @param cumGross its proceeds before any fee
 * @param cumDeskFees the desk's commission on it
 * @param overfill sold beyond that
 * @param debtPrice as of {@link LiquidationCase}
 */
public record ClosedCase(
        String caseId,
        Quantity cumQuantity,
        Money cumGross,
        Money cumDeskFees,
        Overfill overfill,
        @Nullable BigDecimal debtPrice) {
    public ClosedCase(String caseId, Quantity cumQuantity, Money cumGross, Money cumDeskFees, Overfill overfill) {
        this(caseId, cumQuantity, cumGross, cumDeskFees, overfill, null);
    }

    ClosedCase claimed(LoanEvent.DeskClaimPosted e) {
        return new ClosedCase(
                caseId,
                cumQuantity.minus(e.quantity()),
                cumGross.minus(e.gross()),
                cumDeskFees.minus(e.deskFees()),
                overfill,
                debtPrice);
    }

    ClosedCase overfilled(LoanEvent.OverfillPosted e) {
        return new ClosedCase(caseId, cumQuantity, cumGross, cumDeskFees, overfill.plus(e), debtPrice);
    }
}
