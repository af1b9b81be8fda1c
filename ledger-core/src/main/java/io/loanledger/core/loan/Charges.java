package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;

/**
 * What a debt may hold besides principal, interest and fees.
 *
 * @param costs posted and unpaid
 * @param penalties posted and unpaid
 */
public record Charges(Money costs, Money penalties) {
    public static Charges none(Asset currency) {
        Money zero = Money.zero(currency);
        return new Charges(zero, zero);
    }

    Money total() {
        return costs.plus(penalties);
    }

    Charges plus(Money moreCosts, Money morePenalties) {
        return new Charges(costs.plus(moreCosts), penalties.plus(morePenalties));
    }

    /** Whether there is nothing to say of them. */
    public boolean isNone() {
        return costs.isZero() && penalties.isZero();
    }
}
