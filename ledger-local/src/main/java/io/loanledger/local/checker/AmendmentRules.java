package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A running agreement gets another maturity, or goes on under other terms. */
final class AmendmentRules {
    private static final int LONGEST_DAYS = 36_525;
    private static final int MOST_INSTALMENTS = 1_200;

    private final Answer answer;
    private final Loan loan;
    private final Circumstances now;

    AmendmentRules(Answer answer) {
        this.answer = answer;
        this.loan = answer.loan();
        this.now = answer.now();
    }

    /** What the fact says. */
    private record Change(
            @Nullable Product terms, int on, @Nullable Integer maturity, BigDecimal fee, String reason) {}

    After amended(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        refuseIf(loan.status != Status.ACTIVE, "WRONG_STATUS");
        refuseIf(loan.frozen, "FROZEN");
        refuseIf(loan.defaults.now != null, "IN_DEFAULT");
        refuseIf(loan.sale != null, "RELEASE_WHILE_LIQUIDATING");
        refuseIf(loan.call != null, "RELEASE_WHILE_CALLED");
        Product terms = loan.terms();
        boolean extends_ = terms.id().equals(fact.text("productId")) && terms.version() == fact.count("version");
        Product newest = now.newestTerms.get(fact.text("productId"));
        refuseIf(!extends_ && (newest == null || newest.version() != fact.count("version")), "TERMS_UNKNOWN");
        Integer stated = (Integer) fact.record().get("maturity");
        int day = new MoneyRules(answer).valueDay(fact.occurredAt());
        Change change = extends_
                ? new Change(null, day, stated, fact.number("fee"), fact.text("reason"))
                : rollover(fact, newest, Math.max(day, loan.accruedTo), stated);
        boolean misfit = loan.draws.pending().signum() > 0
                || (extends_ ? extensionMisfits(stated) : rolloverMisfits(change, stated));
        refuseIf(misfit, "TERMS_MISFIT");
        Priced at = now.freshPrice(loan);
        if (at == null) {
            throw new Answer.Refused("NO_FRESH_PRICE");
        }
        Loan trial = loan.copy();
        carryOut(new Answer(trial, now), change, at);
        refuseIf(trial.meets(trial.terms().firstLimit(), trial.scaledExposure(answer.today()), at), "LTV_TOO_HIGH");
        carryOut(answer, change, at);
        return After.OTHER;
    }

    private static Change rollover(Fact fact, @Nullable Product terms, int on, @Nullable Integer stated) {
        Integer maturity = stated == null && terms != null ? terms.agreed().maturity(on) : stated;
        return new Change(terms, on, maturity, fact.number("fee"), fact.text("reason"));
    }

    // --- what does not fit
    // ---------------------------------------------------------------------------------------------

    private boolean extensionMisfits(@Nullable Integer stated) {
        Integer maturity = loan.maturity();
        Line line = loan.terms().agreement().line();
        if (maturity == null
                || stated == null
                || stated <= maturity
                || stated <= answer.today()
                || stated > loan.startedOn + LONGEST_DAYS
                || (line != null && loan.draws.ended)) {
            return true;
        }
        Schedule schedule = loan.terms().agreement().schedule();
        if (schedule == null) {
            return false;
        }
        Plan longer = Instalments.planThrough(loan, loan.startedOn, stated);
        return schedule.amortises()
                || longer.count() > MOST_INSTALMENTS
                || ScheduleRules.billed(loan) >= Instalments.plan(loan).count();
    }

    private boolean rolloverMisfits(Change change, @Nullable Integer stated) {
        Product next = change.terms();
        Product terms = loan.terms();
        if (next == null
                || !next.debtAsset().equals(terms.debtAsset())
                || next.debtScale() != terms.debtScale()
                || loan.coins().stream().anyMatch(coin -> !isTaken(next, coin))
                || !Objects.equals(
                        next.agreement().debtPrice(), terms.agreement().debtPrice())
                || next.mixed() != terms.mixed()
                || isNoneToRoll(next)
                || isNoneToRoll(terms)
                || loan.buckets.stream().anyMatch(Bucket::isUnpaid)
                || (next.interest().isOfASeries()
                        && !now.fixings.knows(next.interest().rateId()))) {
            return true;
        }
        if (stated != null
                && (next.agreed().termDays() == 0
                        || stated <= change.on()
                        || stated <= answer.today()
                        || stated > change.on() + LONGEST_DAYS)) {
            return true;
        }
        Integer maturity = change.maturity();
        return next.agreement().schedule() != null
                && (maturity == null || !fits(next.agreement().schedule(), maturity - change.on(), change.on()));
    }

    private static boolean isTaken(Product next, Coin coin) {
        Coin taken = next.coins().get(coin.asset());
        return taken != null && taken.scale() == coin.scale() && taken.market().equals(coin.market());
    }

    private static boolean isNoneToRoll(Product terms) {
        return terms.agreement().line() != null || terms.selling().plan().equals(Selling.STABILISE);
    }

    private static boolean fits(Schedule schedule, int days, int start) {
        List<Schedule.Planned> custom = schedule.custom();
        if (!custom.isEmpty() && custom.getLast().onDay() >= days) {
            return false;
        }
        return Plan.days(schedule, start, start + days).size() <= MOST_INSTALMENTS;
    }

    // --- carried out
    // -----------------------------------------------------------------------------------------------------

    private static void carryOut(Answer answer, Change change, Priced at) {
        Loan loan = answer.loan();
        MoneyRules money = new MoneyRules(answer);
        if (change.terms() != null) {
            money.postThrough(change.on());
        }
        if (change.fee().signum() != 0) {
            new PaymentRules(answer, money).charge(Component.FEES, "FEE", change.fee(), Slot.LOOSE, "terms amended");
        }
        Product next = change.terms();
        if (next != null) {
            goOnUnder(loan, next, change.on());
        }
        loan.amended = true;
        loan.amendedMaturity = change.maturity();
        loan.plan = null;
        answer.say(
                "LoanAmended",
                "terms",
                next == null ? Said.Nothing.NULL : next,
                "on",
                change.on(),
                "maturity",
                change.maturity() == null ? Said.Nothing.NULL : (Object) change.maturity(),
                "evidence",
                loan.evidence(
                        at, loan.scaledExposure(answer.today()), loan.terms().firstLimit()),
                "reason",
                change.reason());
    }

    /** All that counts from the payout counts from this day on. */
    private static void goOnUnder(Loan loan, Product next, int day) {
        loan.bind(next);
        loan.rolledOver = true;
        loan.relyOnAllCoin();
        loan.startedOn = day;
        loan.accruedTo = day;
        loan.agreedPrincipal = loan.principal;
        loan.interestBefore = loan.interestPosted;
        loan.principalDays = next.interest().compounds() ? loan.principal.add(loan.interest) : BigDecimal.ZERO;
        loan.bucketsOfBefore = loan.buckets.size();
        loan.reached = Ladder.NONE;
        loan.defaults = new Defaults();
    }
}
