package io.loanledger.core.liquidation;

import java.util.Comparator;

/**
 * Who is sold first: the deepest breach, then the largest reservation, then the oldest request, then the case id, which no two share. Exact
 * and total, so that every replay sells in the same order.
 */
final class Priority {
    static final Comparator<CaseEntry> FIRST_TO_SELL = ((Comparator<CaseEntry>)
                    (a, b) -> SaleEvidence.compareDepth(b.evidence(), a.evidence()))
            .thenComparing(CaseEntry::reserved, Comparator.reverseOrder())
            .thenComparing(entry -> entry.request().requestedAt())
            .thenComparing(CaseEntry::caseId);

    private Priority() {}
}
