package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far a loan has come in its schedule.
 *
 * @param billed how many instalments have fallen due
 * @param dues each of them, by due date, and what a default made due
 * @param defaults when the loan was in default
 */
public record Servicing(int billed, List<Due> dues, Defaults defaults) {
    public static final Servicing NONE = new Servicing(0, List.of());

    /** Of a loan that was never in default. */
    public Servicing(int billed, List<Due> dues) {
        this(billed, dues, Defaults.NONE);
    }

    public Servicing {
        dues = List.copyOf(dues);
    }

    /** What of a component is unpaid in all instalments that are due. */
    Money sum(Asset currency, Function<Due, Money> component) {
        Money sum = Money.zero(currency);
        for (Due due : dues) {
            sum = sum.plus(component.apply(due));
        }
        return sum;
    }

    /** Principal that is in no instalment: not due, or back after it was paid. */
    Money loosePrincipal(Debt debt) {
        return debt.principal().minus(sum(debt.principal().currency(), Due::principal));
    }

    /** An instalment that fell due; a bug to ask for another. */
    Due due(int number) {
        for (Due due : dues) {
            if (due.number() == number) {
                return due;
            }
        }
        throw new IllegalStateException("no instalment " + number + " is due");
    }

    /** Days since the oldest instalment of which interest or principal is unpaid fell due; 0 when nothing is overdue. */
    public long daysPastDue(LocalDate day) {
        LocalDate oldest = oldestUnpaid();
        return oldest == null ? 0 : Math.max(0, ChronoUnit.DAYS.between(oldest, day));
    }

    /** When the oldest instalment of which interest or principal is unpaid fell due; null without one. */
    public @Nullable LocalDate oldestUnpaid() {
        for (Due due : dues) {
            if (due.overdue().isPositive()) {
                return due.dueOn();
            }
        }
        return null;
    }

    Servicing billing(Due due) {
        List<Due> next = new ArrayList<>(dues);
        next.add(due);
        return new Servicing(due.number(), next, defaults);
    }

    /** @param accelerated what falls due by it; null for nothing */
    Servicing defaulted(DefaultReason reason, LocalDate since, @Nullable Due accelerated) {
        List<Due> next = new ArrayList<>(dues);
        if (accelerated != null) {
            next.add(accelerated);
        }
        return new Servicing(billed, next, defaults.begun(reason, since));
    }

    /** What the default had made due is not due any more. */
    Servicing defaultEnded(LocalDate until, boolean waived) {
        List<Due> left = dues.stream().filter(due -> !due.isAccelerated()).toList();
        return new Servicing(billed, left, defaults.ended(until, waived));
    }

    boolean isAccelerated() {
        return !dues.isEmpty() && dues.getLast().isAccelerated();
    }

    public boolean isInDefault() {
        return defaults.current() != null;
    }

    /** @param bucket the instalment charged, or 0 for none */
    Servicing charged(int bucket, Money lateFee) {
        if (bucket == 0) {
            return this;
        }
        return new Servicing(
                billed,
                dues.stream()
                        .map(due -> due.number() == bucket ? due.charged(lateFee) : due)
                        .toList(),
                defaults);
    }

    /** After money was spread, or taken back: negative parts. */
    Servicing less(Allocation allocation) {
        if (allocation.parts().isEmpty()) {
            return this;
        }
        List<Due> next = new ArrayList<>(dues);
        for (Part part : allocation.parts()) {
            next.replaceAll(due -> due.number() == part.bucket() ? due.less(part) : due);
        }
        return new Servicing(billed, next, defaults);
    }

    /**
     * Invariant DuesWithinDebt: no more is due than is owed. A correction of interest, a waiver or a payout that came back can leave less than
     * what had fallen due: the newest instalments give.
     */
    Servicing within(Debt debt) {
        if (dues.isEmpty()) {
            return this;
        }
        Asset currency = debt.principal().currency();
        Money fees = excess(sum(currency, Due::fees), debt.fees());
        Money interest = excess(sum(currency, Due::interest), debt.interest());
        Money principal = excess(sum(currency, Due::principal), debt.principal());
        if (fees.isZero() && interest.isZero() && principal.isZero()) {
            return this;
        }
        List<Due> next = new ArrayList<>(dues);
        for (int i = next.size() - 1; i >= 0; i--) {
            Due due = next.get(i);
            Money fee = fees.min(due.fees());
            Money rate = interest.min(due.interest());
            Money part = principal.min(due.principal());
            fees = fees.minus(fee);
            interest = interest.minus(rate);
            principal = principal.minus(part);
            next.set(
                    i,
                    due.with(
                            due.fees().minus(fee),
                            due.interest().minus(rate),
                            due.principal().minus(part)));
        }
        return new Servicing(billed, next, defaults);
    }

    private static Money excess(Money due, Money owed) {
        Money zero = Money.zero(due.currency());
        return due.minus(owed.max(zero)).max(zero);
    }
}
