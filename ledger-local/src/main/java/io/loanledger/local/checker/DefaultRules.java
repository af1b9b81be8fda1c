package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;
import static java.math.BigDecimal.ZERO;

import io.loanledger.local.checker.Loan.Status;
import java.math.BigDecimal;
import java.util.Objects;

/** Default lies over the status of a loan: it begins by the clock, by the lender's word or by another loan's, and ends paid or waived. */
final class DefaultRules {
    private final Answer answer;
    private final Loan loan;
    private final MoneyRules money;
    private final MarginRules margin;
    private final DrawRules draws;

    DefaultRules(Answer answer, MoneyRules money, MarginRules margin, DrawRules draws) {
        this.answer = answer;
        this.loan = answer.loan();
        this.money = money;
        this.margin = margin;
        this.draws = draws;
    }

    // --- it begins
    // -----------------------------------------------------------------------------------------------------

    /** The instant of an unpaid instalment has passed. */
    void begin(Bucket unpaid, long instant) {
        Integer maturity = loan.maturity();
        boolean last = maturity != null && maturity == unpaid.dueOn;
        begin(last ? Defaults.AT_MATURITY : Defaults.BY_PAYMENT, "", Answer.day(instant));
        Priced former =
                loan.status == Status.ACTIVE && loan.sale == null ? answer.now().openPrice(loan) : null;
        if (former != null) {
            margin.evaluate(former, After.PRICE, former.time());
        }
    }

    After declared(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        refuseIf(loan.status != Status.ACTIVE, "WRONG_STATUS");
        refuseIf(Defaults.terms(loan) == null, "NOT_AGREED");
        refuseIf(loan.defaults.now != null, "IN_DEFAULT");
        begin(Defaults.MANUAL, fact.text("reason"), answer.today());
        return After.OTHER;
    }

    /** Of another loan of the same borrower; whether it says anything. */
    boolean crossed(Fact fact) {
        Defaulting terms = Defaults.terms(loan);
        if (terms == null || !terms.cross() || loan.status != Status.ACTIVE || loan.defaults.now != null) {
            return false;
        }
        begin(Defaults.CROSS, fact.text("causeLoanId"), answer.today());
        return true;
    }

    private void begin(String reason, String detail, int day) {
        Defaulting terms = Objects.requireNonNull(Defaults.terms(loan));
        money.postThrough(day);
        int since = Math.max(day, loan.accruedTo);
        if (!loan.defaults.over.isEmpty()) {
            since = Math.max(since, loan.defaults.over.getLast().to());
        }
        if (!loan.buckets.isEmpty()) {
            since = Math.max(since, loan.buckets.getLast().dueOn);
        }
        loan.defaults.now = new Defaults.InDefault(reason, since);
        BigDecimal interest = ZERO;
        BigDecimal principal = ZERO;
        if (terms.accelerates()) {
            interest = Instalments.loose(loan, Component.INTEREST).max(ZERO);
            principal = Instalments.loose(loan, Component.PRINCIPAL).max(ZERO);
            Bucket all = new Bucket(Bucket.ACCELERATED, since, interest, principal);
            all.lateFeeCharged = true;
            loan.buckets.add(all);
        }
        answer.say(
                "LoanDefaulted",
                "reason",
                reason,
                "since",
                since,
                "detail",
                detail,
                "interest",
                loan.money(interest),
                "principal",
                loan.money(principal));
        if (terms.sells() && loan.call != null && loan.sale == null) {
            margin.calls.cancel("DEFAULTED");
        }
        draws.stopAll();
    }

    // --- it ends
    // -------------------------------------------------------------------------------------------------------

    /** Paid, as far as its reason asks; whether it ended. */
    boolean endIfPaid() {
        Defaults.InDefault open = loan.defaults.now;
        if (open == null || !(loan.debtIsClear() || isCaughtUp(open))) {
            return false;
        }
        end(open, false, Math.max(loan.accruedTo, open.since()), "");
        return true;
    }

    private boolean isCaughtUp(Defaults.InDefault open) {
        int by = Math.max(answer.today(), open.since());
        boolean byClock =
                open.reason().equals(Defaults.BY_PAYMENT) || open.reason().equals(Defaults.AT_MATURITY);
        return byClock
                && loan.status == Status.ACTIVE
                && loan.buckets.stream()
                        .filter(bucket -> bucket.number == Bucket.ACCELERATED || bucket.dueOn < by)
                        .noneMatch(bucket -> Instalments.isUnpaid(loan, bucket));
    }

    After waived(Fact fact) {
        refuseIf(loan.status == Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(loan.status == Status.CLOSED, "LOAN_CLOSED");
        Defaults.InDefault open = loan.defaults.now;
        if (open == null) {
            throw new Answer.Refused("NOT_IN_DEFAULT");
        }
        int until = Math.max(answer.today(), Math.max(loan.accruedTo, open.since()));
        end(open, true, until, fact.text("reason"));
        return After.MOVED;
    }

    private void end(Defaults.InDefault open, boolean waived, int until, String detail) {
        loan.defaults.now = null;
        if (until > open.since() || waived) {
            loan.defaults.over.add(new Defaults.Span(open.since(), until, waived));
        }
        loan.buckets.removeIf(bucket -> bucket.number == Bucket.ACCELERATED);
        answer.say("DefaultEnded", "reason", open.reason(), "waived", waived, "until", until, "detail", detail);
    }
}
