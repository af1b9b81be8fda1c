package io.loanledger.core.loan;

import static io.loanledger.core.loan.LoanDecider.refused;

import io.loanledger.core.money.Money;
import io.loanledger.core.money.Threshold;
import io.loanledger.core.price.IndexPrice;
import io.loanledger.core.terms.CollateralTerms;
import io.loanledger.core.terms.ProductTerms;
import io.loanledger.core.terms.SalePlan;
import io.loanledger.core.terms.ScheduleTerms;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a running agreement changes: its maturity moves, or it goes on under other terms from a day on. It does not when the
 * loan would stand at a limit right after.
 */
final class AmendmentRules {
    private AmendmentRules() {}

    static Decision.@Nullable Refused amended(Draft draft, LoanInput.TermsAmended fact) {
        Loan loan = draft.loan();
        Decision.Refused refused = LoanDecider.checkStated(draft, fact.fee(), draft.moneyFor(fact.fee()));
        if (refused == null) {
            refused = unable(loan);
        }
        if (refused != null) {
            return refused;
        }
        ProductTerms own = loan.terms().terms();
        if (fact.productId().equals(own.productId()) && fact.version() == own.version()) {
            String misfit = misfitOfExtension(draft, fact.maturity());
            return misfit == null ? amend(draft, fact, null) : refused(Refusal.TERMS_MISFIT, misfit);
        }
        ProductTerms terms = draft.now().newestTerms(fact.productId());
        if (terms == null || terms.version() != fact.version()) {
            return refused(Refusal.TERMS_UNKNOWN, fact.productId() + " version " + fact.version());
        }
        String misfit = misfitOfRollover(draft, fact, terms);
        return misfit == null ? amend(draft, fact, terms) : refused(Refusal.TERMS_MISFIT, misfit);
    }

    private static Decision.@Nullable Refused unable(Loan loan) {
        if (loan.status() == LoanStatus.UNKNOWN) {
            return refused(Refusal.UNKNOWN_LOAN, loan.loanId());
        }
        if (loan.status() == LoanStatus.CLOSED) {
            return refused(Refusal.LOAN_CLOSED, loan.loanId());
        }
        if (loan.status() != LoanStatus.ACTIVE) {
            return refused(Refusal.WRONG_STATUS, loan.status().name());
        }
        if (loan.frozen()) {
            return refused(Refusal.FROZEN, loan.loanId());
        }
        if (loan.servicing().isInDefault()) {
            return refused(Refusal.IN_DEFAULT, loan.loanId());
        }
        if (loan.openCase() != null) {
            return refused(Refusal.RELEASE_WHILE_LIQUIDATING, loan.openCase().caseId());
        }
        return loan.marginCall() == null
                ? null
                : refused(Refusal.RELEASE_WHILE_CALLED, loan.marginCall().callId());
    }

    // --- what does not fit -------------------------------------------------------------------------------------------

    private static @Nullable String misfitOfExtension(Draft draft, @Nullable LocalDate next) {
        Loan loan = draft.loan();
        LocalDate maturity = loan.maturity();
        LocalDate startedOn = Objects.requireNonNull(loan.debt().startedOn());
        if (loan.draws().isPending()) {
            return "a draw is on its way";
        }
        if (maturity == null || next == null || !next.isAfter(maturity) || !next.isAfter(draft.today())) {
            return "the maturity moves from " + maturity + " to no later day, " + next;
        }
        if (loan.draws().ended()) {
            return "the commitment has ended";
        }
        ScheduleTerms schedule = loan.terms().terms().agreed().schedule();
        if (schedule != null && schedule.kind().amortises()) {
            return "a plan of principal is not extended but rolled over";
        }
        return schedule != null && Schedule.isOver(loan)
                ? "the last instalment has fallen due"
                : misfitOfTerm(schedule, startedOn, next);
    }

    private static @Nullable String misfitOfRollover(Draft draft, LoanInput.TermsAmended fact, ProductTerms terms) {
        Loan loan = draft.loan();
        ProductTerms own = loan.terms().terms();
        if (loan.draws().isPending()
                || own.agreed().line() != null
                || terms.agreed().line() != null) {
            return "a line is not rolled over";
        }
        if (!terms.debtAsset().equals(own.debtAsset())) {
            return "the product lends " + terms.debtAsset();
        }
        if (!Objects.equals(terms.agreed().debtPrice(), own.agreed().debtPrice())) {
            return "the debt would be measured otherwise";
        }
        if (terms.mixedCollateral() != own.mixedCollateral()) {
            return "one of the products counts coin of several assets";
        }
        for (Collateral held : loan.coins()) {
            CollateralTerms coin = loan.terms().collateralTerms(held.asset());
            if (!takesAlike(terms, coin)) {
                return "the product does not take " + coin.asset() + " of " + coin.market();
            }
        }
        if (own.liquidation().plan() == SalePlan.STABILISE
                || terms.liquidation().plan() == SalePlan.STABILISE) {
            return "money that is collateral is not rolled over";
        }
        if (loan.servicing().dues().stream().anyMatch(due -> !due.isPaid())) {
            return "an instalment is due";
        }
        if (!RateClock.of(terms.interest(), draft.now()).isKnown()) {
            return "the rate has no fixing";
        }
        LocalDate from = dayOf(draft, fact);
        LocalDate maturity = maturityOf(fact, terms, from);
        if (fact.maturity() != null && terms.termDays() == 0) {
            return "the product knows no maturity";
        }
        if (maturity == null) {
            return null;
        }
        return maturity.isAfter(from) && maturity.isAfter(draft.today())
                ? misfitOfTerm(terms.agreed().schedule(), from, maturity)
                : "due on " + maturity + ", which has passed";
    }

