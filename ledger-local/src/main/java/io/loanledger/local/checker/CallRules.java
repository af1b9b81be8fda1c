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

    void cure(Call call, IndexRecord index, String cure, long healedAt) {
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
                loan.evidence(index, loan.scaledExposure(answer.today()), Limit.keptAt(level(call))));
    }

    /** At or under it a call is cured. */
    Ratio level(Call call) {
        return loan.terms().ladder().rung(call.rung()).level();
    }

    boolean standsHealed(Call call, IndexRecord index) {
        return loan.atOrUnder(level(call), answer.today(), index.priced());
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
    void heal(Call call, IndexRecord index, String kind, long healedAt) {
        if (call.is(Call.Stage.WITHDRAWN)) {
            cancel(AFTER_WITHDRAWAL);
        } else if (!kind.equals(After.PRICE)) {
            if (isInTime(call, healedAt)) {
                cure(call, index, kind, healedAt);
            }
        } else {
            healByPrice(call, index);
        }
    }

    private void healByPrice(Call call, IndexRecord index) {
        long dwell = loan.terms().ladder().dwellMicros();
        boolean isOver = call.healedSince() != Call.NEVER && now.taskTime > call.healedSince() + dwell;
        if (dwell == 0 || isOver) {
            if (isInTime(call, index.priceTime())) {
                cure(call, index, After.PRICE, index.priceTime());
            }
        } else if (call.healedSince() == Call.NEVER && now.isNewest(index) && isInTime(call, now.taskTime + dwell)) {
            loan.call = call.healed(now.taskTime);
            sayDwell("CureDwellStarted", "since", call, index);
        }
    }

    /** Under a dispute the clock stands, and everything is in time. */
    static boolean isInTime(Call call, long time) {
        return call.is(Call.Stage.DISPUTED) || time <= call.deadline();
    }

    void endDwellIfOver(IndexRecord index) {
        Call call = loan.call;
        if (call == null || call.healedSince() == Call.NEVER || standsHealed(call, index)) {
            return;
        }
        if (index.priceTime() >= call.healedSince() || now.isNewest(index)) {
            loan.call = call.healed(Call.NEVER);
            sayDwell("CureDwellEnded", "at", call, index);
        }
    }

    private void sayDwell(String type, String field, Call call, IndexRecord index) {
        answer.say(
                type,
                "callId",
                call.id(),
                field,
                now.taskTime,
                "evidence",
                loan.evidence(index, loan.scaledExposure(answer.today()), Limit.keptAt(level(call))));
    }

    // --- made
    // ----------------------------------------------------------------------------------------------------------

    void issue(IndexRecord index, Ladder.Rung rung) {
        long deadline = deadlineOf(rung);
        loan.calls++;
        String id = loan.id + "/call/" + loan.calls;
        loan.call = new Call(
                id, rung.number(), now.taskTime, deadline, withLag(deadline), Call.Stage.RUNNING, Call.NEVER, null);
        say("MarginCallIssued", loan.call, index, rung, "issuedAt", now.taskTime);
    }

    /** The one call moves up; its time does not grow. */
    void accelerate(Call call, IndexRecord index, Ladder.Rung rung) {
        long deadline = Math.min(call.deadline(), deadlineOf(rung));
        loan.call = call.raised(rung.number(), deadline, withLag(deadline));
        say("MarginCallAccelerated", loan.call, index, rung, "rung", rung.number());
    }

    private void say(String type, Call call, IndexRecord index, Ladder.Rung rung, String field, Object value) {
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
                loan.evidence(index, exposure, rung.limit()),
                "topUpToCure",
                loan.coins(topUpTo(rung.level(), exposure, index.priced())),
                "repayToCure",
                loan.money(repaymentTo(rung.level(), index.priced())));
    }

    private long deadlineOf(Ladder.Rung rung) {
        return rung.periodMicros() == 0 ? Call.FAR : now.taskTime + rung.periodMicros();
    }

    private long withLag(long deadline) {
        return deadline == Call.FAR
                ? Call.FAR
                : deadline + loan.terms().ladder().factLagMicros();
    }

    /** Pledged that heals = exposure / (level x price), through the haircut, rounded up; less what is pledged. */
    private BigDecimal topUpTo(Ratio level, BigDecimal exposure, BigDecimal price) {
        Coin coin = loan.coin();
        BigDecimal enough = coin.leastThatCounts(
                exposure.multiply(level.under())
                        .subtract(loan.stabilised.multiply(Accrual.unit(loan)).multiply(level.over()))
                        .multiply(coin.countedUnit()),
                price.multiply(Accrual.unit(loan)).multiply(level.over()));
        return enough.subtract(loan.pledged()).max(ZERO);
    }

    /** The least money that, through the waterfall today, leaves the loan at or under the level. */
    private BigDecimal repaymentTo(Ratio level, BigDecimal price) {
        int day = answer.today();
        return Exposures.leastMoney(
                loan,
                day,
                money -> loan.compareLtv(Exposures.after(loan, money, day), loan.pledged(), price, level) <= 0);
    }
}
