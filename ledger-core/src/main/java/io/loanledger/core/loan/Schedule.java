package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.ScheduleTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What falls due, and what lateness costs, as time passes. A moment acts strictly after itself: at a due date the payment is in time. */
final class Schedule {
    /** A loan whose next due date is nearer than this needs no posting day of its own. */
    private static final int PERIOD_DAYS = 31;

    /** @param bucket the instalment that is late, or 0: the next instalment falls due */
    private record Moment(Instant at, int bucket) {
        boolean isBefore(@Nullable Moment other) {
            return other == null || at.isBefore(other.at);
        }
    }

    private Schedule() {}

    /** Everything of the schedule that is due strictly before a time, in the order of its moments. */
    static void passed(Draft draft, Instant taskTime) {
        Moment next = next(draft.loan());
        while (next != null && next.at().isBefore(taskTime)) {
            if (next.bucket() == 0) {
                bill(draft);
            } else {
                chargeLateness(draft, next.bucket());
            }
            next = next(draft.loan());
        }
    }

    /** When something is due next, or null. */
    static @Nullable Instant nextMoment(Loan loan) {
        Moment next = next(loan);
        return next == null ? null : next.at();
    }

    /** Whether the due dates bring interest to the books often enough. */
    static boolean postsInterest(Loan loan, LocalDate accruedTo) {
        LocalDate dueOn = nextDueOn(loan);
        return dueOn != null && !dueOn.isAfter(accruedTo.plusDays(PERIOD_DAYS));
    }

    /** The earliest; of two at one instant what falls due is first, then the older instalment. */
    private static @Nullable Moment next(Loan loan) {
        ScheduleTerms terms = termsOf(loan);
        if (terms == null) {
            return null;
        }
        LocalDate dueOn = nextDueOn(loan);
        Moment next = dueOn == null ? null : new Moment(startOf(dueOn), 0);
        if (terms.chargesLateness()) {
            for (Due due : loan.servicing().dues()) {
                if (!due.lateFeeCharged() && due.overdue().isPositive()) {
                    Instant late = startOf(due.dueOn().plusDays(terms.graceDays() + 1L))
                            .plus(terms.factLag());
                    Moment moment = new Moment(late, due.number());
                    next = moment.isBefore(next) ? moment : next;
                }
            }
        }
        return next;
    }

    /** The due date of the next instalment, or null when there is none. */
    private static @Nullable LocalDate nextDueOn(Loan loan) {
        if (termsOf(loan) == null) {
            return null;
        }
        LocalDate startedOn = loan.debt().startedOn();
        LocalDate maturity = loan.maturity();
        if (startedOn == null || maturity == null) {
            return null;
        }
        int billed = loan.servicing().billed();
        boolean over = billed > 0
                && !InstalmentPlan.dueOn(loan.terms().terms(), startedOn, billed)
                        .isBefore(maturity);
        return over ? null : InstalmentPlan.dueOn(loan.terms().terms(), startedOn, billed + 1);
    }

    /** The schedule of a loan that it still binds, or null. */
    private static @Nullable ScheduleTerms termsOf(Loan loan) {
        return loan.status() == LoanStatus.ACTIVE
                ? loan.terms().terms().agreed().schedule()
                : null;
    }

    private static void bill(Draft draft) {
        LocalDate dueOn = Objects.requireNonNull(nextDueOn(draft.loan()));
        PaymentRules.postInterest(draft, dueOn);
        Loan loan = draft.loan();
        Debt debt = loan.debt();
        int number = loan.servicing().billed() + 1;
        Money zero = Money.zero(draft.debtAsset());
        Asset currency = draft.debtAsset();
        Money interest = debt.interest().minus(loan.servicing().sum(currency, Due::interest));
        Money loose = debt.principal().minus(loan.servicing().sum(currency, Due::principal));
        Money planned = loose;
        if (dueOn.isBefore(Objects.requireNonNull(loan.maturity()))) {
            LocalDate startedOn = Objects.requireNonNull(debt.startedOn());
            planned = InstalmentPlan.of(loan.terms().terms(), loan.terms().principal(), startedOn)
                    .principal()
                    .get(number - 1);
        }
        draft.emit(new LoanEvent.InstalmentDue(
                number, dueOn, interest.max(zero), planned.min(loose).max(zero)));
    }

    private static void chargeLateness(Draft draft, int bucket) {
        Due late = draft.loan().servicing().due(bucket);
        ScheduleTerms terms = Objects.requireNonNull(termsOf(draft.loan()));
        draft.emit(new LoanEvent.ChargePosted(ChargeKind.LATE, terms.lateFeeOn(late.overdue()), bucket, ""));
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
