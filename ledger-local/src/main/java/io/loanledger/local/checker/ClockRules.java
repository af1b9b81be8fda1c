package io.loanledger.local.checker;

import static io.loanledger.local.checker.Answer.refuseIf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call's clock: it runs out, stands while the borrower disputes, and completes a dwell. */
final class ClockRules {
    private final Answer answer;
    private final Loan loan;
    private final Circumstances now;
    private final MarginRules margin;

    ClockRules(Answer answer, MarginRules margin) {
        this.answer = answer;
        this.loan = answer.loan();
        this.now = answer.now();
        this.margin = margin;
    }

    /** What happens strictly after a moment; in this order at one. */
    enum Kind {
        DWELL,
        LAPSE,
        EXPIRY
    }

    record Moment(long at, Kind kind) {}

    /** A call's next. */
    static @Nullable Moment next(Loan loan, boolean withDwell) {
        Call call = loan.call;
        if (call == null) {
            return null;
        }
        Moment next = null;
        if (withDwell && call.healedSince() != Call.NEVER) {
            next = new Moment(call.healedSince() + loan.terms().ladder().dwellMicros(), Kind.DWELL);
        }
        Call.Dispute dispute = call.dispute();
        if (call.is(Call.Stage.DISPUTED) && dispute != null && (next == null || dispute.answerBy() < next.at())) {
            next = new Moment(dispute.answerBy(), Kind.LAPSE);
        }
        if (call.is(Call.Stage.RUNNING)
                && call.expiresAt() != Call.FAR
                && (next == null || call.expiresAt() < next.at())) {
            next = new Moment(call.expiresAt(), Kind.EXPIRY);
        }
        return next;
    }

    void pass(long time) {
        boolean withDwell = true;
        Moment next = next(loan, true);
        while (next != null && next.at() < time) {
            switch (next.kind()) {
                case DWELL -> {
                    withDwell = false;
                    completeDwell(next.at());
                }
                case LAPSE -> close("LAPSED", next.at(), "");
                case EXPIRY -> expire(time);
            }
            next = next(loan, withDwell);
        }
    }

    private @Nullable Priced formerPrice() {
        return loan.status == Loan.Status.ACTIVE && loan.sale == null ? now.openPrice(loan) : null;
    }

    /** On the former state and price, before the time is the new one. */
    private void completeDwell(long end) {
        Call call = Objects.requireNonNull(loan.call);
        Priced former = formerPrice();
        if (former != null && margin.calls.standsHealed(call, former) && CallRules.isInTime(call, end)) {
            margin.calls.cure(call, former, After.PRICE, end);
        }
    }

    private void expire(long time) {
        Call call = Objects.requireNonNull(loan.call);
        loan.call = call.at(Call.Stage.EXPIRED).healed(Call.NEVER);
        answer.say("MarginCallExpired", "callId", call.id(), "deadline", call.deadline(), "expiredAt", time);
        Priced former = formerPrice();
        if (former != null) {
            margin.evaluate(former, After.PRICE, former.time());
        }
    }

    // --- disputes
    // ------------------------------------------------------------------------------------------------------

    private Call named(Fact fact) {
        refuseIf(loan.status == Loan.Status.UNKNOWN, "UNKNOWN_LOAN");
        refuseIf(loan.status == Loan.Status.CLOSED, "LOAN_CLOSED");
        Call call = loan.call;
        if (call == null || !call.id().equals(fact.text("callId"))) {
            throw new Answer.Refused("CALL_NOT_DISPUTABLE");
        }
        return call;
    }

    After disputed(Fact fact) {
        Call call = named(fact);
        Ladder ladder = loan.terms().ladder();
        long at = fact.occurredAt();
        boolean taken = call.is(Call.Stage.RUNNING)
                && call.dispute() == null
                && ladder.disputeMicros() > 0
                && call.issuedAt() <= at
                && at <= call.issuedAt() + ladder.disputeMicros()
                && at <= call.deadline();
        refuseIf(!taken, "CALL_NOT_DISPUTABLE");
        long answerBy = at + ladder.answerMicros();
        loan.call = call.disputed(at, answerBy);
        answer.say(
                "MarginCallDisputed",
                "callId",
                call.id(),
                "disputedAt",
                at,
                "answerBy",
                answerBy,
                "reason",
                fact.text("reason"));
        return After.OTHER;
    }

    After answered(Fact fact) {
        Call call = named(fact);
        Call.Dispute dispute = call.dispute();
        if (dispute == null || !call.is(Call.Stage.DISPUTED) || fact.occurredAt() > dispute.answerBy()) {
            throw new Answer.Refused("CALL_NOT_DISPUTABLE");
        }
        long closedAt = Math.max(fact.occurredAt(), dispute.at());
        close(fact.flag("upheld") ? "UPHELD" : "REJECTED", closedAt, fact.text("reason"));
        return After.OTHER;
    }

    private void close(String outcome, long closedAt, String reason) {
        Call call = Objects.requireNonNull(loan.call);
        Call.Dispute dispute = Objects.requireNonNull(call.dispute());
        Call next = outcome.equals("UPHELD")
                ? call.at(Call.Stage.WITHDRAWN).healed(Call.NEVER)
                : call.goesOn(closedAt - dispute.at());
        loan.call = next;
        answer.say(
                "MarginCallDisputeClosed",
                "callId",
                call.id(),
                "outcome",
                outcome,
                "closedAt",
                closedAt,
                "deadline",
                next.deadline(),
                "expiresAt",
                next.expiresAt(),
                "reason",
                reason);
    }
}
