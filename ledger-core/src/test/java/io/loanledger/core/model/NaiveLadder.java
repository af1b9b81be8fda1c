package io.loanledger.core.model;

import io.loanledger.core.loan.Circumstances;
import io.loanledger.core.loan.CureKind;
import io.loanledger.core.money.Fraction;
import io.loanledger.core.terms.Ladder;
import io.loanledger.core.terms.Rung;
import io.loanledger.core.terms.Rung.Action;
import java.time.Instant;
import java.util.List;

/** A live loan without a case at a price, rung by rung: the rules' order from 0 to 7. */
final class NaiveLadder {
    private final NaiveMargin margin;
    private final NaiveLoan loan;
    private final Circumstances now;
    private final List<String> lines;
    private final NaiveHealing healing;

    NaiveLadder(NaiveMargin margin, NaiveLoan loan, Circumstances now, List<String> lines) {
        this.margin = margin;
        this.loan = loan;
        this.now = now;
        this.lines = lines;
        this.healing = new NaiveHealing(margin, loan);
    }

    private Ladder ladder() {
        return loan.bound().ladder();
    }

    Rung callRung() {
        return ladder().rungs().get(loan.call.rung - 1);
    }

    boolean isOver(Fraction level, NaivePrices prices) {
        return loan.compareLtv(loan.debt.scaledExposure(margin.today()), prices.value(), level) > 0;
    }

    /** A cure needs the time of what heals to lie inside the deadline. */
    void evaluate(NaivePrices prices, CureKind kind, Instant healedAt) {
        loan.line.stopIfBreached(prices);
        if (loan.debt.isClear()) {
            return; // of an open line nothing is owed for the time being
        }
        if (loan.stabilised.signum() > 0) {
            margin.stabilised.evaluate(prices, waits());
            return;
        }
        endDwell(prices);
        boolean canSell = !loan.frozen && !loan.lessThanALot();
        if (canSell && margin.meets(loan.bound().liquidation().threshold(), prices)) {
            if (!waits()) {
                margin.cases.request("HARD_LTV", prices);
            }
            return;
        }
        if (loan.inDefault.isToBeSold()) {
            if (canSell && !waits()) {
                margin.cases.sellInDefault(prices);
            }
            return;
        }
        int band = highestMet(Action.SELL, prices);
        if (band > loan.reached && canSell && !waits()) {
            margin.cases.sellBand(band, prices);
            return;
        }
        if (loan.call != null && loan.call.is("EXPIRED") && !loan.frozen) {
            if (!isOver(callRung().level(), prices)) {
                cancelCall("HEALED_AFTER_EXPIRY");
            } else if (!loan.lessThanALot() && !waits()) {
                margin.cases.request("CALL_EXPIRED", prices);
                return;
            }
        } else if (loan.call != null && !loan.call.is("EXPIRED")) {
            heal(prices, kind, healedAt);
        }
        if (!waits()) {
            call(prices);
            giveNotice(prices);
        }
        clearRungs(prices);
    }

    private void endDwell(NaivePrices prices) {
        NaiveCall call = loan.call;
        if (call != null
                && call.healedSince != null
                && isOver(callRung().level(), prices)
                && !prices.isFromBefore(call.healedSince)) {
            call.healedSince = null;
            lines.add(Tongue.line("CureDwellEnded", call.id, now.taskTime()));
        }
    }

    private void heal(NaivePrices prices, CureKind kind, Instant healedAt) {
        NaiveCall call = loan.call;
        if (isOver(callRung().level(), prices) || prices.isFromBefore(call.issuedAt)) {
            return;
        }
        if (call.is("WITHDRAWN")) {
            cancelCall("");
        } else if (kind != CureKind.PRICE || ladder().cureDwell().isZero()) {
            if (call.isInTime(healedAt)) {
                cure(kind, healedAt);
            }
        } else if (call.healedSince != null) {
            boolean lasted = now.taskTime().isAfter(call.healedSince.plus(ladder().cureDwell()));
            if (lasted && call.isInTime(prices.time())) {
                cure(CureKind.PRICE, prices.time());
            }
        } else if (prices.isNewest() && call.isInTime(now.taskTime().plus(ladder().cureDwell()))) {
            call.healedSince = now.taskTime();
            lines.add(Tongue.line("CureDwellStarted", call.id, call.healedSince));
        }
    }

    void cure(CureKind kind, Instant at) {
        lines.add(Tongue.line("MarginCallCured", loan.call.id, kind, at));
        loan.call = null;
        loan.forgetDeclines();
    }

    /** Whatever ends a withdrawn call: it was the lender who had withdrawn it. */
    void cancelCall(String reason) {
        lines.add(Tongue.line(
                "MarginCallCancelled", loan.call.id, loan.call.is("WITHDRAWN") ? "AFTER_WITHDRAWAL" : reason));
        loan.call = null;
    }

    /** After declines the loan asks for nothing until its wait is over. */
    private boolean waits() {
        return loan.silentUntil != null && !now.taskTime().isAfter(loan.silentUntil);
    }

    /** The number of the highest rung of an action that is met; 0 for none. */
    private int highestMet(Action action, NaivePrices prices) {
        int highest = 0;
        for (int number = 1; number <= ladder().rungs().size(); number++) {
            Rung rung = ladder().rungs().get(number - 1);
            if (rung.action() == action && margin.meets(rung.threshold(), prices)) {
                highest = number;
            }
        }
        return highest;
    }

    private void call(NaivePrices prices) {
        int met = highestMet(Action.CALL, prices);
        if (loan.call != null && loan.call.is("WITHDRAWN") && met > loan.call.rung) {
            cancelCall("");
        }
        if (loan.call == null && met > 0) {
            loan.calls++;
            loan.call = new NaiveCall(loan.id + "/call/" + loan.calls, met, now.taskTime());
            loan.call.run(callRung(), now.taskTime(), ladder());
            sayCall("MarginCallIssued", prices);
        } else if (loan.call != null && loan.call.is("RUNNING") && met > loan.call.rung) {
            loan.call.rung = met;
            loan.call.run(callRung(), now.taskTime(), ladder());
            sayCall("MarginCallAccelerated", prices);
        }
    }

    private void sayCall(String event, NaivePrices prices) {
        NaiveCall call = loan.call;
        Fraction level = callRung().level();
        lines.add(Tongue.line(
                event,
                call.id,
                call.rung,
                call.deadline,
                call.expiresAt,
                healing.topUp(level, prices),
                healing.repayment(level, prices)));
    }

    private void giveNotice(NaivePrices prices) {
        int met = 0;
        for (int number = 1; number <= ladder().rungs().size(); number++) {
            Rung rung = ladder().rungs().get(number - 1);
            if (rung.action() == Action.SELL && number > loan.reached) {
                break; // no notice of what lies over a band that has yet to sell
            }
            if (rung.action() == Action.NOTICE && margin.meets(rung.threshold(), prices)) {
                met = number;
            }
        }
        if (met > loan.reached && (loan.call == null || met > loan.call.rung)) {
            loan.reached = met;
            lines.add(Tongue.line("MarginNoticeIssued", met));
        }
    }

    private void clearRungs(NaivePrices prices) {
        int still = 0;
        for (int number = 1; number <= loan.reached; number++) {
            Rung rung = ladder().rungs().get(number - 1);
            if (rung.action() != Action.CALL && isOver(rung.level(), prices)) {
                still = number;
            }
        }
        if (still < loan.reached) {
            loan.reached = still;
            lines.add(Tongue.line("RungsCleared", still));
        }
    }
}
