package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;

/**
 * Money around a loan that is not its debt.
 *
 * @param clearing sale proceeds that the desk still owes in cash, net of its commission
 * @param surplusOwed the borrower's money in the lender's hands, paid out or on its way not included
 * @param surplusPaying payout instructed and not confirmed
 * @param deskClaim what the desk took back after a case was closed
 * @param stabilised proceeds of collateral that are collateral themselves
 */
public record Settlement(Money clearing, Money surplusOwed, Money surplusPaying, Money deskClaim, Money stabilised) {
    public Settlement(Money clearing, Money surplusOwed, Money surplusPaying, Money deskClaim) {
        this(clearing, surplusOwed, surplusPaying, deskClaim, Money.zero(clearing.currency()));
    }

    static Settlement none(Asset currency) {
        Money zero = Money.zero(currency);
        return new Settlement(zero, zero, zero, zero, zero);
    }

    Settlement withClearing(Money next) {
        return new Settlement(next, surplusOwed, surplusPaying, deskClaim, stabilised);
    }

    Settlement withSurplusOwed(Money next) {
        return new Settlement(clearing, next, surplusPaying, deskClaim, stabilised);
    }

    Settlement payingOut(Money amount) {
        return new Settlement(clearing, surplusOwed.minus(amount), surplusPaying.plus(amount), deskClaim, stabilised);
    }

    Settlement paidOut(Money amount) {
        return new Settlement(clearing, surplusOwed, surplusPaying.minus(amount), deskClaim, stabilised);
    }

    Settlement overfilled(Money net) {
        return withClearing(clearing.plus(net));
    }

    Settlement claiming(Money net) {
        return new Settlement(clearing.minus(net), surplusOwed, surplusPaying, deskClaim.plus(net), stabilised);
    }

    Settlement withStabilised(Money next) {
        return new Settlement(clearing, surplusOwed, surplusPaying, deskClaim, next);
    }
}
