package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Asset;
import io.loanledger.core.money.Money;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.DefaultTerms;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a loan comes into default and out of it. An overlay: the loan stays {@link LoanStatus#ACTIVE}, pays, accrues and can be healed; what it
 * adds is that all may fall due, that days cost more, and that collateral is sold until nothing is owed.
 */
final class DefaultRules {
    private DefaultRules() {}

    static @Nullable DefaultTerms termsOf(Loan loan) {
        return loan.terms().terms().agreed().onDefault();
    }

    /** Whether nothing but the sale of its collateral is left to do about the loan at a price. */
    static boolean isToBeSold(Loan loan) {
        DefaultTerms terms = termsOf(loan);
        return terms != null && terms.sells() && loan.servicing().isInDefault();
    }

    // --- into it -----------------------------------------------------------------------------------------------------

    /** An instalment, or the maturity, has gone unpaid for too long. What is to be sold is judged at the former price. */
    static void passed(Draft draft, Due unpaid, LocalDate day) {
        boolean last = unpaid.dueOn().equals(draft.loan().maturity());
        begin(draft, last ? DefaultReason.MATURITY : DefaultReason.PAYMENT_DEFAULT, day, "");
        IndexPrice former = draft.openPrice();
        if (former != null) {
            Valuation.atPrice(draft, former);
        }
        Consequences.conclude(draft);
    }

    static Decision.@Nullable Refused declared(Draft draft, LoanInput.DefaultDeclared fact) {
        Loan loan = draft.loan();
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        if (loan.status() == LoanStatus.CLOSED) {
            return refused(Refusal.LOAN_CLOSED, loan.loanId());
        }
        if (loan.status() != LoanStatus.ACTIVE) {
            return refused(Refusal.WRONG_STATUS, loan.status().name());
        }
        if (termsOf(loan) == null) {
            return refused(
                    Refusal.NOT_AGREED, "no default in " + loan.terms().terms().productId());
        }
        if (loan.servicing().isInDefault()) {
            return refused(Refusal.IN_DEFAULT, loan.loanId());
        }
        begin(draft, DefaultReason.MANUAL, draft.today(), fact.reason());
        return null;
    }

    /** Of a loan that is not in default, under terms that say so; any other has heard of it, or does not care. */
    static void crossed(Draft draft, LoanInput.CrossDefaulted input) {
        Loan loan = draft.loan();
        DefaultTerms terms = loan.status() == LoanStatus.ACTIVE ? termsOf(loan) : null;
        if (terms != null && terms.cross() && !loan.servicing().isInDefault()) {
            begin(draft, DefaultReason.CROSS_DEFAULT, draft.today(), input.causeLoanId());
        }
    }

    private static void begin(Draft draft, DefaultReason reason, LocalDate day, String detail) {
        PaymentRules.postInterest(draft, day);
        Loan loan = draft.loan();
        Money zero = Money.zero(draft.debtAsset());
        Money interest = zero;
        Money principal = zero;
        if (Objects.requireNonNull(termsOf(loan)).accelerates()) {
            Asset currency = draft.debtAsset();
            Servicing servicing = loan.servicing();
            interest = loan.debt()
                    .interest()
                    .minus(servicing.sum(currency, Due::interest))
                    .max(zero);
            principal = servicing.loosePrincipal(loan.debt()).max(zero);
        }
        draft.emit(new LoanEvent.LoanDefaulted(reason, since(loan, day), detail, interest, principal));
        if (isToBeSold(draft.loan()) && draft.loan().openCase() == null) {
            MarginRules.cancel(draft, "DEFAULTED");
        }
        DrawRules.stop(draft, "the loan is in default");
    }

    /** Never before what has been reckoned already: neither interest nor another default nor an instalment. */
    private static LocalDate since(Loan loan, LocalDate day) {
        LocalDate since = later(day, loan.debt().accruedTo());
        since = later(since, loan.servicing().defaults().lastEnd());
        List<Due> dues = loan.servicing().dues();
        return later(since, dues.isEmpty() ? null : dues.getLast().dueOn());
    }

    private static LocalDate later(LocalDate one, @Nullable LocalDate other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /** The fold of {@link LoanEvent.LoanDefaulted}. */
    static Servicing defaulted(Loan loan, LoanEvent.LoanDefaulted e) {
        Due accelerated = Objects.requireNonNull(termsOf(loan)).accelerates()
                ? new Due(
                        Due.ACCELERATED,
                        e.since(),
                        Money.zero(e.interest().currency()),
                        e.interest(),
                        e.principal(),
                        true)
                : null;
        return loan.servicing().defaulted(e.reason(), e.since(), accelerated);
    }

    // --- out of it ---------------------------------------------------------------------------------------------------

    static Decision.@Nullable Refused waived(Draft draft, LoanInput.DefaultWaived fact) {
        Loan loan = draft.loan();
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        if (loan.status() == LoanStatus.CLOSED) {
            return refused(Refusal.LOAN_CLOSED, loan.loanId());
        }
        Defaults.Current current = loan.servicing().defaults().current();
        if (current == null) {
            return refused(Refusal.NOT_IN_DEFAULT, loan.loanId());
        }
        LocalDate until = later(later(draft.today(), loan.debt().accruedTo()), current.since());
        draft.emit(new LoanEvent.DefaultEnded(current.reason(), true, until, fact.reason()));
        return null;
    }

    /** What is due was paid: asked after everything that may have paid it. */
    static void endIfPaid(Draft draft) {
        Loan loan = draft.loan();
        Defaults.Current current = loan.servicing().defaults().current();
        if (current != null && isPaid(loan, current, draft.today())) {
            LocalDate until = later(current.since(), loan.debt().accruedTo());
            draft.emit(new LoanEvent.DefaultEnded(current.reason(), false, until, ""));
        }
    }

    private static boolean isPaid(Loan loan, Defaults.Current current, LocalDate today) {
        // At the moment of the default the clock may stand before the due date that brought it.
        LocalDate by = later(today, current.since());
        return loan.debt().isClear()
                || (loan.status() == LoanStatus.ACTIVE
                        && current.reason().endsWhenDuesArePaid()
                        && loan.servicing().dues().stream()
                                .filter(due ->
                                        due.isAccelerated() || due.dueOn().isBefore(by))
                                .noneMatch(due -> Schedule.isUnpaid(loan, due)));
    }
}
