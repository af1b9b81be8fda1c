package io.loanledger.core.model;

import static io.loanledger.core.model.NaiveModel.refuseIf;

import io.loanledger.core.loan.CureKind;
import io.loanledger.core.loan.FactHead;
import io.loanledger.core.loan.LoanInput;
import io.loanledger.core.loan.LoanStatus;
import io.loanledger.core.loan.Refusal;
import io.loanledger.core.model.NaiveModel.After;
import io.loanledger.core.terms.Ladder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The clocks of a call: its dwell, its dispute, its end. */
final class NaiveClocks {
    private final NaiveMargin margin;
    private final NaiveLoan loan;
    private final List<String> lines;

    NaiveClocks(NaiveMargin margin, NaiveLoan loan, List<String> lines) {
        this.margin = margin;
        this.loan = loan;
        this.lines = lines;
    }

    private Ladder ladder() {
        return loan.bound().ladder();
    }

    /** What of a call was due strictly before the time: the earliest first, and again from there. */
    void pass(Instant time) {
        boolean dwellTried = false;
        while (loan.status == LoanStatus.ACTIVE && loan.call != null) {
            NaiveCall call = loan.call;
            Instant dwell = call.healedSince == null || dwellTried
                    ? NaiveCall.NEVER
                    : call.healedSince.plus(ladder().cureDwell());
            Instant lapse = call.is("DISPUTED") ? call.answerBy : NaiveCall.NEVER;
            Instant expiry = call.is("RUNNING") ? call.expiresAt : NaiveCall.NEVER;
            if (dwell.isBefore(time) && !dwell.isAfter(lapse) && !dwell.isAfter(expiry)) {
                dwellTried = true;
                completeDwell(dwell);
            } else if (lapse.isBefore(time) && !lapse.isAfter(expiry)) {
                close("LAPSED", lapse);
            } else if (expiry.isBefore(time)) {
                expire();
            } else {
                return;
            }
        }
    }

    private void completeDwell(Instant end) {
        NaivePrices former = margin.openPrices();
        if (former != null
                && loan.sale == null
                && !margin.ladder.isOver(margin.ladder.callRung().level(), former)
                && loan.call.isInTime(end)) {
            margin.ladder.cure(CureKind.PRICE, end);
        }
    }

    private void expire() {
        loan.call.stage = "EXPIRED";
        loan.call.healedSince = null;
        lines.add(Tongue.line("MarginCallExpired", loan.call.id, loan.call.deadline));
        NaivePrices former = margin.openPrices();
        if (former != null && loan.sale == null) {
            margin.ladder.evaluate(former, CureKind.PRICE, former.time());
        }
    }

    private void close(String outcome, Instant at) {
        NaiveCall call = loan.call;
        if (outcome.equals("UPHELD")) {
            call.stage = "WITHDRAWN";
            call.healedSince = null;
        } else {
            call.stage = "RUNNING";
            call.standStill(Duration.between(call.disputedAt, at));
        }
        lines.add(Tongue.line("MarginCallDisputeClosed", call.id, outcome, at, call.deadline, call.expiresAt));
    }

    After disputed(LoanInput.MarginCallDisputed fact) {
        Instant at = check(fact.head(), fact.callId());
        NaiveCall call = loan.call;
        refuseIf(
                !call.is("RUNNING")
                        || call.disputedAt != null
                        || ladder().disputeWindow().isZero()
                        || at.isBefore(call.issuedAt)
                        || at.isAfter(call.issuedAt.plus(ladder().disputeWindow()))
                        || at.isAfter(call.deadline),
                Refusal.CALL_NOT_DISPUTABLE);
        call.stage = "DISPUTED";
        call.disputedAt = at;
        call.answerBy = at.plus(ladder().answerWindow());
        lines.add(Tongue.line("MarginCallDisputed", call.id, at, call.answerBy));
        return After.OTHER;
    }

    After answered(LoanInput.MarginCallDisputeAnswered fact) {
        Instant at = check(fact.head(), fact.callId());
        NaiveCall call = loan.call;
        refuseIf(!call.is("DISPUTED") || at.isAfter(call.answerBy), Refusal.CALL_NOT_DISPUTABLE);
        close(fact.upheld() ? "UPHELD" : "REJECTED", at.isBefore(call.disputedAt) ? call.disputedAt : at);
        return After.OTHER;
    }

    private Instant check(FactHead head, String callId) {
        refuseIf(loan.status == LoanStatus.UNKNOWN, Refusal.UNKNOWN_LOAN);
        refuseIf(loan.status == LoanStatus.CLOSED, Refusal.LOAN_CLOSED);
        refuseIf(loan.call == null || !loan.call.id.equals(callId), Refusal.CALL_NOT_DISPUTABLE);
        return head.occurredAt();
    }
}
