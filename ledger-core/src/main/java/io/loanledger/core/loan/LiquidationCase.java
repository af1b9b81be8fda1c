package io.loanledger.core.loan;

import io.loanledger.core.money.Money;
import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one open liquidation case of a loan (invariant OneOpenCase).
 *
 * @param caseId its id, "loan/case/1"
 * @param reason why it was opened
 * @param mode partial or full, as of the newest version
 * @param version of the newest request or amendment
 * @param reserved what may be sold in all, sold part included; does not shrink before the processor has agreed
 * @param wanted what the newest version asks for; under {@code reserved} while a shrinking amendment is not acknowledged
 * @param cumQuantity sold so far
 * @param cumGross proceeds so far before any fee
 * @param cumDeskFees the desk's commission so far
 * @param fees the lender's liquidation fee so far
 * @param allocated what the proceeds paid so far, to undo a bust
 * @param measuredAt the lowest price at which the need was measured
 * @param callId the expired call, with reason CALL_EXPIRED
 * @param callDeadline its deadline: a fact valued inside it cancels what is unsold
 */
public record LiquidationCase(
        String caseId,
        CaseReason reason,
        SaleMode mode,
        int version,
        Quantity reserved,
        Quantity wanted,
        Quantity cumQuantity,
        Money cumGross,
        Money cumDeskFees,
        Money fees,
        Allocation allocated,
        BigDecimal measuredAt,
        @Nullable String callId,
        @Nullable Instant callDeadline) {
    /** What may still be sold. */
    public Quantity unsold() {
        return reserved.minus(cumQuantity);
    }

    public boolean isShrinking() {
        return wanted.compareTo(reserved) < 0;
    }
}
