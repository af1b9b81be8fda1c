package io.loanledger.core.loan;

import io.loanledger.core.money.Money;
import io.loanledger.core.terms.Component;

/**
 * How much of an {@link Allocation} went to one instalment, so that taking it back finds what it had paid.
 *
 * @param bucket the instalment's number
 */
public record Part(int bucket, Money fees, Money interest, Money principal) {
    /** Costs and penalties belong to no instalment. */
    Money of(Component component) {
        return switch (component) {
            case COSTS, PENALTIES -> Money.zero(fees.currency());
            case FEES -> fees;
            case INTEREST -> interest;
            case PRINCIPAL -> principal;
        };
    }

    Part plus(Part other) {
        return new Part(bucket, fees.plus(other.fees), interest.plus(other.interest), principal.plus(other.principal));
    }

    Part negated() {
        return new Part(bucket, fees.negated(), interest.negated(), principal.negated());
    }

    boolean isZero() {
        return fees.isZero() && interest.isZero() && principal.isZero();
    }
}
