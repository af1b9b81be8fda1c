package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import java.util.ArrayList;
import java.util.List;

/**
 * How money was spread over what was owed, in the order of the waterfall; the rest is the borrower's. A reversal carries negative amounts.
 *
 * @param parts what of fees, interest and principal went to instalments that were due; no two of one instalment, none of nothing
 */
public record Allocation(
        Money costs, Money penalties, Money fees, Money interest, Money principal, Money surplus, List<Part> parts) {
    public Allocation {
        parts = List.copyOf(parts);
    }

    /** Over a debt without costs, penalties and instalments. */
    public Allocation(Money fees, Money interest, Money principal, Money surplus) {
        this(Money.zero(fees.currency()), Money.zero(fees.currency()), fees, interest, principal, surplus, List.of());
    }

    public static Allocation none(Asset currency) {
        Money zero = Money.zero(currency);
        return new Allocation(zero, zero, zero, zero);
    }

    public Money total() {
        return costs.plus(penalties).plus(fees).plus(interest).plus(principal).plus(surplus);
    }

    public Allocation plus(Allocation other) {
        List<Part> sum = new ArrayList<>(parts);
        for (Part part : other.parts) {
            int known = indexOf(sum, part.bucket());
            if (known < 0) {
                sum.add(part);
            } else {
                sum.set(known, sum.get(known).plus(part));
            }
        }
        sum.removeIf(Part::isZero);
        return new Allocation(
                costs.plus(other.costs),
                penalties.plus(other.penalties),
                fees.plus(other.fees),
                interest.plus(other.interest),
                principal.plus(other.principal),
                surplus.plus(other.surplus),
                sum);
    }

    private static int indexOf(List<Part> parts, int bucket) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).bucket() == bucket) {
                return i;
            }
        }
        return -1;
    }

    /**
     * What of it a reversal can take back: debt that can be owed again, and surplus that is not paid out.
     *
     * @param owes whether the loan can owe; one that is repaid stays so
     * @param surplusOwed the surplus that is still the lender's to take
     */
    Allocation stillThere(boolean owes, Money surplusOwed) {
        Allocation debt = owes ? this : none(surplus.currency());
        return new Allocation(
                debt.costs,
                debt.penalties,
                debt.fees,
                debt.interest,
                debt.principal,
                surplus.min(surplusOwed),
                debt.parts);
    }

    public Allocation negated() {
        return new Allocation(
                costs.negated(),
                penalties.negated(),
                fees.negated(),
                interest.negated(),
                principal.negated(),
                surplus.negated(),
                parts.stream().map(Part::negated).toList());
    }
}
