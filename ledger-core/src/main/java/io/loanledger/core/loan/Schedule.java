package io.loanledger.core.loan;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.terms.DefaultTerms;
import io.loanledger.core.terms.ScheduleTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What falls due, what lateness costs and when it is a default, as time passes. A moment acts strictly after itself: at a due date the payment is in time. */
final class Schedule {
    /** A loan whose next due date is nearer than this needs no posting day of its own. */
    private static final int PERIOD_DAYS = 31;

    /** What a moment brings. */
    private enum Kind {
        DUE,
        LATE,
        DEFAULT
    }

    /** @param bucket the instalment that is late or in default; 0 when the next one falls due */
    private record Moment(Instant at, Kind kind, int bucket) {
        boolean isBefore(@Nullable Moment other) {
            return other == null || at.isBefore(other.at);
        }
    }

    private Schedule() {}

    /** Everything of the schedule that is due strictly before a time, in the order of its moments. */
    static void passed(Draft draft, Instant taskTime) {
        Moment next = next(draft.loan());
        while (next != null && next.at().isBefore(taskTime)) {
            switch (next.kind()) {
                case DUE -> bill(draft);
                case LATE -> chargeLateness(draft, next.bucket());
                case DEFAULT ->
                    DefaultRules.passed(draft, draft.loan().servicing().due(next.bucket()), Draft.dateOf(next.at()));
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

    /** The earliest; of two at one instant what falls due is first, then the older instalment, a default last. */
    private static @Nullable Moment next(Loan loan) {
        ScheduleTerms terms = termsOf(loan);
        if (terms == null) {
            return null;
        }
        LocalDate dueOn = nextDueOn(loan);
        Moment next = dueOn == null ? null : new Moment(startOf(dueOn), Kind.DUE, 0);
        if (terms.chargesLateness()) {
            for (Due due : loan.servicing().dues()) {
                if (!due.lateFeeCharged() && due.overdue().isPositive()) {
                    Instant late = startOf(due.dueOn().plusDays(terms.graceDays() + 1L))
                            .plus(terms.factLag());
                    Moment moment = new Moment(late, Kind.LATE, due.number());
                    next = moment.isBefore(next) ? moment : next;
                }
            }
        }
        Moment inDefault = nextDefault(loan, terms);
        return inDefault != null && inDefault.isBefore(next) ? inDefault : next;
    }

    /** When the oldest unpaid instalment that was not let go puts the loan into default; null when none can. */
    private static @Nullable Moment nextDefault(Loan loan, ScheduleTerms terms) {
        DefaultTerms onDefault = DefaultRules.termsOf(loan);
        if (onDefault == null || loan.servicing().isInDefault()) {
            return null;
        }
        for (Due due : loan.servicing().dues()) {
            if (isUnpaid(loan, due) && !loan.servicing().defaults().excuses(due.dueOn())) {
                Instant at = startOf(due.dueOn().plusDays(onDefault.afterDays() + 1L))
                        .plus(terms.factLag());
                return new Moment(at, Kind.DEFAULT, due.number());
            }
        }
        return null;
    }

    /**
     * Whether it keeps a loan in default. Once all is due, principal of no instalment is the last one's: a payment that was reversed had paid it
     * before, or a draw was paid out late.
     */
    static boolean isUnpaid(Loan loan, Due due) {
        if (due.overdue().isPositive()) {
            return true;
        }
        Servicing servicing = loan.servicing();
        return due.number() == servicing.dues().getLast().number()
                && isOver(loan)
                && servicing.loosePrincipal(loan.debt()).isPositive();
    }

    /** The due date of the next instalment, or null when there is none, or all is due. */
    private static @Nullable LocalDate nextDueOn(Loan loan) {
        if (termsOf(loan) == null || loan.servicing().isAccelerated()) {
            return null;
        }
        LocalDate startedOn = loan.debt().startedOn();
        LocalDate maturity = loan.maturity();
        if (startedOn == null || maturity == null) {
            return null;
        }
        int billed = billed(loan);
        boolean over = billed > 0
                && !InstalmentPlan.dueOn(loan.terms(), startedOn, billed).isBefore(maturity);
        return over ? null : InstalmentPlan.dueOn(loan.terms(), startedOn, billed + 1);
    }

    /** Whether the last instalment has fallen due. */
    static boolean isOver(Loan loan) {
        return nextDueOn(loan) == null;
    }

    /** How many instalments of the plan have fallen due. */
    private static int billed(Loan loan) {
        return loan.servicing().billed() - loan.terms().instalmentsBefore();
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
        Money loose = loan.servicing().loosePrincipal(debt);
        Money planned = loose;
        if (dueOn.isBefore(Objects.requireNonNull(loan.maturity()))) {
            LocalDate startedOn = Objects.requireNonNull(debt.startedOn());
            planned = InstalmentPlan.of(loan.terms(), startedOn).principal().get(billed(loan));
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