    private static boolean takesAlike(ProductTerms terms, CollateralTerms coin) {
        Optional<CollateralTerms> taken = terms.collateral(coin.asset().code());
        return taken.isPresent()
                && taken.get().asset().equals(coin.asset())
                && taken.get().market().equals(coin.market());
    }

    private static @Nullable String misfitOfTerm(@Nullable ScheduleTerms schedule, LocalDate from, LocalDate maturity) {
        long days = ChronoUnit.DAYS.between(from, maturity);
        if (days > ProductTerms.LONGEST_TERM_DAYS) {
            return "a term of " + days + " days";
        }
        return schedule == null || schedule.fits((int) days)
                ? null
                : "the schedule does not fit into " + days + " days";
    }

    // --- the change --------------------------------------------------------------------------------------------------

    /** The day from which the new terms hold: what interest was posted for is not counted again. */
    private static LocalDate dayOf(Draft draft, LoanInput.TermsAmended fact) {
        LocalDate valueDate = draft.valueDate(fact.head());
        LocalDate accruedTo = Objects.requireNonNull(draft.loan().debt().accruedTo());
        return valueDate.isBefore(accruedTo) ? accruedTo : valueDate;
    }

    private static @Nullable LocalDate maturityOf(LoanInput.TermsAmended fact, ProductTerms terms, LocalDate from) {
        return fact.maturity() == null ? terms.maturityOf(from) : fact.maturity();
    }

    /** @param terms null for those that the loan has */
    private static Decision.@Nullable Refused amend(
            Draft draft, LoanInput.TermsAmended fact, @Nullable ProductTerms terms) {
        IndexPrice index = draft.freshPrice();
        if (index == null) {
            return refused(Refusal.NO_FRESH_PRICE, draft.loan().terms().market());
        }
        LocalDate on = terms == null ? draft.valueDate(fact.head()) : dayOf(draft, fact);
        LocalDate maturity = terms == null ? fact.maturity() : maturityOf(fact, terms, on);
        Money fee = new Money(fact.fee().amount(), draft.debtAsset());
        // As it will be: nothing is said of a change that is refused.
        Draft tried = new Draft(draft.loan(), null, draft.now());
        bringUpTo(tried, terms, on, fee);
        Loan after = amendedBy(tried.loan(), terms, on, maturity);
        Quote quote = Draft.quote(after, index, draft.now());
        LoanToValue ltv = LoanToValue.of(after, quote, draft.today());
        Threshold limit = after.terms().terms().firstLimit();
        if (ltv.meets(limit)) {
            return refused(Refusal.LTV_TOO_HIGH, limit + " at " + LoanToValue.priceOf(index));
        }
        bringUpTo(draft, terms, on, fee);
        draft.emit(new LoanEvent.LoanAmended(terms, on, maturity, ltv.evidence(after, index, limit), fact.reason()));
        return null;
    }

    private static void bringUpTo(Draft draft, @Nullable ProductTerms terms, LocalDate on, Money fee) {
        if (terms != null) {
            PaymentRules.postInterest(draft, on);
        }
        if (fee.isPositive()) {
            draft.emit(new LoanEvent.ChargePosted(ChargeKind.FEE, fee, 0, "terms amended"));
        }
    }

    static void apply(Loan loan, Loan.Editor next, LoanEvent.LoanAmended e) {
        if (loan.status() != LoanStatus.ACTIVE || loan.marginCall() != null || loan.openCase() != null) {
            throw new IllegalStateException("LoanAmended cannot follow on " + loan.loanId() + " " + loan.status());
        }
        apply(loan, next, e.terms(), e.on(), e.maturity());
    }

    private static void apply(
            Loan loan, Loan.Editor next, @Nullable ProductTerms terms, LocalDate on, @Nullable LocalDate maturity) {
        Agreement agreement = loan.terms();
        if (terms == null) {
            Amendment former = agreement.amendment();
            next.agreement = new Agreement(
                    agreement.terms(),
                    agreement.principal(),
                    agreement.collateralAsset(),
                    former == null
                            ? new Amendment(maturity, false, 0)
                            : former.extendedTo(Objects.requireNonNull(maturity, "an extension has a day")));
            return;
        }
        next.agreement = new Agreement(
                terms,
                loan.debt().principal(),
                agreement.collateralAsset(),
                new Amendment(maturity, true, loan.servicing().billed()));
        next.position =
                loan.held().with(loan.debt().startingAnew(terms.interest().compounds(), on));
        next.reached = 0;
        next.relyOnAllCoin();
        next.servicing =
                new Servicing(loan.servicing().billed(), loan.servicing().dues());
    }

    /** The loan as the event would leave it. */
    private static Loan amendedBy(Loan loan, @Nullable ProductTerms terms, LocalDate on, @Nullable LocalDate maturity) {
        return loan.edit(next -> apply(loan, next, terms, on, maturity));
    }
}
