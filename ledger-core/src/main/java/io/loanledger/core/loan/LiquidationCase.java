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
 * @param callDeadline with reason CALL_EXPIRED, the call's deadline: a fact valued inside it cancels what is unsold
 * @param overfill sold beyond what was reserved; none of the figures above contains it
 * @param penalties the lender's penalty so far
 * @param rescinded whether it was proved that the call it rests on had been cured in time
 * @param rung of the expired call or of the banded sale it rests on; 0 for the hard limit
 * @param debtPrice what a unit of the debt counted for when the sale was asked for: proceeds are turned into debt by it, to the end; null
 *     where the debt is its own measure
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
        @Nullable Instant callDeadline,
        Overfill overfill,
        Money penalties,
        boolean rescinded,
        int rung,
        @Nullable BigDecimal debtPrice) {
    public LiquidationCase(
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
            @Nullable Instant callDeadline,
            Overfill overfill,
            Money penalties,
            boolean rescinded,
            int rung) {
        this(
                caseId,
                reason,
                mode,
                version,
                reserved,
                wanted,
                cumQuantity,
                cumGross,
                cumDeskFees,
                fees,
                allocated,
                measuredAt,
                callDeadline,
                overfill,
                penalties,
                rescinded,
                rung,
                null);
    }

    /** What may still be sold. */
    public Quantity unsold() {
        return reserved.minus(cumQuantity);
    }

    /** Whether nothing more is to be sold: a hold, or a cure that was in time after all. It does not grow again. */
    public boolean isRescinded() {
        return rescinded || (version > 1 && wanted.compareTo(cumQuantity) <= 0);
    }

    LiquidationCase withReserved(Quantity next) {
        return changed(mode, version, next, wanted, measuredAt, rescinded);
    }

    /** Larger takes effect at once, smaller only in {@code wanted}. */
    LiquidationCase amended(LoanEvent.LiquidationAmended e) {
        PriceEvidence evidence = e.evidence();
        BigDecimal price = evidence == null ? measuredAt : evidence.countedPrice();
        return changed(e.mode(), e.version(), reserved.max(e.reserved()), e.reserved(), price, rescinded);
    }

    LiquidationCase asRescinded() {
        return changed(mode, version, reserved, wanted, measuredAt, true);
    }

    LiquidationCase settled(LoanEvent.SaleSettled e) {
        return sold(
                cumQuantity.plus(e.sold()),
                cumGross.plus(e.gross()),
                cumDeskFees.plus(e.deskFees()),
                fees.plus(e.liquidationFee()),
                allocated.plus(e.allocation()),
                overfill,
                penalties.plus(e.penalty()));
    }

    LiquidationCase overfilled(LoanEvent.OverfillPosted e) {
        return sold(cumQuantity, cumGross, cumDeskFees, fees, allocated, overfill.plus(e), penalties);
    }

    /** The same sales, asked for otherwise. */
    private LiquidationCase changed(
            SaleMode nextMode,
            int nextVersion,
            Quantity nextReserved,
            Quantity nextWanted,
            BigDecimal nextMeasure,
            boolean nextRescinded) {
        return new LiquidationCase(
                caseId,
                reason,
                nextMode,
                nextVersion,
                nextReserved,
                nextWanted,
                cumQuantity,
                cumGross,
                cumDeskFees,
                fees,
                allocated,
                nextMeasure,
                callDeadline,
                overfill,
                penalties,
                nextRescinded,
                rung,
                debtPrice);
    }

    /** The same request, with other sales. */
    private LiquidationCase sold(
            Quantity nextQuantity,
            Money nextGross,
            Money nextDeskFees,
            Money nextFees,
            Allocation nextAllocated,
            Overfill nextOverfill,
            Money nextPenalties) {
        return new LiquidationCase(
                caseId,
                reason,
                mode,
                version,
                reserved,
                wanted,
                nextQuantity,
                nextGross,
                nextDeskFees,
                nextFees,
                nextAllocated,
                measuredAt,
                callDeadline,
                nextOverfill,
                nextPenalties,
                rescinded,
                rung,
                debtPrice);
    }

    ClosedCase closed() {
        return new ClosedCase(caseId, cumQuantity, cumGross, cumDeskFees, overfill, debtPrice);
    }
}
