package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.util.Objects;

/** A margin call: made, moved up, healed, cancelled. What its clock does: {@link ClockRules}. */
final class CallRules {
    static final String AFTER_WITHDRAWAL = "AFTER_WITHDRAWAL";

    private final Answer answer;
    private final Loan loan;
    private final Circumstances now;

    CallRules(Answer answer) {
        this.answer = answer;
        this.loan = answer.loan();
        this.now = answer.now();
    }

    void cure(Call call, Priced at, String cure, long healedAt) {
        loan.call = null;
        loan.declines = 0;
        answer.say(
                "MarginCallCured",
                "callId",
                call.id(),
                "kind",
                cure,
                "curedAt",
                healedAt,
                "evidence",
                loan.evidence(at, loan.scaledExposure(answer.today()), Limit.keptAt(level(call))));
    }

    /** At or under it a call is cured. */
    Ratio level(Call call) {
        return loan.terms().ladder().rung(call.rung()).level();
    }

    boolean standsHealed(Call call, Priced at) {
        return loan.atOrUnder(level(call), answer.today(), at);
    }

    void cancel(String reason) {
        Call call = Objects.requireNonNull(loan.call);
        loan.call = null;
        answer.say(
                "MarginCallCancelled",
                "callId",
                call.id(),
                "reason",
                call.is(Call.Stage.WITHDRAWN) ? AFTER_WITHDRAWAL : reason);
    }

    // --- healed
    // --------------------------------------------------------------------------------------------------------

    /** Of a call that is not expired, at a price at or under its level. */
    void heal(Call call, Priced at, String kind, long healedAt) {
        if (call.is(Call.Stage.WITHDRAWN)) {
            cancel(AFTER_WITHDRAWAL);
        } else if (!kind.equals(After.PRICE)) {
            if (isInTime(call, healedAt)) {
                cure(call, at, kind, healedAt);
            }
        } else {
            healByPrice(call, at);
        }
    }

    private void healByPrice(Call call, Priced at) {
        long dwell = loan.terms().ladder().dwellMicros();
        boolean isOver = call.healedSince() != Call.NEVER && now.taskTime > call.healedSince() + dwell;
        if (dwell == 0 || isOver) {
            if (isInTime(call, at.time())) {
                cure(call, at, After.PRICE, at.time());
            }
        } else if (call.healedSince() == Call.NEVER
                && now.isNewest(at.told())
                && isInTime(call, now.taskTime + dwell)) {
            loan.call = call.healed(now.taskTime);
            sayDwell("CureDwellStarted", "since", call, at);
        }
    }

    /** Under a dispute the clock stands, and everything is in time. */
    static boolean isInTime(Call call, long time) {
        return call.is(Call.Stage.DISPUTED) || time <= call.deadline();
    }

    void endDwellIfOver(Priced at) {
        Call call = loan.call;
        if (call == null || call.healedSince() == Call.NEVER || standsHealed(call, at)) {
            return;
        }
        if (at.told().priceTime() >= call.healedSince() || now.isNewest(at.told())) {
            loan.call = call.healed(Call.NEVER);
            sayDwell("CureDwellEnded", "at", call, at);
        }
    }

    private void sayDwell(String type, String field, Call call, Priced at) {
        answer.say(
                type,
                "callId",
                call.id(),
                field,
                now.taskTime,
                "evidence",
                loan.evidence(at, loan.scaledExposure(answer.today()), Limit.keptAt(level(call))));
    }

    // --- made
    // ----------------------------------------------------------------------------------------------------------

    void issue(Priced at, Ladder.Rung rung) {
        long deadline = deadlineOf(rung);
        loan.calls++;
        String id = loan.id + "/call/" + loan.calls;
        loan.call = new Call(
                id, rung.number(), now.taskTime, deadline, withLag(deadline), Call.Stage.RUNNING, Call.NEVER, null);
        say("MarginCallIssued", loan.call, at, rung, "issuedAt", now.taskTime);
    }

    /** The one call moves up; its time does not grow. */
    void accelerate(Call call, Priced at, Ladder.Rung rung) {
        long deadline = Math.min(call.deadline(), deadlineOf(rung));
        loan.call = call.raised(rung.number(), deadline, withLag(deadline));
        say("MarginCallAccelerated", loan.call, at, rung, "rung", rung.number());
    }

    private void say(String type, Call call, Priced at, Ladder.Rung rung, String field, Object value) {
        BigDecimal exposure = loan.scaledExposure(answer.today());
        answer.say(
                type,
                "callId",
                call.id(),
                field,
                value,
                "rung",
                rung.number(),
                "deadline",
                call.deadline(),
                "expiresAt",
                call.expiresAt(),
                "evidence",
                loan.evidence(at, exposure, rung.limit()),
                "topUpToCure",
                topUpTo(rung.level(), exposure, at),
                "repayToCure",
                loan.money(repaymentTo(rung.level(), at)));
    }

    private long deadlineOf(Ladder.Rung rung) {
        return rung.periodMicros() == 0 ? Call.FAR : now.taskTime + rung.periodMicros();
    }

    private long withLag(long deadline) {
        return deadline == Call.FAR
                ? Call.FAR
                : deadline + loan.terms().ladder().factLagMicros();
    }

    /** Pledged that heals = (exposure / level - what else counts) / price, through the haircut, rounded up; less what is pledged. */
    private Said.Amount topUpTo(Ratio level, BigDecimal exposure, Priced at) {
        Coin coin = loan.coinOf(at);
        BigDecimal unit = loan.countedUnit();
        BigDecimal others = loan.scaledValue(loan.pledgesBut(coin.asset(), ZERO), at);
        BigDecimal wanted = exposure.multiply(at.measure())
                .multiply(level.under())
                .multiply(unit)
                .subtract(others.multiply(level.over()));
        BigDecimal enough = coin.leastThatCounts(
                wanted.multiply(coin.countedUnit()),
                at.counts(coin)
                        .multiply(Accrual.unit(loan))
                        .multiply(level.over())
                        .multiply(unit));
        return loan.coins(enough.subtract(loan.basket(coin.asset()).pledged()).max(ZERO), coin.asset());
    }

    /** The least money that, through the waterfall today, leaves the loan at or under the level. */
    private BigDecimal repaymentTo(Ratio level, Priced at) {
        int day = answer.today();
        return Exposures.leastMoney(
                loan, day, money -> loan.compareLtv(Exposures.after(loan, money, day), loan.pledges(), at, level) <= 0);
    }
}
