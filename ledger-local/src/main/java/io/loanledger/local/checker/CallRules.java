package io.loanledger.local.checker;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.util.Objects;

/** A margin call: made, cured, cancelled, expired. */
final class CallRules {
    private final Answer answer;
    private final Loan loan;
    private final Circumstances now;

    CallRules(Answer answer) {
        this.answer = answer;
        this.loan = answer.loan();
        this.now = answer.now();
    }

    /** An open sweep may visit at a price from before the call, when a newer one has issued it: that one cures nothing. */
    boolean isSuperseded(IndexRecord index, Call call) {
        IndexRecord newest = now.indexes.get(index.market());
        boolean isNewest = newest != null && newest.epoch() == index.epoch() && newest.sequence() == index.sequence();
        return index.priceTime() < call.issuedAt() && !isNewest;
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
        answer.say("MarginCallCancelled", "callId", call.id(), "reason", reason);
    }

    void expire(long expiredAt) {
        Call call = Objects.requireNonNull(loan.call);
        loan.call = call.at(Call.Stage.EXPIRED);
        answer.say("MarginCallExpired", "callId", call.id(), "deadline", call.deadline(), "expiredAt", expiredAt);
    }

    void issue(IndexRecord index, Ladder.Rung rung) {
        long deadline = now.taskTime + rung.periodMicros();
        long expiresAt = deadline + loan.terms().ladder().factLagMicros();
        loan.calls++;
        String id = loan.id + "/call/" + loan.calls;
        loan.call =
                new Call(id, rung.number(), now.taskTime, deadline, expiresAt, Call.Stage.RUNNING, Call.NEVER, null);
        BigDecimal exposure = loan.scaledExposure(answer.today());
        answer.say(
                "MarginCallIssued",
                "callId",
                id,
                "issuedAt",
                now.taskTime,
                "deadline",
                deadline,
                "expiresAt",
                expiresAt,
                "evidence",
                loan.evidence(index, exposure, rung.limit()),
                "topUpToCure",
                loan.coins(topUpTo(rung.level(), exposure, index.priced())),
                "repayToCure",
                loan.money(repaymentTo(rung.level(), exposure, index.priced())));
    }

    /** Pledged that heals = exposure / (level x price), through the haircut, rounded up; less what is pledged. */
    private BigDecimal topUpTo(Ratio level, BigDecimal exposure, BigDecimal price) {
        Coin coin = loan.coin();
        BigDecimal enough = coin.leastThatCounts(
                exposure.multiply(level.under()).multiply(coin.countedUnit()),
                price.multiply(loan.unit()).multiply(level.over()));
        return enough.subtract(loan.pledged()).max(ZERO);
    }

    /** The exposure over cure x value, as money that goes through the waterfall today. */
    private BigDecimal repaymentTo(Ratio limit, BigDecimal exposure, BigDecimal price) {
        BigDecimal unit = loan.coin().countedUnit();
        BigDecimal excess = exposure.multiply(limit.under())
                .multiply(unit)
                .subtract(loan.scaledValue(loan.pledged(), price).multiply(limit.over()));
        return excess.signum() <= 0
                ? ZERO
                : Exposures.repayment(loan, excess, limit.under().multiply(unit), answer.today());
    }
}
