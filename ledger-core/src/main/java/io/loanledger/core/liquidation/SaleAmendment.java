package io.loanledger.core.liquidation;

import io.loanledger.core.money.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's new measure of an open case. The highest version counts, whatever order they arrive in.
 *
 * @param caseId the case
 * @param loanId whose it is
 * @param version counts the case's requests, higher than the one before
 * @param reserved the most that may be sold in all, what is filled already included
 * @param evidence newer figures of the loan; null when the old ones stand
 */
public record SaleAmendment(
        String caseId,
        String loanId,
        int version,
        Quantity reserved,
        @Nullable SaleEvidence evidence) {
    public SaleAmendment {
        if (reserved.isNegative()) {
            throw new IllegalArgumentException("a case does not reserve " + reserved);
        }
    }
}
