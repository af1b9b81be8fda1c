package io.loanledger.local.checker;

import java.math.BigDecimal;
import java.util.Map;

/** Money over fees, interest, principal and surplus. */
record Spread(BigDecimal fees, BigDecimal interest, BigDecimal principal, BigDecimal surplus) {
    static final Spread NONE = new Spread(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    Spread negated() {
        return new Spread(fees.negate(), interest.negate(), principal.negate(), surplus.negate());
    }

    Spread plus(Spread other) {
        return new Spread(
                fees.add(other.fees),
                interest.add(other.interest),
                principal.add(other.principal),
                surplus.add(other.surplus));
    }

    BigDecimal total() {
        return fees.add(interest).add(principal).add(surplus);
    }

    /** What it takes off the debt, and the rest that is the borrower's, as the credit side of a double entry. */
    Map<String, BigDecimal> credits(String asset) {
        return Answer.entries(
                asset,
                "FEES_RECEIVABLE",
                fees.negate(),
                "INTEREST_RECEIVABLE",
                interest.negate(),
                "PRINCIPAL_RECEIVABLE",
                principal.negate(),
                "SURPLUS_PAYABLE",
                surplus.negate());
    }
}
