package io.loanledger.core.liquidation;

import io.loanledger.core.money.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * One case as the processor holds it. What it has sold is not in here: that is the sum of its orders' fills.
 *
 * @param request the case as first requested
 * @param version the newest version in effect
 * @param reserved the most that may be sold in that version
 * @param evidence the newest figures of the loan
 * @param pending an amendment that waits until a live order is certainly ended; null when none does
 * @param stage where it stands
 */
public record CaseEntry(
        SaleRequest request,
        int version,
        Quantity reserved,
        SaleEvidence evidence,
        @Nullable SaleAmendment pending,
        CaseStage stage)
        implements BookEntry {
    @Override
    public EntryKey key() {
        return new EntryKey(EntryKey.Kind.CASE, request.caseId());
    }

    public String caseId() {
        return request.caseId();
    }

    CaseEntry at(CaseStage next) {
        return new CaseEntry(request, version, reserved, evidence, pending, next);
    }

    CaseEntry waitingFor(SaleAmendment amendment) {
        SaleEvidence newer = amendment.evidence();
        return new CaseEntry(request, version, reserved, newer == null ? evidence : newer, amendment, stage);
    }

    CaseEntry inEffect(int newVersion, Quantity newReserved) {
        return new CaseEntry(request, newVersion, newReserved, evidence, null, stage);
    }

    /** Never more than the version in effect nor than the one that is coming: what an attempt may still be planned with. */
    Quantity sellable() {
        return pending == null ? reserved : reserved.min(pending.reserved());
    }

    boolean isEnded() {
        return stage instanceof CaseStage.Ended;
    }
}
