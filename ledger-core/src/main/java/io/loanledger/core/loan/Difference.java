package io.loanledger.core.loan;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The ledger and a counterparty disagree. One of a kind and asset is open per loan.
 *
 * @param kind what is compared
 * @param assetCode in which both figures count
 * @param ours the ledger's figure
 * @param theirs the counterparty's figure
 * @param asOf the moment of both
 */
public record Difference(DifferenceKind kind, String assetCode, BigDecimal ours, BigDecimal theirs, Instant asOf) {
    boolean isOf(DifferenceKind other, String code) {
        return kind == other && assetCode.equals(code);
    }

    /** Whether the counterparty says less than the ledger. */
    boolean isShort() {
        return theirs.compareTo(ours) < 0;
    }
}
