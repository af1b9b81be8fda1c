package io.loanledger.core.liquidation;

import io.loanledger.core.money.Quantity;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The ledger's request to sell, as it was first made.
 *
 * @param caseId the ledger's case
 * @param loanId whose collateral it is
 * @param version 1 for a new case; amendments count on
 * @param reason why
 * @param reserved the most that may be sold, filled quantity included
 * @param lot the step in which a case may be divided between blocks
 * @param floorDiscount decimal fraction under the index below which it may not be sold
 * @param requestedAt the ledger's task time of the decision
 * @param evidence what it rests on
 */
public record SaleRequest(
        String caseId,
        String loanId,
        int version,
        SaleReason reason,
        Quantity reserved,
        Quantity lot,
        BigDecimal floorDiscount,
        Instant requestedAt,
        SaleEvidence evidence) {
    public SaleRequest {
        if (reserved.isNegative() || !lot.isPositive()) {
            throw new IllegalArgumentException("reserved " + reserved + ", lot " + lot + " of " + caseId);
        }
        if (floorDiscount.signum() < 0 || floorDiscount.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException(
                    "a floor discount is at least 0 and under 1, not " + floorDiscount.toPlainString());
        }
    }
}
