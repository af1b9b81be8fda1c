package io.loanledger.local.checker;

import java.math.BigDecimal;

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
}
