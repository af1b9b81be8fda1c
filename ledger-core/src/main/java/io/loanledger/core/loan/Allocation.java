package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;

/**
 * How money was spread over what was owed, in the order of the waterfall: fees, interest, principal; the rest is the borrower's.
 * A reversal carries negative amounts.
 */
public record Allocation(Money fees, Money interest, Money principal, Money surplus) {
    public static Allocation none(Asset currency) {
        Money zero = Money.zero(currency);
        return new Allocation(zero, zero, zero, zero);
    }

    public Money total() {
        return fees.plus(interest).plus(principal).plus(surplus);
    }

    public Allocation plus(Allocation other) {
        return new Allocation(
                fees.plus(other.fees),
                interest.plus(other.interest),
                principal.plus(other.principal),
                surplus.plus(other.surplus));
    }

    /**
     * What of it a reversal can take back: debt that can be owed again, and surplus that is not paid out.
     *
     * @param owes whether the loan can owe; one that is repaid stays so
     * @param surplusOwed the surplus that is still the lender's to take
     */
    Allocation stillThere(boolean owes, Money surplusOwed) {
        Allocation debt = owes ? this : none(surplus.currency());
        return new Allocation(debt.fees, debt.interest, debt.principal, surplus.min(surplusOwed));
    }

    public Allocation negated() {
        return new Allocation(fees.negated(), interest.negated(), principal.negated(), surplus.negated());
    }
}
