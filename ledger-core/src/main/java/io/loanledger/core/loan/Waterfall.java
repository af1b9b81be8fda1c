package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.Component;
import io.loanledger.core.terms.WaterfallTerms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Spreads money over a debt, and takes it back the way it came. What is due is paid before what is not; costs, penalties and fees of no
 * instalment are due at once. Half-even, up or down: nothing is rounded here, the parts add up to the money.
 */
final class Waterfall {
    private static final int LOOSE = 0;

    /** A place where money goes: what is unpaid of one component in one bucket, or in none. */
    private record Slot(Component component, int bucket, Money amount) {}

    /** What stands in each component: in buckets, and beside them. */
    private record Standing(
            Money costs, Money penalties, Money fees, Money interest, Money principal, List<Part> buckets) {
        /** Of a debt. */
        static Standing of(Debt debt, List<Due> dues) {
            List<Part> unpaid = new ArrayList<>();
            for (Due due : dues) {
                if (!due.isPaid()) {
                    unpaid.add(new Part(due.number(), due.fees(), due.interest(), due.principal()));
                }
            }
            return beside(
                    unpaid,
                    debt.charges().costs(),
                    debt.charges().penalties(),
                    debt.fees(),
                    debt.interest(),
                    debt.principal());
        }

        /** Of what was paid, in the order of the instalments. */
        static Standing of(Allocation paid, List<Due> dues) {
            List<Part> parts = new ArrayList<>();
            for (Due due : dues) {
                for (Part part : paid.parts()) {
                    if (part.bucket() == due.number()) {
                        parts.add(part);
                    }
                }
            }
            return beside(parts, paid.costs(), paid.penalties(), paid.fees(), paid.interest(), paid.principal());
        }

        private static Standing beside(
                List<Part> buckets, Money costs, Money penalties, Money fees, Money interest, Money principal) {
            Money looseFees = fees;
            Money looseInterest = interest;
            Money loosePrincipal = principal;
            for (Part bucket : buckets) {
                looseFees = looseFees.minus(bucket.fees());
                looseInterest = looseInterest.minus(bucket.interest());
                loosePrincipal = loosePrincipal.minus(bucket.principal());
            }
            return new Standing(costs, penalties, looseFees, looseInterest, loosePrincipal, buckets);
        }

        Money beside(Component component) {
            return switch (component) {
                case COSTS -> costs;
                case PENALTIES -> penalties;
                case FEES -> fees;
                case INTEREST -> interest;
                case PRINCIPAL -> principal;
            };
        }
    }

    private Waterfall() {}

    /** Where money goes: components in the order of the terms, instalments before what is not due; what is left is surplus. */
    static Allocation spread(WaterfallTerms terms, Debt debt, List<Due> dues, Money money) {
        Standing owed = Standing.of(debt, dues);
        List<Slot> paid = new ArrayList<>();
        Money left = pour(slots(terms, owed), money, paid);
        return allocation(paid, owed.buckets(), left);
    }

    /** The amounts of money at which it turns from one place to the next, rising: up to the last of them it pays debt. */
    static List<Money> turns(WaterfallTerms terms, Debt debt, List<Due> dues) {
        List<Money> turns = new ArrayList<>();
        Money sum = Money.zero(debt.principal().currency());
        for (Slot slot : slots(terms, Standing.of(debt, dues))) {
            if (slot.amount().isPositive()) {
                sum = sum.plus(slot.amount());
                turns.add(sum);
            }
        }
        return turns;
    }

    /**
     * Undoes part of what sale proceeds had paid, last paid first: surplus, then the waterfall backwards.
     *
     * @param paid what the proceeds had paid so far
     * @param money how much to take back, positive and not more than that
     * @return the allocation to apply, negative
     */
    static Allocation takeBack(WaterfallTerms terms, Allocation paid, List<Due> dues, Money money) {
        Money surplus = money.min(paid.surplus());
        Standing had = Standing.of(paid, dues);
        List<Slot> backwards = new ArrayList<>(slots(terms, had));
        Collections.reverse(backwards);
        List<Slot> taken = new ArrayList<>();
        Money left = pour(backwards, money.minus(surplus), taken);
        if (!left.isZero()) {
            throw new IllegalStateException("CashConservation: " + money + " back of " + paid.total() + " paid");
        }
        return allocation(taken, had.buckets(), surplus).negated();
    }

    /** @return what is left of the money */
    private static Money pour(List<Slot> slots, Money money, List<Slot> filled) {
        Money left = money;
        for (Slot slot : slots) {
            Money part = left.min(slot.amount());
            if (part.isPositive()) {
                filled.add(new Slot(slot.component(), slot.bucket(), part));
                left = left.minus(part);
            }
        }
        return left;
    }

    /** Groups one after the other: instalments, one by one or together, and last what is not due. Charges of no instalment come in the first. */
    private static List<Slot> slots(WaterfallTerms terms, Standing standing) {
        List<List<Part>> groups = new ArrayList<>();
        if (terms.bucketByBucket()) {
            standing.buckets().forEach(bucket -> groups.add(List.of(bucket)));
        } else if (!standing.buckets().isEmpty()) {
            groups.add(standing.buckets());
        }
        groups.add(List.of());
        List<Slot> slots = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            boolean first = group == 0;
            boolean last = group == groups.size() - 1;
            for (Component component : terms.order()) {
                for (Part bucket : groups.get(group)) {
                    slots.add(new Slot(component, bucket.bucket(), bucket.of(component)));
                }
                if (isCharge(component) ? first : last) {
                    slots.add(new Slot(component, LOOSE, standing.beside(component)));
                }
            }
        }
        return slots;
    }

    private static boolean isCharge(Component component) {
        return switch (component) {
            case COSTS, PENALTIES, FEES -> true;
            case INTEREST, PRINCIPAL -> false;
        };
    }

    private static Allocation allocation(List<Slot> filled, List<Part> buckets, Money surplus) {
        Asset currency = surplus.currency();
        List<Part> parts = new ArrayList<>();
        for (Part bucket : buckets) {
            Part part = new Part(
                    bucket.bucket(),
                    sum(filled, currency, Component.FEES, bucket.bucket()),
                    sum(filled, currency, Component.INTEREST, bucket.bucket()),
                    sum(filled, currency, Component.PRINCIPAL, bucket.bucket()));
            if (!part.isZero()) {
                parts.add(part);
            }
        }
        return new Allocation(
                sum(filled, currency, Component.COSTS),
                sum(filled, currency, Component.PENALTIES),
                sum(filled, currency, Component.FEES),
                sum(filled, currency, Component.INTEREST),
                sum(filled, currency, Component.PRINCIPAL),
                surplus,
                parts);
    }

    private static Money sum(List<Slot> slots, Asset currency, Component component) {
        Money sum = Money.zero(currency);
        for (Slot slot : slots) {
            if (slot.component() == component) {
                sum = sum.plus(slot.amount());
            }
        }
        return sum;
    }

    private static Money sum(List<Slot> slots, Asset currency, Component component, int bucket) {
        Money sum = Money.zero(currency);
        for (Slot slot : slots) {
            if (slot.component() == component && slot.bucket() == bucket) {
                sum = sum.plus(slot.amount());
            }
        }
        return sum;
    }
}
