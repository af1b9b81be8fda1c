package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Quantity;
import io.loanledger.core.price.IndexPrice;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * New coin takes the place of other coin: first it is locked and credited, then the other is released. The loan stands after it no worse
 * than it stood without the new coin, so coin that answered a call, or was there from the start, takes nobody's place.
 */
final class Substitution {
    private Substitution() {}

    /** Whether coin that is credited now may take the place of other coin. */
    static boolean isSpare(Loan loan) {
        return loan.terms().terms().agreed().substitution()
                && loan.status() == LoanStatus.ACTIVE
                && loan.marginCall() == null
                && loan.openCase() == null;
    }

    static Decision.@Nullable Refused requested(Draft draft, Quantity quantity, String proof) {
        Loan loan = draft.loan();
        Optional<Pledge> spare = loan.pledge(proof).filter(Pledge::spare);
        if (spare.isEmpty()) {
            return refused(Refusal.NOT_SUBSTITUTABLE, proof);
        }
        if (loan.reconciliation().custodianIsShort()) {
            return refused(Refusal.CUSTODIAN_SHORT, loan.loanId());
        }
        Quantity free = loan.coin(quantity.asset()).free();
        if (quantity.compareTo(free) > 0) {
            return refused(Refusal.EXCEEDS_COLLATERAL, quantity + " of " + free);
        }
        IndexPrice index = draft.freshPrice();
        if (index == null) {
            return refused(Refusal.NO_FRESH_PRICE, loan.terms().market());
        }
        LoanToValue without = less(draft, creditedBy(loan, spare.get()), index);
        LoanToValue after = less(draft, quantity, index);
        if (without.denominator().signum() <= 0
                || !after.isAtOrUnder(without)
                || after.meets(loan.terms().terms().firstLimit())) {
            return refused(
                    Refusal.LTV_TOO_HIGH, quantity + " for " + spare.get().quantity() + " of " + proof);
        }
        Consequences.instructRelease(draft, quantity, "replaced by " + proof, null, proof);
        return null;
    }

    private static Quantity creditedBy(Loan loan, Pledge pledge) {
        return new Quantity(
                pledge.quantity(), Objects.requireNonNull(loan.terms().coin(pledge.assetCode())));
    }

    private static LoanToValue less(Draft draft, Quantity quantity, IndexPrice index) {
        Loan loan = draft.loan();
        Collateral coin = loan.coin(quantity.asset());
        Quantity left = coin.pledged().minus(quantity).max(Quantity.zero(coin.asset()));
        return LoanToValue.of(
                loan,
                DrawRules.debtWithPending(loan, draft.clock(), draft.today()),
                left,
                draft.quote(draft.recordOf(coin, index)),
                draft.today());
    }
}
